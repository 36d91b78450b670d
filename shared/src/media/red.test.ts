import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxDistance, OPUS_PAYLOAD_TYPE, RedWriter, unwrapRed, wrapRed } from './red.ts';

const piece = fc.uint8Array({ minLength: 1, maxLength: 400 });
const plans = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 5 });

describe('redundant audio', () => {
  it('gives back every piece and every copy of the plan, also where time stamps wrap', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 20 }),
        plans,
        fc.integer({ min: 0, max: 0xffff_ffff }),
        fc.constantFrom(20, 60),
        (pieces, plan, start, ptime) => {
          const writer = RedWriter.create(plan);
          const stamp = (index: number) => (start + index * ptime * 48) >>> 0;
          pieces.forEach((data, index) => {
            const packet = writer.write({ timestamp: stamp(index), data });
            const expected = [...plan, 0]
              .filter((distance) => distance <= index && distance <= maxDistance(ptime))
              .sort((a, b) => b - a)
              .map((distance) => ({ timestamp: stamp(index - distance), data: pieces[index - distance] }));
            expect(unwrapRed(stamp(index), packet)).toEqual(expected);
          });
        },
      ),
    );
  });

  it('brings everything lost in a burst that is shorter than the plan reaches', () => {
    const writer = RedWriter.create([2, 4]);
    const packets = Array.from({ length: 20 }, (_, index) => ({
      index,
      packet: writer.write({ timestamp: index * 2880, data: Uint8Array.of(index) }),
    }));
    const arrived = packets.filter(({ index }) => index !== 7 && index !== 8);
    const heard = new Set(
      arrived.flatMap(({ index, packet }) => unwrapRed(index * 2880, packet)?.map(({ data }) => data[0])),
    );
    expect([...heard].sort((a, b) => Number(a) - Number(b))).toEqual(packets.map(({ index }) => index));
  });

  it('keeps the one-byte header when nothing is repeated', () => {
    expect([...wrapRed({ timestamp: 0, data: Uint8Array.of(1, 2) }, [], [])]).toEqual([OPUS_PAYLOAD_TYPE, 1, 2]);
  });

  it('leaves out what the format cannot name, never the sound itself', () => {
    const data = Uint8Array.of(9);
    const long = { timestamp: 960, data: new Uint8Array(1024) };
    const old = { timestamp: 0, data };
    const current = { timestamp: 16_384, data };
    expect(unwrapRed(16_384, wrapRed(current, [old, long], [1, 2]))).toEqual([current]);
    // A pause of the microphone: the time between says how old it is, not the count.
    expect(unwrapRed(16_383, wrapRed({ timestamp: 16_383, data }, [old], [1]))).toHaveLength(2);
    // The same moment twice, or time that ran backwards.
    expect(unwrapRed(0, wrapRed({ timestamp: 0, data }, [old], [1]))).toHaveLength(1);
    expect(unwrapRed(0, wrapRed({ timestamp: 0, data }, [{ timestamp: 960, data }], [1]))).toHaveLength(1);
  });

  it('takes no bytes for sound that are not of this form, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const blocks = unwrapRed(5, bytes);
        const size = blocks?.reduce((sum, { data }) => sum + data.length, 1 + 4 * (blocks.length - 1));
        expect(size ?? bytes.length).toBe(bytes.length);
      }),
      { numRuns: 2000 },
    );
    expect(unwrapRed(0, new Uint8Array())).toBeUndefined();
    expect(unwrapRed(0, Uint8Array.of(0x80 | OPUS_PAYLOAD_TYPE, 0, 4, 9, OPUS_PAYLOAD_TYPE, 1))).toBeUndefined();
  });
});
