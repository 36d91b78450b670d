import { MEDIA_PROFILES, type MediaProfile } from '@jaqyn/shared/media/media-profile';
import type { types } from 'mediasoup-client';
import type { Signalling } from '../../lib/signalling.ts';
import { createVoiceDevice, plainDevice, type VoiceDevice } from './room-client-device.ts';

/** What this server carries, how, and this browser's side of it. */
export interface Media {
  readonly version: string;
  readonly voice: VoiceDevice;
  readonly profile: MediaProfile;
}

/** Made before it was needed; the next call takes it. */
let prepared: Promise<Media> | undefined;

/** While it rings: what does not depend on who calls takes a round trip and a tenth of a second of an old computer. Never throws. */
export function prepareMedia(signalling: Signalling): void {
  if (prepared !== undefined || !signalling.isConnected) return;
  const making = loadMedia(signalling);
  prepared = making;
  making.catch(() => {
    if (prepared === making) prepared = undefined;
  });
}

/** Throws what the server, or the browser, had against it. A version that is old by now is found out by the join. */
export async function takeMedia(signalling: Signalling, createDevice?: () => Promise<types.Device>): Promise<Media> {
  if (createDevice !== undefined) return loadMedia(signalling, () => createDevice().then(plainDevice));
  const taken = prepared;
  prepared = undefined;
  return taken ?? loadMedia(signalling);
}

async function loadMedia(signalling: Signalling, create = createVoiceDevice): Promise<Media> {
  const [voice, { version, rtpCapabilities, profile }] = await Promise.all([
    create(),
    signalling.call('media:capabilities', {}),
  ]);
  await voice.device.load({ routerRtpCapabilities: rtpCapabilities as types.RtpCapabilities });
  voice.description.ptimeMs = MEDIA_PROFILES[profile].voice.ptimeMs;
  return { version, voice, profile: MEDIA_PROFILES[profile] };
}

const EVERY_PACKET = /transport-wide-cc/;

/**
 * What this browser says that it can receive. Without transport-wide sequence numbers it measures by the times at which packets were sent, and tells the server the
 * result once a second instead of the fate of every packet.
 */
export function receivable({ voice: { device }, profile }: Pick<Media, 'voice' | 'profile'>): types.RtpCapabilities {
  const { codecs = [], headerExtensions = [] } = device.recvRtpCapabilities;
  if (profile.estimate.isOfEveryPacket) return { codecs, headerExtensions };
  return {
    codecs: codecs.map(({ rtcpFeedback = [], ...codec }) => ({
      ...codec,
      rtcpFeedback: rtcpFeedback.filter(({ type }) => type !== 'transport-cc'),
    })),
    headerExtensions: headerExtensions.filter(({ uri }) => !EVERY_PACKET.test(uri)),
  };
}
