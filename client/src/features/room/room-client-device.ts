import { RED_PAYLOAD_TYPE } from '@jaqyn/shared/media/red';
import { Device, detectDevice, type types } from 'mediasoup-client';
import { Chrome111 } from 'mediasoup-client/handlers/Chrome111';
import { canHoldCalls } from '../../lib/browser-skills.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { withoutEstimate } from './estimate-description.ts';
import { toNativeRedAnswer, toRedOffer, withPtime } from './red-description.ts';
import { withRoundTrip } from './round-trip-description.ts';
import { VoiceTransforms } from './voice-transform.ts';

/** What is wanted of the session descriptions from now on; read each time one is made. */
export interface VoiceDescription {
  /** The room's voice is RED; set by the answer to the join. */
  isRedundant: boolean;
  /** ms of sound a packet that this browser sends; undefined leaves it to the browser. */
  ptimeMs: number | undefined;
  /** The browser estimates the way that it sends by. */
  isEstimated: boolean;
}

/** How this browser takes part in redundant voice. */
export type RedSkill =
  /** Any copies, changed at any time. */
  | 'transform'
  /** One copy of the packet before, by the browser itself. */
  | 'native'
  | 'none';

/** The browser's side of mediasoup, and what can be done with sound in it. */
export interface VoiceDevice {
  readonly device: types.Device;
  readonly skill: RedSkill;
  readonly transforms: VoiceTransforms | undefined;
  readonly description: VoiceDescription;
}

/** For a device of mediasoup's own: plain sound. */
export function plainDevice(device: types.Device): VoiceDevice {
  return {
    device,
    skill: 'none',
    transforms: undefined,
    description: { isRedundant: false, ptimeMs: undefined, isEstimated: true },
  };
}

/** Throws `browser.no_calls` where the browser has no WebRTC, or one that mediasoup does not know. */
export async function createVoiceDevice(): Promise<VoiceDevice> {
  if (!canHoldCalls() || detectDevice() === undefined) throw ProblemError.local('browser.no_calls');
  // Others than Chromium's family describe sessions in ways of their own; they keep plain sound.
  if (detectDevice() !== 'Chrome111') return plainDevice(await Device.factory());
  const transforms = await VoiceTransforms.create();
  const description: VoiceDescription = { isRedundant: false, ptimeMs: undefined, isEstimated: true };
  const skill = !canReceiveRed() ? 'none' : transforms !== undefined ? 'transform' : 'native';
  const base = Chrome111.createFactory({ forcedRtpExtensions: {} });
  const device = await Device.factory({
    handlerFactory: {
      ...base,
      factory: (options) => {
        const isSending = options.direction === 'send';
        return describeVoice(base.factory(options), { isSending, isNative: skill === 'native', description });
      },
    },
  });
  return { device, skill, transforms, description };
}

/** What the media server is told the browser sends: with native RED its packets are of that type. */
export function toWireParameters<Parameters extends types.RtpParameters>(
  rtpParameters: Parameters,
  { skill, description }: Pick<VoiceDevice, 'skill' | 'description'>,
): Parameters {
  if (skill !== 'native' || !description.isRedundant) return rtpParameters;
  const codecs = rtpParameters.codecs.map((codec) =>
    codec.mimeType.toLowerCase() === 'audio/opus' ? { ...codec, payloadType: RED_PAYLOAD_TYPE } : codec,
  );
  return { ...rtpParameters, codecs };
}

/** Of the browser's connection, the calls through which descriptions reach it. */
interface Connection {
  setRemoteDescription: (description: RTCSessionDescriptionInit) => Promise<void>;
  setLocalDescription: (description: RTCSessionDescriptionInit) => Promise<void>;
}

/** Every description that comes from mediasoup-client passes here on its way to the browser. */
function describeVoice<Handler extends object>(
  handler: Handler,
  { isSending, isNative, description }: { isSending: boolean; isNative: boolean; description: VoiceDescription },
): Handler {
  const { _pc: connection } = handler as unknown as { _pc?: Connection };
  if (connection === undefined)
    throw new Error('mediasoup-client keeps its connection where this client does not look');
  const set = connection.setRemoteDescription.bind(connection);
  connection.setRemoteDescription = ({ type, sdp = '' }: RTCSessionDescriptionInit) => {
    const { isRedundant, ptimeMs, isEstimated } = description;
    if (!isSending) return set({ type, sdp: withRoundTrip(isRedundant ? toRedOffer(sdp) : sdp) });
    const voice = isRedundant && isNative ? toNativeRedAnswer(sdp) : sdp;
    const answer = isEstimated ? voice : withoutEstimate(voice);
    return set({ type, sdp: ptimeMs === undefined ? answer : withPtime(answer, ptimeMs) });
  };
  if (!isSending) {
    const setLocal = connection.setLocalDescription.bind(connection);
    // A browser does not ask by itself for what it does when it is asked to.
    connection.setLocalDescription = ({ type, sdp = '' }) => setLocal({ type, sdp: withRoundTrip(sdp) });
  }
  return handler;
}

function canReceiveRed(): boolean {
  const { codecs = [] } = RTCRtpReceiver.getCapabilities('audio') ?? {};
  return codecs.some(({ mimeType }) => mimeType.toLowerCase() === 'audio/red');
}
