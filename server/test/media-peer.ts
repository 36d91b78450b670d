import type { RtpParameters } from '@jaqyn/shared/media/rtp';
import type { MediaKind } from '@jaqyn/shared/media/source';
import type { TransportParameters } from '@jaqyn/shared/media/transport';
import datachannel, { type PeerConnection, type Track } from 'node-datachannel';
import { onTestFinished } from 'vitest';
import { AUDIO_LEVEL_ID } from './rtp.ts';

/** One m-line of a peer: what is sent, or what is to be received. */
interface Line {
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
}

interface Dtls {
  readonly role: 'client' | 'server';
  readonly fingerprints: { algorithm: 'sha-256'; value: string }[];
}

const FRAME_MS = 20;
/** An Opus frame of silence; a VP8 frame that says of itself that it is whole and a key frame. */
const PAYLOAD: Readonly<Record<MediaKind, readonly number[]>> = {
  audio: [0xf8, 0xff, 0xfe],
  video: [0x10, 0x00, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x10, 0x00, 0x10, 0x00],
};
const CLOCK: Readonly<Record<MediaKind, number>> = { audio: 48_000, video: 90_000 };

/**
 * What a browser has for media, without a browser (libdatachannel): ICE, DTLS and SRTP to a transport of the worker. Sends a packet of
 * each track that flows every 20 ms.
 */
export class MediaPeer {
  /** `connect` hands the fingerprint to the server; `sends` on a send transport, otherwise these are what it receives. */
  static async create(options: {
    readonly transport: TransportParameters;
    readonly lines: readonly Line[];
    readonly sends: boolean;
    readonly connect: (dtls: Dtls) => Promise<unknown>;
  }): Promise<MediaPeer> {
    const { transport, lines, sends, connect } = options;
    const connection = new datachannel.PeerConnection('peer', { iceServers: [], bindAddress: '127.0.0.1' });
    const tracks = new Map<MediaKind, Track>();
    for (const [mid, { kind, rtpParameters }] of lines.entries()) {
      const track = connection.addTrack(describe(String(mid), kind, rtpParameters, sends));
      // What comes is taken, as a browser takes it.
      track.onMessage(() => undefined);
      tracks.set(kind, track);
    }
    // The worker is the DTLS client of what is sent to it, and lets the other side choose on the way down.
    const role = transport.dtlsParameters.role === 'client' ? 'server' : 'client';
    const fingerprint = fingerprintOf(await createOffer(connection));
    await connect({ role, fingerprints: [{ algorithm: 'sha-256', value: fingerprint }] });
    connection.setRemoteDescription(answerOf(transport, lines, sends, role), 'answer');
    const peer = new MediaPeer(connection, tracks, lines);
    onTestFinished(() => peer.close());
    return peer;
  }

  readonly #connection: PeerConnection;
  readonly #tracks: ReadonlyMap<MediaKind, Track>;
  readonly #lines: readonly Line[];
  readonly #flowing = new Set<MediaKind>();
  readonly #timer: NodeJS.Timeout;
  #level = 127;
  #sequence = 0;
  #isClosed = false;

  private constructor(connection: PeerConnection, tracks: ReadonlyMap<MediaKind, Track>, lines: readonly Line[]) {
    this.#connection = connection;
    this.#tracks = tracks;
    this.#lines = lines;
    this.#timer = setInterval(() => this.#send(), FRAME_MS);
  }

  start(kind: MediaKind): void {
    this.#flowing.add(kind);
  }

  stop(kind: MediaKind): void {
    this.#flowing.delete(kind);
  }

  /** How loud the sound says it is, in dB below the loudest; 127 is silence. */
  speak(isLoud: boolean): void {
    this.#level = isLoud ? 5 : 127;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#connection.close();
  }

  #send(): void {
    this.#sequence += 1;
    for (const { kind, rtpParameters } of this.#lines) {
      const track = this.#tracks.get(kind);
      if (!this.#flowing.has(kind) || track?.isOpen() !== true) continue;
      track.sendMessageBinary(rtpPacket(kind, rtpParameters, this.#sequence, this.#level));
    }
  }
}

function describe(mid: string, kind: MediaKind, rtpParameters: RtpParameters, sends: boolean) {
  const { payloadType, ssrc } = idsOf(rtpParameters);
  const direction = sends ? 'SendOnly' : 'RecvOnly';
  if (kind === 'audio') {
    const audio = new datachannel.Audio(mid, direction);
    audio.addOpusCodec(payloadType);
    if (sends) audio.addSSRC(ssrc, 'peer');
    return audio;
  }
  const video = new datachannel.Video(mid, direction);
  video.addVP8Codec(payloadType);
  if (sends) video.addSSRC(ssrc, 'peer');
  return video;
}

function idsOf({ codecs, encodings = [] }: RtpParameters): { payloadType: number; ssrc: number } {
  const [codec] = codecs;
  const ssrc = encodings[0]?.ssrc;
  if (codec === undefined || ssrc === undefined) throw new Error('a track without a codec or an SSRC');
  return { payloadType: codec.payloadType, ssrc };
}

function createOffer(connection: PeerConnection): Promise<string> {
  return new Promise((resolve) => {
    connection.onLocalDescription((sdp) => resolve(sdp));
    connection.setLocalDescription('offer');
  });
}

function fingerprintOf(sdp: string): string {
  const fingerprint = /^a=fingerprint:sha-256 (\S+)/im.exec(sdp)?.[1];
  if (fingerprint === undefined) throw new Error('the peer offered no SHA-256 fingerprint');
  return fingerprint;
}

function answerOf(
  { iceParameters, iceCandidates, dtlsParameters }: TransportParameters,
  lines: readonly Line[],
  sends: boolean,
  role: Dtls['role'],
): string {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const candidate = iceCandidates.find(({ protocol }) => protocol === 'udp');
  if (fingerprint === undefined || candidate === undefined) throw new Error('an incomplete transport');
  const { address, ip, port } = candidate as { address?: string; ip?: string; port: number };
  const media = lines.flatMap(({ kind, rtpParameters }, mid) => {
    const { payloadType, ssrc } = idsOf(rtpParameters);
    return [
      `m=${kind} 9 UDP/TLS/RTP/SAVPF ${payloadType}`,
      'c=IN IP4 127.0.0.1',
      `a=mid:${mid}`,
      sends ? 'a=recvonly' : 'a=sendonly',
      'a=rtcp-mux',
      `a=rtpmap:${payloadType} ${kind === 'audio' ? 'opus/48000/2' : 'VP8/90000'}`,
      ...(sends ? [] : [`a=ssrc:${ssrc} cname:worker`]),
      `a=ice-ufrag:${iceParameters.usernameFragment}`,
      `a=ice-pwd:${iceParameters.password}`,
      `a=fingerprint:sha-256 ${fingerprint.value}`,
      `a=setup:${role === 'client' ? 'passive' : 'active'}`,
      `a=candidate:1 1 udp 1 ${address ?? ip} ${port} typ host`,
      'a=end-of-candidates',
    ];
  });
  const group = lines.map((_, mid) => mid).join(' ');
  const head = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=ice-lite', `a=group:BUNDLE ${group}`];
  return [...head, ...media, ''].join('\r\n');
}

function rtpPacket(kind: MediaKind, rtpParameters: RtpParameters, sequence: number, level: number): Buffer {
  const { payloadType, ssrc } = idsOf(rtpParameters);
  // RFC 8285, one byte each: a single extension, padded to a word.
  const extension = kind === 'audio' ? [0xbe, 0xde, 0, 1, AUDIO_LEVEL_ID << 4, level, 0, 0] : [];
  const packet = Buffer.alloc(12 + extension.length + PAYLOAD[kind].length);
  packet[0] = extension.length > 0 ? 0x90 : 0x80;
  // Each frame is one packet: the marker says that it ends with it.
  packet[1] = payloadType | 0x80;
  packet.writeUInt16BE(sequence % 0x1_0000, 2);
  packet.writeUInt32BE((sequence * FRAME_MS * CLOCK[kind]) / 1000, 4);
  packet.writeUInt32BE(ssrc, 8);
  packet.set([...extension, ...PAYLOAD[kind]], 12);
  return packet;
}
