import { describe, expect, test } from 'vitest';
import { PointedMark, SharedView } from './shared-view.ts';

const attachmentId = '019aa6b0-9c1e-7d3a-8f00-0123456789ab';
type Place = { x: unknown; y: unknown };
const middle = { x: 0.5, y: 0.5 };

/** Everything that says where something is in a picture. */
const PLACES = {
  'a pointer': (at: Place) => PointedMark.safeParse({ attachmentId, page: 1, mark: { kind: 'pointer', at } }),
  'the beginning of a ruler': (from: Place) =>
    PointedMark.safeParse({ attachmentId, page: 1, mark: { kind: 'ruler', from, to: middle, mm: null } }),
  'the end of a ruler': (to: Place) =>
    PointedMark.safeParse({ attachmentId, page: 1, mark: { kind: 'ruler', from: middle, to, mm: 5 } }),
  'a point of a stroke': (point: Place) =>
    PointedMark.safeParse({ attachmentId, page: 1, mark: { kind: 'stroke', id: 'a', points: [middle, point] } }),
  'the middle of a view': (centre: Place) => SharedView.safeParse({ attachmentId, page: 1, centre, zoom: 1, turn: 0 }),
};

describe.each(Object.entries(PLACES))('%s', (_what, parse) => {
  test.each([0, 0.5, 1])('may be at %s', (share) => {
    expect([parse({ x: share, y: 0.5 }).success, parse({ x: 0.5, y: share }).success]).toEqual([true, true]);
  });

  test.each([-0.001, 1.001, Number.NaN, Number.POSITIVE_INFINITY, '0.5', null, [0.5]])('is never at %s', (share) => {
    expect([parse({ x: share, y: 0.5 }).success, parse({ x: 0.5, y: share }).success]).toEqual([false, false]);
  });
});
