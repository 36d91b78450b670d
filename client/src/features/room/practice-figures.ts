/** What a practice call was like, from readings of the room's own counters. Pure. */
import type { LinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import type { CallStep } from '@jaqyn/shared/media/call-step';
import type { RoomStats } from './room-client-stats.ts';

/** What a practice call finds out; whether somebody heard the tone is asked beside it. */
export type PracticeFound = Omit<LinkCheck, 'speaker'>;

export interface PracticeReading {
  /** ms of a clock that only goes forward. */
  readonly at: number;
  readonly stats: RoomStats;
  readonly step: CallStep | undefined;
}

/** While a call begins its queues settle and the first sounds are made up: the judgement begins after it. */
const SETTLE_MS = 2000;
/** Rates and pictures are those of the last seconds, when the controller has found what fits. */
const WINDOW_MS = 5000;
/** A link that carries the best step has shown what it can by then; what is thinner gets longer to find its step. */
const SHARP_MS = 3000;
const LEAST_MS = 7000;
const USUAL_MS = 15_000;
/** What still climbs by then is given a little longer: a good link is not to be called a thin one for its start. */
const CLIMB_MS = 4000;
const CLIMBS = 1.1;
const MOST_MS = 25_000;

/** Something of what was sent has come back. */
export function hasReturned({ recv }: RoomStats): boolean {
  return recv.audioPackets > 0 || recv.framesDecoded > 0;
}

/** `readings` from the first packet that came back on. */
export function isMeasured(readings: readonly PracticeReading[]): boolean {
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined) return false;
  const length = last.at - first.at;
  if (length >= MOST_MS || (length >= USUAL_MS && !isClimbing(readings, last.at))) return true;
  const lately = readings.filter(({ at }) => at > last.at - SHARP_MS);
  return length >= LEAST_MS && lately.every(({ step }) => step === 'sharp');
}

/** From 0 to 1. */
export function progressOf(readings: readonly PracticeReading[]): number {
  const [first, last] = [readings[0], readings.at(-1)];
  return first === undefined || last === undefined ? 0 : Math.min(1, (last.at - first.at) / USUAL_MS);
}

function isClimbing(readings: readonly PracticeReading[], now: number): boolean {
  const bytesAt = (at: number) => readings.findLast((reading) => reading.at <= at)?.stats.send.bytes;
  const [last, middle, early] = [bytesAt(now), bytesAt(now - CLIMB_MS), bytesAt(now - 2 * CLIMB_MS)];
  if (last === undefined || middle === undefined || early === undefined) return false;
  return last - middle > CLIMBS * (middle - early);
}

type Figures = Omit<PracticeFound, 'camera' | 'microphone' | 'connectMs'>;

export const NO_FIGURES: Figures = {
  way: null,
  rttMs: null,
  sentBps: null,
  receivedBps: null,
  lostPercent: null,
  concealedPercent: null,
  receivedFps: null,
  step: null,
  seconds: 0,
};

/** {@link NO_FIGURES} where nothing came back. */
export function figuresOf(readings: readonly PracticeReading[]): Figures {
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || last === first) return NO_FIGURES;
  const since = (ms: number) => readings.find(({ at }) => at >= ms) ?? first;
  const settled = since(Math.min(first.at + SETTLE_MS, last.at - 1));
  const window = since(last.at - WINDOW_MS);
  const seconds = (last.at - window.at) / 1000;
  const rtts = readings.flatMap(({ stats }) => stats.send.rttMs ?? []).sort((a, b) => a - b);
  const [now, early, late] = [last.stats.recv, settled.stats.recv, window.stats.recv];
  const packets = now.audioPackets - early.audioPackets;
  const lost = Math.max(0, now.audioLost - early.audioLost);
  const played = now.totalSamples - early.totalSamples;
  const concealed = Math.max(0, now.concealedSamples - early.concealedSamples);
  return {
    way: last.stats.way,
    rttMs: rtts[Math.floor(rtts.length / 2)] ?? null,
    sentBps: rate(last.stats.send.bytes - window.stats.send.bytes, seconds),
    receivedBps: rate(now.bytes - late.bytes, seconds),
    lostPercent: packets + lost > 0 ? share(lost, packets + lost) : null,
    concealedPercent: played > 0 ? share(concealed, played) : null,
    receivedFps: seconds > 0 ? tenths(Math.max(0, now.framesDecoded - late.framesDecoded) / seconds) : null,
    step: last.step ?? null,
    seconds: tenths((last.at - first.at) / 1000),
  };
}

function rate(bytes: number, seconds: number): number | null {
  return seconds > 0 ? Math.max(0, Math.round((8 * bytes) / seconds)) : null;
}

function share(part: number, whole: number): number {
  return Math.min(100, tenths((100 * part) / whole));
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
