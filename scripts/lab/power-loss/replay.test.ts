import { describe, expect, it } from 'vitest';
import { createRandom, Disk, fates, type Operation, parseRecord } from './replay.ts';

function record(operation: string, file: string, offset: number, bytes = ''): Buffer {
  const head = Buffer.alloc(18);
  head.write(operation + file);
  head.writeBigUInt64LE(BigInt(offset), 2);
  head.writeBigUInt64LE(BigInt(Buffer.byteLength(bytes)), 10);
  return Buffer.concat([head, Buffer.from(bytes)]);
}

const write = (offset: number, text: string): Operation & { kind: 'write' } => ({
  kind: 'write',
  file: 'log',
  offset,
  bytes: Buffer.from(text),
});
const sync: Operation & { kind: 'sync' } = { kind: 'sync', file: 'log' };

describe('parseRecord', () => {
  it('reads operations in order and leaves out one that was cut short', () => {
    const whole = Buffer.concat([
      record('W', 'D', 4096, 'page'),
      record('S', 'D', 0),
      record('W', 'W', 0, 'frame'),
      record('T', 'W', 512),
      record('W', 'A', 0, 'one\ntwo\n'),
    ]);
    const expected = [
      { kind: 'write', file: 'database', offset: 4096, bytes: Buffer.from('page') },
      { kind: 'sync', file: 'database' },
      { kind: 'write', file: 'log', offset: 0, bytes: Buffer.from('frame') },
      { kind: 'truncate', file: 'log', size: 512 },
      { kind: 'acknowledge', ids: ['one', 'two'] },
    ];
    expect(parseRecord(whole)).toEqual(expected);
    expect(parseRecord(whole.subarray(0, -3))).toEqual(expected.slice(0, -1));
    expect(() => parseRecord(record('X', 'D', 0))).toThrow('unknown operation X');
  });
});

describe('a disk whose power is cut', () => {
  const random = createRandom(1);

  function images(operations: (Operation & { kind: 'write' | 'truncate' | 'sync' })[], times = 200): Set<string> {
    const disk = new Disk();
    for (const operation of operations) disk.apply(operation);
    const seen = new Set<string>();
    for (let n = 0; n < times; n++) {
      for (const fate of fates) seen.add(`${fate}: ${disk.cutPower(fate, random).log.toString()}`);
    }
    return seen;
  }

  it('keeps what was synced, whatever the fate of the rest', () => {
    const expected = new Set(fates.map((fate) => `${fate}: abXY`));
    expect(images([write(0, 'abcd'), write(2, 'XY'), sync])).toEqual(expected);
    // The sync of one file says nothing about the other.
    const other = images([write(0, 'abcd'), { kind: 'sync', file: 'database' }]);
    expect(other).toContain('dropped: ');
    expect(other).toContain('in-order: abcd');
  });

  it('keeps nothing else, a beginning, any part, or pieces', () => {
    const seen = images([write(0, '1111'), sync, write(0, '2222'), write(4, '3333')]);
    expect(seen).toEqual(
      new Set([
        'dropped: 1111',
        ...['1111', '2222', '22223333'].map((text) => `in-order: ${text}`),
        ...['1111', '2222', '22223333', '11113333'].map((text) => `any-order: ${text}`),
        ...['1111', '2222', '22223333', '11113333'].map((text) => `torn: ${text}`),
      ]),
    );
  });

  it('tears at sectors, wherever the write begins', () => {
    const disk = new Disk();
    disk.apply(write(0, '.'.repeat(2048)));
    disk.apply(sync);
    disk.apply(write(500, 'x'.repeat(1000)));
    const seen = new Set<string>();
    for (let n = 0; n < 300; n++) {
      const image = disk.cutPower('torn', random).log.toString();
      seen.add([500, 512, 1024, 1499].map((at) => image[at]).join(''));
      // Within a sector all or nothing.
      expect([new Set(image.slice(500, 512)).size, new Set(image.slice(512, 1024)).size]).toEqual([1, 1]);
    }
    expect(seen.size).toBe(8);
  });

  it('may keep or lose a truncation', () => {
    const seen = images([write(0, 'abcd'), sync, { kind: 'truncate', file: 'log', size: 1 }]);
    expect(seen).toContain('any-order: a');
    expect(seen).toContain('any-order: abcd');
  });

  it('is the same for the same seed', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, createRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(Math.max(...draw(7))).toBeLessThan(1);
  });
});
