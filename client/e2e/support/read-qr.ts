import { execFileSync } from 'node:child_process';
import jsQR from 'jsqr';

/** Dots an inch: a plain office printer in its draft mode. */
const RESOLUTION = '150';

/**
 * What the QR codes of a PDF say, one a page, read off the pages as a camera reads them off the paper: each page is drawn, and looked at
 * as a picture.
 */
export function readQrCodes(pdf: Buffer): string[] {
  const drawn = execFileSync('pdftoppm', ['-gray', '-r', RESOLUTION, '-'], {
    input: pdf,
    maxBuffer: 256 * 1024 * 1024,
  });
  return [...greyPages(drawn)].flatMap(({ grey, width, height }) => {
    const rgba = new Uint8ClampedArray(width * height * 4);
    for (const [index, light] of grey.entries()) rgba.fill(light, index * 4, index * 4 + 4);
    return jsQR.default(rgba, width, height)?.data ?? [];
  });
}

/** PGM, one after the other: `P5`, width, height and the lightest value, each on its line, then a byte a dot. */
function* greyPages(drawn: Buffer): Generator<{ grey: Buffer; width: number; height: number }> {
  for (let at = 0; at < drawn.length; ) {
    const [head, width, height] = /^P5\s(\d+)\s(\d+)\s255\s/.exec(drawn.toString('latin1', at, at + 40)) ?? [];
    if (head === undefined) throw new Error('not a page as pdftoppm draws it');
    const size = Number(width) * Number(height);
    yield {
      grey: drawn.subarray(at + head.length, at + head.length + size),
      width: Number(width),
      height: Number(height),
    };
    at += head.length + size;
  }
}
