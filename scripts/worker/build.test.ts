import { expect, test } from 'vitest';
import { ninjaProgress } from './build.ts';

test('progress tells the time left from the pace so far', () => {
  expect(ninjaProgress('[65/260] Compiling C++ object x.o', 60_000)).toBe('[65/260], about 3 min 00 s left');
  expect(ninjaProgress('[260/260] Linking target mediasoup-worker', 240_000)).toBe('[260/260], about 0.0 s left');
});

test.each(['ninja: Entering directory', '../src/x.cpp:12: warning: [1/2] odd', '', '[0/260] nothing yet'])(
  'other lines are no progress: %s',
  (line) => {
    expect(ninjaProgress(line, 1000)).toBeUndefined();
  },
);
