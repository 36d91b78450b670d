import { hash } from 'node:crypto';

/**
 * A Merkle tree in the shape of RFC 6962: leaves are hashed behind 0x00 and inner nodes behind 0x01, so that neither can pass for the
 * other; a tree of n leaves splits at the largest power of two below n. All hashes are SHA-256, 32 bytes.
 */
export interface TreeState {
  readonly size: number;
  /** Roots of the perfect subtrees that make up the tree, the largest (leftmost) first: one for each bit set in `size`. */
  readonly frontier: readonly Buffer[];
}

export const EMPTY_TREE: TreeState = { size: 0, frontier: [] };

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

export function leafHash(data: Uint8Array): Buffer {
  return sha256(Buffer.concat([LEAF, data]));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([NODE, left, right]));
}

function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** The tree with one leaf more; at most log2(size) hashes. */
export function addLeaf({ size, frontier }: TreeState, leaf: Buffer): TreeState {
  const roots = [...frontier];
  let merged = leaf;
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) merged = nodeHash(roots.pop() ?? merged, merged);
  roots.push(merged);
  return { size: size + 1, frontier: roots };
}

/** Of the empty tree: the hash of nothing. */
export function rootOf({ frontier }: TreeState): Buffer {
  return frontier.length === 0 ? sha256(Buffer.alloc(0)) : frontier.reduceRight((right, left) => nodeHash(left, right));
}

export function rootOfLeaves(leaves: readonly Buffer[]): Buffer {
  return rootOf(leaves.reduce(addLeaf, EMPTY_TREE));
}

/** The largest power of two below `size`, which is at least 2. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** What it takes, beside the leaf, to come to the root: the way from leaf `index` upward. */
export function inclusionProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length) throw new RangeError('no such leaf');
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  return index < split
    ? [...inclusionProof(leaves.slice(0, split), index), rootOfLeaves(leaves.slice(split))]
    : [...inclusionProof(leaves.slice(split), index - split), rootOfLeaves(leaves.slice(0, split))];
}

/** RFC 9162, 2.1.3.2. False for whatever does not fit; never throws. */
export function isIncluded(claim: {
  readonly leaf: Buffer;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Buffer[];
  readonly root: Buffer;
}): boolean {
  const { leaf, index, size, proof, root } = claim;
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let position = index;
  let last = size - 1;
  let reached = leaf;
  for (const step of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      reached = nodeHash(step, reached);
      while (position % 2 === 0 && position !== 0) [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
    } else {
      reached = nodeHash(reached, step);
    }
    [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
  }
  return last === 0 && reached.equals(root);
}

/** What it takes to see that the tree of the first `oldSize` leaves is the beginning of this one. */
export function consistencyProof(leaves: readonly Buffer[], oldSize: number): Buffer[] {
  if (oldSize < 1 || oldSize > leaves.length) throw new RangeError('no such older tree');
  return oldSize === leaves.length ? [] : proveStart(leaves, oldSize, true);
}

function proveStart(leaves: readonly Buffer[], oldSize: number, isWhole: boolean): Buffer[] {
  if (oldSize === leaves.length) return isWhole ? [] : [rootOfLeaves(leaves)];
  const split = splitOf(leaves.length);
  return oldSize <= split
    ? [...proveStart(leaves.slice(0, split), oldSize, isWhole), rootOfLeaves(leaves.slice(split))]
    : [...proveStart(leaves.slice(split), oldSize - split, false), rootOfLeaves(leaves.slice(0, split))];
}

/** RFC 9162, 2.1.4.2. False for whatever does not fit; never throws. */
export function isConsistent(claim: {
  readonly oldSize: number;
  readonly newSize: number;
  readonly oldRoot: Buffer;
  readonly newRoot: Buffer;
  readonly proof: readonly Buffer[];
}): boolean {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim;
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize) || oldSize < 1 || oldSize > newSize)
    return false;
  if (oldSize === newSize) return proof.length === 0 && oldRoot.equals(newRoot);
  // An older tree that is one perfect subtree is its own first step.
  const steps = Number.isInteger(Math.log2(oldSize)) ? [oldRoot, ...proof] : [...proof];
  let position = oldSize - 1;
  let last = newSize - 1;
  while (position % 2 === 1) [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
  const first = steps.shift();
  if (first === undefined) return false;
  let reachedOld = first;
  let reachedNew = first;
  for (const step of steps) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      reachedOld = nodeHash(step, reachedOld);
      reachedNew = nodeHash(step, reachedNew);
      while (position % 2 === 0 && position !== 0) [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
    } else {
      reachedNew = nodeHash(reachedNew, step);
    }
    [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
  }
  return last === 0 && reachedOld.equals(oldRoot) && reachedNew.equals(newRoot);
}
