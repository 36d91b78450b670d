import type { PictureReading } from '@jaqyn/shared/media/picture-wait';
import { expect, it } from 'vitest';
import { PictureWaits, setWait } from './room-client-picture-wait.ts';

const NEAR = { voiceWaitMs: 0, rttMs: 60 };
const FRESH: PictureReading = { freezes: 0, frozenMs: 0, again: 0 };
const LOST: PictureReading = { freezes: 1, frozenMs: 600, again: 2 };

function receiverThatCan(): RTCRtpReceiver & { jitterBufferTarget: number | null } {
  return { jitterBufferTarget: null } as RTCRtpReceiver & { jitterBufferTarget: number | null };
}

it('lets a picture wait for what is sent again, and only that one', () => {
  const [face, wound] = [receiverThatCan(), receiverThatCan()];
  const waits = PictureWaits.create((trackId) => (trackId === 'face' ? face : wound));
  const noVoice = () => NEAR;
  waits.note(new Map(Object.entries({ face: FRESH, wound: FRESH })), 1000, noVoice);
  expect([face.jitterBufferTarget, wound.jitterBufferTarget]).toEqual([null, null]);
  waits.note(new Map(Object.entries({ face: LOST, wound: FRESH })), 2000, noVoice);
  expect(face.jitterBufferTarget).toBeGreaterThan(600);
  expect(wound.jitterBufferTarget).toBeNull();
  // The counters stay as they are: what was seen once is not counted twice.
  const waited = face.jitterBufferTarget;
  waits.note(new Map(Object.entries({ face: LOST, wound: FRESH })), 3000, noVoice);
  expect(face.jitterBufferTarget).toBe(waited);
});

it('does not take what was counted before it looked for something new', () => {
  const face = receiverThatCan();
  const waits = PictureWaits.create(() => face);
  waits.note(new Map([['face', LOST]]), 1000, () => NEAR);
  expect(face.jitterBufferTarget).toBeNull();
});

it('keeps the picture in step with a voice that waits for its copies', () => {
  const face = receiverThatCan();
  const waits = PictureWaits.create(() => face);
  waits.note(new Map([['face', FRESH]]), 1000, () => ({ ...NEAR, voiceWaitMs: 240 }));
  expect(face.jitterBufferTarget).toBe(240);
  waits.note(new Map([['face', FRESH]]), 2000, () => NEAR);
  expect(face.jitterBufferTarget).toBeNull();
});

it('leaves alone a browser that cannot wait', () => {
  const receiver = {} as RTCRtpReceiver;
  setWait(receiver, 300);
  expect(receiver).toEqual({});
});
