import { expect, it } from 'vitest';
import { choosePicture } from './picture-plan.ts';

it('gives none to nothing, five small pictures to 12 kbit/s, and the whole camera to a good link', () => {
  expect(choosePicture(8000, undefined)).toBeUndefined();
  expect(choosePicture(13_000, undefined)).toEqual({ divideBy: 4, fps: 6 });
  expect(choosePicture(85_000, undefined)).toEqual({ divideBy: 2, fps: 12 });
  expect(choosePicture(700_000, undefined)).toEqual({ divideBy: 1, fps: 15 });
});

it('does not swing around a border', () => {
  const small = choosePicture(40_000, undefined);
  const larger = choosePicture(60_000, small);
  expect(choosePicture(50_000, small)).toEqual(small);
  expect(choosePicture(46_000, larger)).toEqual(larger);
  expect(choosePicture(44_000, larger)).toEqual(small);
});

it('falls by as many steps as it takes', () => {
  expect(choosePicture(12_000, { divideBy: 1, fps: 15 })).toEqual({ divideBy: 4, fps: 6 });
});
