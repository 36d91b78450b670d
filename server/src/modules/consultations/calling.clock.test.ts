import { expect, test, vi } from 'vitest';
import { CallingClock } from './calling.clock.ts';

function createClock(escalateDue: () => Promise<void>) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const errors: unknown[] = [];
  const clock = CallingClock.start({
    calling: { escalateDue, settleInterrupted: async () => undefined },
    logger: { error: (entry: unknown) => errors.push(entry) },
  });
  return { clock, errors };
}

test('looks every second, never twice at once, and a failure does not stop it', async () => {
  const runs: PromiseWithResolvers<void>[] = [];
  const { clock, errors } = createClock(() => {
    const run = Promise.withResolvers<void>();
    runs.push(run);
    return run.promise;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(runs).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(runs).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(runs).toHaveLength(1);
  runs[0]?.reject(new Error('planted'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(errors).toHaveLength(1);
  expect(runs).toHaveLength(2);
  runs[1]?.resolve();
  await clock.close();
  vi.useRealTimers();
});

test('closing waits for the look that is on its way and starts no other', async () => {
  const run = Promise.withResolvers<void>();
  let looks = 0;
  const { clock } = createClock(() => {
    looks += 1;
    return run.promise;
  });
  await vi.advanceTimersByTimeAsync(1000);
  let isClosed = false;
  const closing = clock.close().then(() => {
    isClosed = true;
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect([looks, isClosed]).toEqual([1, false]);
  run.resolve();
  await closing;
  await vi.advanceTimersByTimeAsync(5000);
  expect(looks).toBe(1);
  vi.useRealTimers();
});
