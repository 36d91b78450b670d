import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addLeaf,
  consistencyProof,
  EMPTY_TREE,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  rootOf,
  rootOfLeaves,
} from './merkle-tree.ts';

const leavesOf = (size: number, salt = 0): Buffer[] =>
  Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`${salt}:${index}`)));

/** The definition of RFC 6962, 2.1, word for word. */
function definedRoot(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return createHash('sha256').digest();
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return createHash('sha256')
    .update(Buffer.from([1]))
    .update(definedRoot(leaves.slice(0, split)))
    .update(definedRoot(leaves.slice(split)))
    .digest();
}

const flip = (hash: Buffer, bit: number): Buffer => {
  const other = Buffer.from(hash);
  other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return other;
};

describe('the tree', () => {
  test('known answers: the test tree of certificate-transparency', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const roots = inputs.map((_, index) =>
      rootOfLeaves(inputs.slice(0, index + 1).map((hex) => leafHash(Buffer.from(hex, 'hex')))).toString('hex'),
    );
    expect(roots[0]).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(roots[1]).toBe('fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125');
    expect(roots[7]).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  test('grown leaf by leaf is the tree of the definition, and its frontier stays small', () => {
    let state = EMPTY_TREE;
    const leaves = leavesOf(130);
    expect(rootOf(state)).toEqual(definedRoot([]));
    for (const [index, leaf] of leaves.entries()) {
      state = addLeaf(state, leaf);
      expect(rootOf(state)).toEqual(definedRoot(leaves.slice(0, index + 1)));
      expect(state.frontier.length).toBeLessThanOrEqual(Math.floor(Math.log2(index + 1)) + 1);
    }
  });
});

const sized = fc.integer({ min: 1, max: 70 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));

describe('proofs', () => {
  test('each leaf of each tree is shown to be in it', () => {
    fc.assert(
      fc.property(sized, ([size, index]) => {
        const leaves = leavesOf(size);
        const claim = { index, size, leaf: leaves[index] as Buffer, root: rootOfLeaves(leaves) };
        expect(isIncluded({ ...claim, proof: inclusionProof(leaves, index) })).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('nothing else is: another leaf, place, size, root, or step', () => {
    fc.assert(
      fc.property(sized, fc.nat(255), fc.nat(), ([size, index], bit, which) => {
        const leaves = leavesOf(size);
        const proof = inclusionProof(leaves, index);
        const claim = { index, size, leaf: leaves[index] as Buffer, root: rootOfLeaves(leaves), proof };
        const bent = proof.map((step, at) => (at === which % Math.max(1, proof.length) ? flip(step, bit) : step));
        const lies = [
          { ...claim, leaf: flip(claim.leaf, bit) },
          { ...claim, root: flip(claim.root, bit) },
          { ...claim, index: (index + 1) % (size + 1) },
          { ...claim, index: -1 },
          { ...claim, proof: [...proof, claim.leaf] },
          ...(proof.length > 0
            ? [
                { ...claim, proof: bent },
                { ...claim, proof: proof.slice(1) },
              ]
            : []),
        ];
        for (const lie of lies) expect(isIncluded(lie)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('each earlier tree is shown to be the beginning of each later one', () => {
    const leaves = leavesOf(40);
    for (let newSize = 1; newSize <= 40; newSize += 1) {
      const now = leaves.slice(0, newSize);
      for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
        const claim = { oldSize, newSize, oldRoot: rootOfLeaves(now.slice(0, oldSize)), newRoot: rootOfLeaves(now) };
        expect(isConsistent({ ...claim, proof: consistencyProof(now, oldSize) })).toBe(true);
      }
    }
  });

  test('a tree with another past is none', () => {
    fc.assert(
      fc.property(sized, fc.nat(255), fc.integer({ min: 1, max: 20 }), ([oldSize, changed], bit, more) => {
        const leaves = leavesOf(oldSize + more);
        const rewritten = leaves.map((leaf, index) => (index === changed ? flip(leaf, bit) : leaf));
        const oldRoot = rootOfLeaves(leaves.slice(0, oldSize));
        const newSize = leaves.length;
        const claim = { oldSize, newSize, oldRoot, newRoot: rootOfLeaves(rewritten) };
        expect(isConsistent({ ...claim, proof: consistencyProof(rewritten, oldSize) })).toBe(false);
        expect(isConsistent({ ...claim, proof: consistencyProof(leaves, oldSize) })).toBe(false);
        expect(isConsistent({ ...claim, newRoot: rootOfLeaves(leaves), proof: [] })).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
