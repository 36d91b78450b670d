import { readBytes, readText } from './import-reader.ts';

/** Reads a large file beside the page, which stays free to be scrolled and to be given up. */
addEventListener('message', ({ data }: MessageEvent<Uint8Array | string>) => {
  postMessage(typeof data === 'string' ? readText(data) : readBytes(data));
});
