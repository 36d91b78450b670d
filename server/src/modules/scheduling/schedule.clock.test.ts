import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventBus } from '../../kernel/event-bus.ts';
import { createLogger } from '../../kernel/logger.ts';
import { ScheduleClock } from './schedule.clock.ts';

const REQUEST = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as RequestId;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function createClock(tick: () => Promise<boolean> = async () => false) {
  const calls: string[] = [];
  const errors: unknown[] = [];
  const bus = new EventBus(createLogger({ level: 'silent', pretty: false }));
  const work = { follow: async () => undefined as void };
  const clock = ScheduleClock.start({
    upkeep: {
      tick() {
        calls.push('tick');
        return tick();
      },
      follow(id) {
        calls.push(`follow ${id}`);
        return work.follow();
      },
      async followAll() {
        calls.push('followAll');
      },
    },
    bus,
    logger: { error: (entry: unknown) => void errors.push(entry) },
  });
  const publish = () => bus.publish('consultation:changed', { requestId: REQUEST } as never);
  return { clock, calls, errors, publish, work };
}

test('what was missed is followed at the start and every ten minutes', async () => {
  const { clock, calls } = createClock();
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toEqual(['followAll']);
  await vi.advanceTimersByTimeAsync(20 * 60_000);
  expect(calls.filter((name) => name === 'followAll')).toHaveLength(3);
  await clock.close();
});

test('looks every second, at once again while there is more, and never twice at a time', async () => {
  const rounds: PromiseWithResolvers<boolean>[] = [];
  const { clock, calls } = createClock(() => {
    const round = Promise.withResolvers<boolean>();
    rounds.push(round);
    return round.promise;
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect(rounds).toHaveLength(1);
  rounds[0]?.resolve(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(rounds).toHaveLength(2);
  rounds[1]?.resolve(false);
  await vi.advanceTimersByTimeAsync(999);
  expect(rounds).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(calls.filter((name) => name === 'tick')).toHaveLength(3);
  rounds[2]?.resolve(false);
  await clock.close();
});

test('a round or a follow that fails is logged, and the next comes all the same', async () => {
  const { clock, calls, errors, publish, work } = createClock(() => Promise.reject(new Error('planted')));
  work.follow = () => Promise.reject(new Error('planted'));
  publish();
  await vi.advanceTimersByTimeAsync(2000);
  expect(errors).toHaveLength(3);
  expect(calls.filter((name) => name === 'tick')).toHaveLength(2);
  await clock.close();
});

test('closing waits for what is on its way, hears nothing more, and ends a run of rounds', async () => {
  const round = Promise.withResolvers<boolean>();
  const followed = Promise.withResolvers<void>();
  // There is more after the first round, and then no more: a clock that goes on is seen by its call.
  const rounds = [round.promise];
  const { clock, calls, publish, work } = createClock(async () => (await rounds.shift()) ?? false);
  work.follow = () => followed.promise;
  publish();
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toEqual(['followAll', `follow ${REQUEST}`, 'tick']);
  let isClosed = false;
  const closing = clock.close().then(() => {
    isClosed = true;
  });
  publish();
  await vi.advanceTimersByTimeAsync(60_000);
  round.resolve(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(isClosed).toBe(false);
  followed.resolve();
  await closing;
  publish();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toEqual(['followAll', `follow ${REQUEST}`, 'tick']);
});
