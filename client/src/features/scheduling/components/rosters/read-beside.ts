import { workerAddress } from '../../../../lib/worker-address.ts';
import { type ReadFile, readBytes, readText } from './import-reader.ts';
// oxlint-disable-next-line import/default -- the bundler makes it: the address of the worker's own file
import workerUrl from './import-worker.ts?worker&url';

/** Reads a file or a text in a worker; `signal` ends it. Where a browser starts no worker, in the page itself. */
export function readBeside(source: Uint8Array | string, signal: AbortSignal): Promise<ReadFile> {
  return new Promise((resolve, reject) => {
    let worker: Worker;
    try {
      worker = new Worker(workerAddress('import-worker', workerUrl), { type: 'module' });
    } catch {
      resolve(typeof source === 'string' ? readText(source) : readBytes(source));
      return;
    }
    const end = () => worker.terminate();
    signal.addEventListener('abort', () => {
      end();
      reject(new DOMException('The file was given up', 'AbortError'));
    });
    worker.addEventListener('message', ({ data }: MessageEvent<ReadFile>) => {
      end();
      resolve(data);
    });
    // An old browser that knows workers but not modules in them.
    worker.addEventListener('error', () => {
      end();
      resolve(typeof source === 'string' ? readText(source) : readBytes(source));
    });
    worker.postMessage(source);
  });
}
