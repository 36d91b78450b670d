import { describe, expect, it } from 'vitest';
import { nextStall, type PictureStall, STALL } from './picture-stall.ts';

/** One look each half second at [packets, pictures]; the looks (counted from 0) at which a whole picture is asked for. */
function asked(...looks: [number, number][]): number[] {
  let stall: PictureStall | undefined;
  return looks.flatMap(([packets, pictures], look) => {
    stall = nextStall(stall, 500 * look, { packets, pictures });
    return stall.askedAt === 500 * look ? [look] : [];
  });
}

describe('a whole picture', () => {
  it('is asked for when packets have come for a second and no picture was made of them', () => {
    expect(asked([10, 5], [20, 10], [30, 10], [40, 10], [50, 10])).toEqual([4]);
  });

  it('is asked for again after a while, and not in between', () => {
    const looks = Array.from({ length: 20 }, (_, look): [number, number] => [10 * look, 5]);
    const times = asked(...looks);
    expect(times).toEqual([3, 3 + STALL.againMs / 500, 3 + (2 * STALL.againMs) / 500]);
  });

  it('is not asked for while pictures come, however few, nor where none is sent, nor before the first', () => {
    expect(
      asked(...Array.from({ length: 12 }, (_, look): [number, number] => [look, 1 + Math.floor(look / 2)])),
    ).toEqual([]);
    expect(asked(...Array.from({ length: 12 }, (): [number, number] => [50, 5]))).toEqual([]);
    expect(asked(...Array.from({ length: 12 }, (_, look): [number, number] => [10 * look, 0]))).toEqual([]);
    // The last packets of a picture that is not sent any more.
    expect(asked([10, 5], [12, 5], [12, 5], [12, 5], [12, 5], [12, 5])).toEqual([]);
  });
});
