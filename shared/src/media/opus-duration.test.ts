import { expect, it } from 'vitest';
import { opusDurationMs } from './opus-duration.ts';

/** By the tables of RFC 6716, section 3. */
it.each([
  ['SILK, one frame of 20 ms', [1 << 3], 20],
  ['SILK wideband, one of 60', [11 << 3], 60],
  ['SILK, two of 40', [(2 << 3) | 1], 80],
  ['hybrid, three of 20', [(15 << 3) | 3, 3], 60],
  ['hybrid, one of 10', [12 << 3], 10],
  ['CELT, one of 20', [31 << 3], 20],
  ['CELT, two of 2.5, of different lengths', [(16 << 3) | 2], 5],
  ['CELT, three of 20 with a variable rate', [(31 << 3) | 3, 0x80 | 3], 60],
  ['nothing', [], 0],
])('%s', (_, bytes, ms) => {
  expect(opusDurationMs(Uint8Array.from(bytes))).toBe(ms);
});
