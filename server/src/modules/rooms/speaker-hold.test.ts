import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SPEAKER_HOLD_MS, SpeakerHold } from './speaker-hold.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const said: (string | null)[] = [];
  return { said, hold: SpeakerHold.create<string>((speaker) => said.push(speaker)) };
}

test('the first one at once, the next one when the first has had its time', async () => {
  const { said, hold } = setUp();
  hold.note('a');
  hold.note('b');
  expect(said).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(SPEAKER_HOLD_MS);
  expect(said).toEqual(['a', 'b']);
});

test('a cough in between moves nothing', async () => {
  const { said, hold } = setUp();
  hold.note('a');
  hold.note('b');
  await vi.advanceTimersByTimeAsync(SPEAKER_HOLD_MS / 2);
  hold.note('a');
  await vi.advanceTimersByTimeAsync(SPEAKER_HOLD_MS * 4);
  expect(said).toEqual(['a']);
});

test('who has gone speaks no more, and the next one need not wait', async () => {
  const { said, hold } = setUp();
  hold.note('a');
  hold.note('b');
  hold.forget('b');
  await vi.advanceTimersByTimeAsync(SPEAKER_HOLD_MS * 2);
  expect(said).toEqual(['a']);
  hold.forget('a');
  hold.note('c');
  expect(said).toEqual(['a', null, 'c']);
  expect(hold.speaker).toBe('c');
  hold.note('d');
  hold.close();
  await vi.advanceTimersByTimeAsync(SPEAKER_HOLD_MS * 2);
  expect(said).toEqual(['a', null, 'c']);
});
