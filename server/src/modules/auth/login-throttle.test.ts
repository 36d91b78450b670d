import { expect, test } from 'vitest';
import { LoginThrottle } from './login-throttle.ts';

function createThrottle() {
  let now = 1_000_000;
  const throttle = new LoginThrottle(() => now);
  return { throttle, advance: (ms: number) => void (now += ms) };
}

const MINUTE = 60_000;

function fail(throttle: LoginThrottle, key: string, times: number): void {
  for (let i = 0; i < times; i += 1) throttle.begin(key);
}

test('the sixth attempt within five minutes is refused, with the time to wait', () => {
  const { throttle, advance } = createThrottle();
  fail(throttle, 'a', 5);
  advance(MINUTE);
  expect(() => throttle.begin('a')).toThrow(expect.objectContaining({ code: 'request.rate_limited', retryAfter: 240 }));
});

test('a refused attempt does not make the wait longer', () => {
  const { throttle, advance } = createThrottle();
  fail(throttle, 'a', 5);
  for (let i = 0; i < 4; i += 1) {
    advance(MINUTE);
    expect(() => throttle.begin('a')).toThrow('request.rate_limited');
  }
  advance(MINUTE);
  expect(() => throttle.begin('a')).not.toThrow();
});

test('attempts sent at once count before any of them has an outcome', () => {
  const { throttle } = createThrottle();
  const outcomes = Array.from({ length: 20 }, () => {
    try {
      throttle.begin('a');
      return 'tried';
    } catch {
      return 'refused';
    }
  });
  expect(outcomes.filter((outcome) => outcome === 'tried')).toHaveLength(5);
});

test('after the wait counting starts anew', () => {
  const { throttle, advance } = createThrottle();
  fail(throttle, 'a', 5);
  advance(5 * MINUTE);
  fail(throttle, 'a', 5);
  expect(() => throttle.begin('a')).toThrow('request.rate_limited');
});

test('the right password forgives the wrong ones before it', () => {
  const { throttle } = createThrottle();
  fail(throttle, 'a', 5);
  throttle.succeeded('a');
  expect(() => fail(throttle, 'a', 5)).not.toThrow();
});

test('an attempt the server was too busy for does not count', () => {
  const { throttle } = createThrottle();
  for (let i = 0; i < 20; i += 1) {
    throttle.begin('a');
    throttle.withdraw('a');
  }
  expect(() => fail(throttle, 'a', 5)).not.toThrow();
});

test('one key does not slow another', () => {
  const { throttle } = createThrottle();
  fail(throttle, 'a', 5);
  expect(() => throttle.begin('b')).not.toThrow();
});

test('its memory has a bound: past it the oldest key is forgotten', () => {
  const { throttle } = createThrottle();
  fail(throttle, 'first', 5);
  for (let i = 0; i < 9999; i += 1) throttle.begin(`other-${i}`);
  expect(() => throttle.begin('first')).toThrow('request.rate_limited');
  throttle.begin('one more');
  expect(() => throttle.begin('first')).not.toThrow();
});
