import type { StallReading } from '@jaqyn/shared/media/picture-stall';
import type { PictureReading } from '@jaqyn/shared/media/picture-wait';
import type { WayOut } from '@jaqyn/shared/media/way-out';
import type { types } from 'mediasoup-client';

/** Counters since the last join, summed over the tracks of one direction; a number that this browser does not report is null. */
export interface RoomStats {
  /** How packets get out of here; null before they do. */
  readonly way: WayOut | null;
  readonly send: {
    readonly audioPackets: number;
    readonly videoFrames: number;
    readonly bytes: number;
    readonly rttMs: number | null;
    readonly availableBps: number | null;
    /** Of one's own microphone at this moment, 0 to 1; null without one. */
    readonly micLevel: number | null;
  };
  readonly recv: {
    readonly audioPackets: number;
    readonly framesDecoded: number;
    readonly bytes: number;
    readonly packetsLost: number;
    /** Of sound alone: pictures are sent again when they are lost. */
    readonly audioLost: number;
    readonly freezes: number;
    readonly frozenMs: number;
    readonly concealedSamples: number;
    readonly totalSamples: number;
    readonly jitterBufferMs: number | null;
    /** What the jitter buffer summed up, for differences: seconds waited, and samples that did. */
    readonly buffered: { readonly seconds: number; readonly samples: number };
  };
}

type Row = Readonly<Record<string, unknown>>;

export async function readStats(transports: { send: types.Transport; recv: types.Transport }): Promise<RoomStats> {
  const [send, recv] = await Promise.all([rowsOf(transports.send), rowsOf(transports.recv)]);
  const pair = pairOf(send);
  const outAudio = send.filter((row) => row['type'] === 'outbound-rtp' && row['kind'] === 'audio');
  const outVideo = send.filter((row) => row['type'] === 'outbound-rtp' && row['kind'] === 'video');
  const inAudio = recv.filter((row) => row['type'] === 'inbound-rtp' && row['kind'] === 'audio');
  const inVideo = recv.filter((row) => row['type'] === 'inbound-rtp' && row['kind'] === 'video');
  const emitted = sum(inAudio, 'jitterBufferEmittedCount');
  return {
    way: wayOf(send) ?? wayOf(recv),
    send: {
      audioPackets: sum(outAudio, 'packetsSent'),
      videoFrames: sum(outVideo, 'framesSent') || sum(outVideo, 'framesEncoded'),
      bytes: sum([...outAudio, ...outVideo], 'bytesSent'),
      rttMs: scaled(pair?.['currentRoundTripTime'], 1000),
      availableBps: scaled(pair?.['availableOutgoingBitrate'], 1),
      micLevel: levelOf(send),
    },
    recv: {
      audioPackets: sum(inAudio, 'packetsReceived'),
      framesDecoded: sum(inVideo, 'framesDecoded'),
      bytes: sum([...inAudio, ...inVideo], 'bytesReceived'),
      packetsLost: sum([...inAudio, ...inVideo], 'packetsLost'),
      audioLost: sum(inAudio, 'packetsLost'),
      freezes: sum(inVideo, 'freezeCount'),
      frozenMs: Math.round(1000 * sum(inVideo, 'totalFreezesDuration')),
      concealedSamples: sum(inAudio, 'concealedSamples'),
      totalSamples: sum(inAudio, 'totalSamplesReceived'),
      buffered: { seconds: sum(inAudio, 'jitterBufferDelay'), samples: emitted },
      jitterBufferMs: emitted === 0 ? null : Math.round((sum(inAudio, 'jitterBufferDelay') / emitted) * 1000),
    },
  };
}

/** How packets get out at this moment; null before they do. */
export async function readWay({
  send,
  recv,
}: {
  send: types.Transport;
  recv: types.Transport;
}): Promise<WayOut | null> {
  return wayOf(await rowsOf(send)) ?? wayOf(await rowsOf(recv));
}

/** The pair of candidates that packets go by. Others may have succeeded and be nominated besides: of a path before this one. */
function pairOf(rows: readonly Row[]): Row | undefined {
  const selected = rows.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'];
  const pairs = rows.filter(({ type }) => type === 'candidate-pair');
  return (
    pairs.find(({ id }) => id !== undefined && id === selected) ??
    // Firefox names none, and marks it on the pair.
    pairs.find(({ nominated, state }) => nominated === true && state === 'succeeded')
  );
}

/** From this side's candidate: a relay is named by how it is reached, not by how it goes on from there. */
export function wayOf(rows: readonly Row[]): WayOut | null {
  const local = pairOf(rows)?.['localCandidateId'];
  const candidate = rows.find(({ type, id }) => type === 'local-candidate' && id === local);
  if (candidate === undefined) return null;
  if (candidate['candidateType'] !== 'relay') return candidate['protocol'] === 'tcp' ? 'tcp' : 'udp';
  const relayed = candidate['relayProtocol'];
  return relayed === 'tls' ? 'turn_tls' : relayed === 'tcp' ? 'turn_tcp' : 'turn_udp';
}

function levelOf(rows: readonly Row[]): number | null {
  const level = rows.find(({ type, kind }) => type === 'media-source' && kind === 'audio')?.['audioLevel'];
  return typeof level === 'number' ? level : null;
}

async function rowsOf(transport: types.Transport): Promise<Row[]> {
  if (transport.closed) return [];
  const rows: Row[] = [];
  (await transport.getStats()).forEach((row: Row) => rows.push(row));
  return rows;
}

function sum(rows: readonly Row[], key: string): number {
  return rows.reduce((total, row) => total + (typeof row[key] === 'number' ? row[key] : 0), 0);
}

function scaled(value: unknown, factor: number): number | null {
  return typeof value === 'number' ? Math.round(value * factor) : null;
}

/** Everything that left over a transport, with the headers of the network, and the way's round trip. */
export interface Sent {
  /** ms of the browser's clock. */
  readonly at: number;
  readonly bytes: number;
  /** Of the last check of the path, and how many there were. */
  readonly rttMs: number | undefined;
  readonly trips: number;
}

/** Of the sound, and of what makes the pictures: nothing where a browser does not tell. */
export interface SentNow extends Sent {
  /** All sound, with the headers of the network. */
  readonly voiceBytes: number;
  readonly encodeSeconds: number;
  readonly isCpuLimited: boolean;
}

export interface ReceivedBytes extends Sent {
  /** By the id of the track. */
  readonly byTrack: ReadonlyMap<string, ReceivedTrack>;
}

/** Counters since the track is there. */
export interface ReceivedTrack extends PictureReading, StallReading {
  readonly kind: 'audio' | 'video';
  /** With the headers of the network. */
  readonly bytes: number;
}

/** IPv4 and UDP; what the browser counts is inside of them. */
const NETWORK_HEADERS = 28;
/** What tells that a packet is whole (SRTP, 80 bits). */
const SRTP_TAG = 10;

export async function readSent(transport: types.Transport): Promise<SentNow | undefined> {
  const rows = await readRows(transport);
  const whole = bytesOf(rows, 'Sent');
  if (whole === undefined) return undefined;
  const pictures = rows.filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video');
  const voices = rows.filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'audio');
  return {
    ...whole,
    voiceBytes:
      sum(voices, 'bytesSent') +
      sum(voices, 'headerBytesSent') +
      (NETWORK_HEADERS + SRTP_TAG) * sum(voices, 'packetsSent'),
    encodeSeconds: sum(pictures, 'totalEncodeTime'),
    isCpuLimited: pictures.some((row) => row['qualityLimitationReason'] === 'cpu'),
  };
}

async function readRows(transport: types.Transport): Promise<Row[]> {
  return transport.closed ? [] : rowsOf(transport).catch(() => []);
}

export async function readReceivedBytes(transport: types.Transport): Promise<ReceivedBytes | undefined> {
  const rows = await readRows(transport);
  const whole = bytesOf(rows, 'Received');
  if (whole === undefined) return undefined;
  const byTrack = new Map<string, ReceivedTrack>();
  for (const row of rows) {
    const { type, kind, trackIdentifier } = row as { type?: string; kind?: string; trackIdentifier?: unknown };
    if (type !== 'inbound-rtp' || typeof trackIdentifier !== 'string') continue;
    const headers = (NETWORK_HEADERS + SRTP_TAG) * sum([row], 'packetsReceived');
    const bytes = sum([row], 'bytesReceived') + sum([row], 'headerBytesReceived') + headers;
    byTrack.set(trackIdentifier, {
      kind: kind === 'audio' ? 'audio' : 'video',
      bytes,
      packets: sum([row], 'packetsReceived'),
      pictures: sum([row], 'framesDecoded'),
      freezes: sum([row], 'freezeCount'),
      frozenMs: 1000 * sum([row], 'totalFreezesDuration'),
      // What was lost on the sender's side of the server comes late, and not as something sent again.
      again: sum([row], 'nackCount'),
    });
  }
  return { ...whole, byTrack };
}

function bytesOf(rows: readonly Row[], way: 'Sent' | 'Received'): Sent | undefined {
  const whole = rows.find(({ type }) => type === 'transport');
  const pair = rows.find(({ type, id }) => type === 'candidate-pair' && id === whole?.['selectedCandidatePairId']);
  if (whole === undefined || typeof whole['timestamp'] !== 'number') return undefined;
  const trip = pair?.['currentRoundTripTime'];
  return {
    at: whole['timestamp'],
    bytes: sum([whole], `bytes${way}`) + NETWORK_HEADERS * sum([whole], `packets${way}`),
    rttMs: typeof trip === 'number' ? trip * 1000 : undefined,
    trips: sum(pair === undefined ? [] : [pair], 'responsesReceived'),
  };
}
