import { readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

/** Counted from one, as the manual does. */
const NICE_FIELD = 19;
const THREAD = `
  const { parentPort } = require('node:worker_threads');
  const { readlinkSync } = require('node:fs');
  import(${JSON.stringify(new URL('./thread-priority.ts', import.meta.url).href)}).then(({ lowerThisThread }) => {
    lowerThisThread();
    parentPort.postMessage(readlinkSync('/proc/thread-self'));
    setInterval(() => {}, 1000);
  });
`;

it('lowers the thread that calls it, and not the one that answers people', async () => {
  const worker = new Worker(THREAD, { eval: true });
  try {
    const thread = await new Promise<string>((resolve, reject) =>
      worker.once('message', resolve).once('error', reject),
    );
    expect(niceOf(thread)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
    expect(niceOf(readlinkSync('/proc/thread-self'))).toBeLessThan(niceOf(thread));
  } finally {
    await worker.terminate();
  }
});

/** As proc(5) has it: fields after the name in brackets, which may hold blanks. */
function niceOf(thread: string): number {
  const stat = readFileSync(`/proc/${thread}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[NICE_FIELD - 3]);
}
