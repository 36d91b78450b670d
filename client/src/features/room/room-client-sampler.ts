import { toInstant } from '@jaqyn/shared/kernel/time';
import { type LinkSample, MAX_SAMPLES, SAMPLE_SECONDS } from '@jaqyn/shared/link-samples/link-sample.contract';
import type { StepState } from '@jaqyn/shared/media/call-step';
import { serverNow } from '../../lib/clock.ts';
import type { Signalling } from '../../lib/signalling.ts';
import type { RoomStats } from './room-client-stats.ts';

/** What is known of a call at a moment. */
export interface CallReading {
  /** ms of the browser's own clock. */
  readonly at: number;
  readonly stats: RoomStats;
  /** That one's own sound waited on its way, as the other side last said. */
  readonly queueMs: number | undefined;
  readonly step: Pick<StepState, 'step' | 'why'> | undefined;
}

interface Options {
  readonly signalling: Signalling;
  /** Undefined while not in the room. */
  readonly read: () => Promise<CallReading | undefined>;
}

/** Samples that are told at a time. */
const BATCH = 30;

/**
 * Says every ten seconds how the call was at this end, and keeps what could not be said until the server is back. Nothing of a call
 * waits for it.
 */
export class CallSampler {
  static create(options: Options): CallSampler {
    return new CallSampler(options);
  }

  readonly #options: Options;
  readonly #timer: ReturnType<typeof setInterval>;
  #before: CallReading | undefined;
  #unsaid: LinkSample[] = [];
  #isSaying = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#take(), SAMPLE_SECONDS * 1000);
  }

  /** The counters begin anew with each join: nothing is compared over it. */
  begin(): void {
    this.#before = undefined;
    void this.#options.read().then((reading) => {
      this.#before ??= reading;
    });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #take(): Promise<void> {
    const now = await this.#options.read().catch(() => undefined);
    const before = this.#before;
    this.#before = now;
    if (now !== undefined && before !== undefined && now.at > before.at) {
      this.#unsaid = [...this.#unsaid, sampleOf(before, now)].slice(-MAX_SAMPLES);
    }
    await this.#say();
  }

  async #say(): Promise<void> {
    const { signalling } = this.#options;
    if (this.#isSaying || this.#unsaid.length === 0 || !signalling.isConnected) return;
    this.#isSaying = true;
    const samples = this.#unsaid.slice(0, BATCH);
    try {
      await signalling.call('link:report', { samples });
      this.#unsaid = this.#unsaid.filter((sample) => !samples.includes(sample));
    } catch {
      // Said again with the next one.
    } finally {
      this.#isSaying = false;
    }
  }
}

/** What changed between two readings of one stay in the room. */
export function sampleOf(before: CallReading, now: CallReading): LinkSample {
  const seconds = (now.at - before.at) / 1000;
  const [sent, received] = [now.stats.send, now.stats.recv];
  const grown = (after: number, earlier: number) => Math.max(0, after - earlier);
  const packets = grown(received.audioPackets, before.stats.recv.audioPackets);
  const lost = grown(received.audioLost, before.stats.recv.audioLost);
  const played = grown(received.totalSamples, before.stats.recv.totalSamples);
  const waited = grown(received.buffered.seconds, before.stats.recv.buffered.seconds);
  const emitted = grown(received.buffered.samples, before.stats.recv.buffered.samples);
  return {
    at: toInstant(new Date(serverNow())),
    seconds: tenths(seconds),
    sentBps: Math.round((8 * grown(sent.bytes, before.stats.send.bytes)) / seconds),
    receivedBps: Math.round((8 * grown(received.bytes, before.stats.recv.bytes)) / seconds),
    lostPercent: packets + lost === 0 ? null : share(lost, packets + lost),
    rttMs: sent.rttMs,
    concealedPercent:
      played === 0 ? null : share(grown(received.concealedSamples, before.stats.recv.concealedSamples), played),
    bufferMs: emitted === 0 ? null : Math.round((1000 * waited) / emitted),
    queueMs: now.queueMs === undefined ? null : Math.round(now.queueMs),
    receivedFps: tenths(grown(received.framesDecoded, before.stats.recv.framesDecoded) / seconds),
    sentFps: tenths(grown(sent.videoFrames, before.stats.send.videoFrames) / seconds),
    frozenMs: grown(received.frozenMs, before.stats.recv.frozenMs),
    step: now.step?.step ?? null,
    why: now.step?.why ?? null,
  };
}

function share(part: number, whole: number): number {
  return Math.min(100, tenths((100 * part) / whole));
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
