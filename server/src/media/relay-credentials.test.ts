import { expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { createRelays } from './relay-credentials.ts';

const RELAY = { urls: ['turn:relay.example:3478?transport=udp'], secret: 'sixteen or more letters', hours: 12 };

test('a credential is what coturn computes from its secret, ends, and is nobody’s name', () => {
  const clock = new FakeClock();
  const relays = createRelays(RELAY, clock);
  const [one] = relays();
  const [two] = relays();
  const [ends, id] = one?.username?.split(':') ?? [];
  expect(Number(ends) - Math.floor(clock.now().getTime() / 1000)).toBe(12 * 3600);
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(one?.urls).toEqual(RELAY.urls);
  expect(one?.username).not.toBe(two?.username);
  expect(one?.credential).not.toBe(two?.credential);
});

test('without a relay there is none', () => {
  expect(createRelays(undefined, new FakeClock())()).toEqual([]);
});
