import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import type { types } from 'mediasoup-client';
import { expect, it } from 'vitest';
import { forgetCapabilities, learnCapabilities, receivable } from './room-client-media.ts';
import { FakeSignalling } from './test-support.ts';

const EVERY_PACKET = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
const SENT_AT = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';

const browser: types.RtpCapabilities = {
  codecs: [
    {
      kind: 'video',
      mimeType: 'video/VP8',
      preferredPayloadType: 101,
      clockRate: 90_000,
      rtcpFeedback: [{ type: 'nack' }, { type: 'goog-remb' }, { type: 'transport-cc' }],
    },
    { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 63, clockRate: 48_000, channels: 2 },
  ],
  headerExtensions: [
    { kind: 'video', uri: SENT_AT, preferredId: 4 },
    { kind: 'video', uri: EVERY_PACKET, preferredId: 5 },
  ] as types.RtpHeaderExtension[],
};

function said(name: 'fitted' | 'stock'): { feedback: string[]; extensions: string[] } {
  const { codecs = [], headerExtensions = [] } = receivable(browser, MEDIA_PROFILES[name]);
  expect(codecs).toHaveLength(2);
  const feedback = codecs.flatMap(({ rtcpFeedback = [] }) => rtcpFeedback.map(({ type }) => type));
  return { feedback, extensions: headerExtensions.map(({ uri }) => uri) };
}

it('has a browser say once a second what it can take, not what became of each packet', () => {
  expect(said('fitted')).toEqual({ feedback: ['nack', 'goog-remb'], extensions: [SENT_AT] });
});

it('leaves the defaults to those that are compared with', () => {
  expect(said('stock')).toEqual({
    feedback: ['nack', 'goog-remb', 'transport-cc'],
    extensions: [SENT_AT, EVERY_PACKET],
  });
});

it('asks each server once what it carries, again where it had no answer, and again when it is another', async () => {
  const signalling = new FakeSignalling();
  const learn = async () => {
    learnCapabilities(signalling);
    await new Promise(setImmediate);
    return signalling.count('media:capabilities');
  };
  signalling.isConnected = false;
  expect(await learn()).toBe(0);
  signalling.isConnected = true;
  signalling.refuse('media:capabilities', 'server.overloaded');
  expect(await learn()).toBe(1);
  signalling.answer('media:capabilities', () => ({ version: 'a' }));
  expect([await learn(), await learn()]).toEqual([2, 2]);
  forgetCapabilities(signalling);
  expect(await learn()).toBe(3);
});
