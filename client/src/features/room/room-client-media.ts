import { MEDIA_PROFILES, type MediaProfile } from '@jaqyn/shared/media/media-profile';
import type { ResponseData } from '@jaqyn/shared/signalling/events';
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

type Capabilities = ResponseData<'media:capabilities'>;

/** What each server said, asked for once: on a satellite it is two thirds of a second of every call. */
const known = new WeakMap<Signalling, Promise<Capabilities>>();

function capabilitiesOf(signalling: Signalling): Promise<Capabilities> {
  const asked = known.get(signalling) ?? signalling.call('media:capabilities', {});
  known.set(signalling, asked);
  asked.catch(() => forgetCapabilities(signalling));
  return asked;
}

/** While nothing else happens: a call begins with the join then. Never throws. */
export function learnCapabilities(signalling: Signalling): void {
  if (signalling.isConnected) capabilitiesOf(signalling).catch(() => undefined);
}

/** The server refused what it had said itself: it is another one by now. */
export function forgetCapabilities(signalling: Signalling): void {
  known.delete(signalling);
}

async function loadMedia(signalling: Signalling, create = createVoiceDevice): Promise<Media> {
  const [voice, { version, rtpCapabilities, profile }] = await Promise.all([create(), capabilitiesOf(signalling)]);
  await voice.device.load({ routerRtpCapabilities: rtpCapabilities as types.RtpCapabilities });
  voice.description.ptimeMs = MEDIA_PROFILES[profile].voice.ptimeMs;
  return { version, voice, profile: MEDIA_PROFILES[profile] };
}

const EVERY_PACKET = /transport-wide-cc/;

/**
 * What this browser says that it can receive. Without transport-wide sequence numbers it measures by the times at which packets were sent, and tells the server the
 * result once a second instead of the fate of every packet.
 */
export function receivable(browser: types.RtpCapabilities, profile: MediaProfile): types.RtpCapabilities {
  const { codecs = [], headerExtensions = [] } = browser;
  if (profile.estimate.isOfEveryPacket) return { codecs, headerExtensions };
  return {
    codecs: codecs.map(({ rtcpFeedback = [], ...codec }) => ({
      ...codec,
      rtcpFeedback: rtcpFeedback.filter(({ type }) => type !== 'transport-cc'),
    })),
    headerExtensions: headerExtensions.filter(({ uri }) => !EVERY_PACKET.test(uri)),
  };
}
