import { describe, expect, test } from 'vitest';
import { lengthOf, panBy, toFrame, toPicture, turnRight, type View, WHOLE, zoomAt } from './view-geometry.ts';

const frame = { width: 800, height: 600 };
const picture = { width: 3000, height: 1500 };
const views: View[] = [
  WHOLE,
  { centre: { x: 0.3, y: 0.7 }, zoom: 5, turn: 0 },
  { centre: { x: 0.6, y: 0.4 }, zoom: 3, turn: 90 },
  { centre: { x: 0.5, y: 0.5 }, zoom: 2, turn: 180 },
  { centre: { x: 0.2, y: 0.9 }, zoom: 8, turn: 270 },
];

describe('a place of the picture and its place on the screen', () => {
  test.each(views)('are the same both ways: %o', (view) => {
    for (const point of [view.centre, { x: 0.25, y: 0.75 }, { x: 0.5, y: 0.5 }]) {
      const back = toPicture(toFrame(point, view, frame, picture), view, frame, picture);
      expect(back.x).toBeCloseTo(point.x, 9);
      expect(back.y).toBeCloseTo(point.y, 9);
    }
  });

  test('of the whole picture: its middle is the frame’s, its corner lies at the frame’s side', () => {
    expect(toFrame({ x: 0.5, y: 0.5 }, WHOLE, frame, picture)).toEqual({ x: 400, y: 300 });
    expect(toFrame({ x: 0, y: 0 }, WHOLE, frame, picture)).toEqual({ x: 0, y: 100 });
    // Turned to the right, the left upper corner is the right upper one.
    expect(toFrame({ x: 0, y: 0 }, turnRight(WHOLE), frame, picture)).toEqual({ x: 550, y: 0 });
  });

  test('outside of the picture is its edge', () => {
    expect(toPicture({ x: -50, y: 5000 }, WHOLE, frame, picture)).toEqual({ x: 0, y: 1 });
  });
});

describe('zoom', () => {
  test('keeps what is under the pointer', () => {
    const at = { x: 500, y: 350 };
    const zoomed = zoomAt(WHOLE, 2, at, frame, picture);
    expect(toPicture(at, zoomed, frame, picture).x).toBeCloseTo(toPicture(at, WHOLE, frame, picture).x, 9);
    expect(zoomed.zoom).toBe(2);
  });

  test('ends at the whole picture and at 32 times', () => {
    const near = zoomAt({ centre: { x: 0.1, y: 0.1 }, zoom: 1.5, turn: 0 }, 0.1, { x: 0, y: 0 }, frame, picture);
    expect(near).toEqual(WHOLE);
    expect(zoomAt(WHOLE, 1000, { x: 400, y: 300 }, frame, picture).zoom).toBe(32);
  });

  test('a whole picture cannot be pushed out of its frame', () => {
    expect(panBy(WHOLE, { x: 100, y: 100 }, frame, picture)).toEqual(WHOLE);
    const moved = panBy({ ...WHOLE, zoom: 4 }, { x: 80, y: 0 }, frame, picture);
    expect(moved.centre.x).toBeLessThan(0.5);
  });
});

test('a line is as long whichever way it lies', () => {
  expect(lengthOf({ x: 0, y: 0 }, { x: 0.5, y: 0 }, picture)).toBeCloseTo(0.5);
  expect(lengthOf({ x: 0, y: 0 }, { x: 0, y: 1 }, picture)).toBeCloseTo(0.5);
});
