import type { MediaProfile } from '@jaqyn/shared/media/media-profile';
import { KIND_OF_SOURCE, type MediaSource } from '@jaqyn/shared/media/source';
import type { ResponseData } from '@jaqyn/shared/signalling/events';
import type { types } from 'mediasoup-client';
import { newId } from '../../lib/ids.ts';
import type { Signalling } from '../../lib/signalling.ts';
import { toWireParameters, type VoiceDevice } from './room-client-device.ts';
import type { Telling } from './room-client-telling.ts';

type JoinAnswer = ResponseData<'room:join'>;

interface Options {
  readonly voice: VoiceDevice;
  readonly answer: JoinAnswer;
  readonly signalling: Signalling;
  readonly profile: MediaProfile;
  readonly telling: Telling;
  /** Something fits what is sent to the link. */
  readonly isFitted: () => boolean;
}

/** The browser's two ways to the media server, and what the server has to be told of them. */
export function createTransports(options: Options): { send: types.Transport; recv: types.Transport } {
  const { voice, answer } = options;
  const iceServers = answer.iceServers as RTCIceServer[];
  const send = voice.device.createSendTransport({ ...transportOptions(answer.sendTransport), iceServers });
  const recv = voice.device.createRecvTransport({ ...transportOptions(answer.recvTransport), iceServers });
  for (const transport of [send, recv]) wire(transport, options);
  return { send, recv };
}

/**
 * The browser goes on at once, the server is told on the side: two round trips less until the first packet. The key is ours, so
 * nothing has to be waited for.
 */
function wire(transport: types.Transport, { signalling, profile, voice, telling, isFitted }: Options): void {
  const { isAhead } = profile.join;
  transport.on('connect', ({ dtlsParameters }, go) => {
    const told = telling.tell(`connect ${transport.id}`, () =>
      signalling.call('transport:connect', { transportId: transport.id, dtlsParameters }),
    );
    if (isAhead) go();
    else void told.then(go);
  });
  transport.on('produce', ({ kind, rtpParameters, appData }, go) => {
    const producerKey = newId();
    const { source, isPaused } = appData as { source: MediaSource; isPaused: boolean };
    if (KIND_OF_SOURCE[source] !== kind) throw new Error(`${kind} is not what a ${source} makes`);
    const wanted = isFitted() ? withDeclared(rtpParameters, profile) : rtpParameters;
    const data = { producerKey, kind, source, isPaused, rtpParameters: toWireParameters(wanted, voice) as never };
    const told = telling.tell(`produce ${producerKey}`, () => signalling.call('producer:create', data), source);
    if (isAhead) go({ id: producerKey });
    else void told.then(() => go({ id: producerKey }));
  });
}

function transportOptions(parameters: JoinAnswer['sendTransport']): types.TransportOptions {
  return parameters as types.TransportOptions;
}

/** The server probes a receiver's link up to what it expects; a sender that fits itself needs no probes. */
function withDeclared(rtpParameters: types.RtpParameters, { estimate }: MediaProfile): types.RtpParameters {
  const { encodings = [] } = rtpParameters;
  const { declaredBps } = estimate;
  if (encodings.length !== 1 || declaredBps === undefined) return rtpParameters;
  return {
    ...rtpParameters,
    encodings: encodings.map((one) =>
      one.maxBitrate === undefined ? one : { ...one, maxBitrate: Math.min(one.maxBitrate, declaredBps) },
    ),
  };
}
