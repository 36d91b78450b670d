import type { UserId } from '@jaqyn/shared/kernel/ids';
import { expect, test } from 'vitest';
import { EventBus } from './event-bus.ts';

const ended = (sessionId: string) => ({ sessionId, userId: 'u' as UserId, reason: 'signed_out' as const });

function createBus() {
  const errors: unknown[] = [];
  const bus = new EventBus({ error: (entry: unknown) => errors.push(entry) });
  return { bus, errors, settle: () => new Promise((resolve) => setImmediate(resolve)) };
}

test('listeners hear what was published, in order, after the publisher went on', async () => {
  const { bus, settle } = createBus();
  const heard: string[] = [];
  bus.on('session:ended', ({ sessionId }) => void heard.push(sessionId));
  bus.publish('session:ended', ended('a'));
  bus.publish('session:ended', ended('b'));
  expect(heard).toEqual([]);
  await settle();
  expect(heard).toEqual(['a', 'b']);
});

test('a listener that fails hurts neither publisher nor neighbours, and is logged', async () => {
  const { bus, errors, settle } = createBus();
  const heard: string[] = [];
  bus.on('session:ended', () => {
    throw new Error('planted');
  });
  bus.on('session:ended', () => Promise.reject(new Error('planted later')));
  bus.on('session:ended', ({ sessionId }) => void heard.push(sessionId));
  bus.publish('session:ended', ended('a'));
  await settle();
  expect(heard).toEqual(['a']);
  expect(errors).toHaveLength(2);
});

test('who unsubscribed hears no more; other events are other events', async () => {
  const { bus, settle } = createBus();
  const heard: string[] = [];
  const stop = bus.on('session:ended', ({ sessionId }) => void heard.push(sessionId));
  bus.on('chat:sent', () => void heard.push('chat'));
  stop();
  bus.publish('session:ended', ended('a'));
  await settle();
  expect(heard).toEqual([]);
});
