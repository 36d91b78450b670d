import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { toInstant } from '@jaqyn/shared/kernel/time';
import { SAMPLE_SECONDS } from '@jaqyn/shared/link-samples/link-sample.contract';
import type { Store } from '../../db/store.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { type LinkSampleRow, linkSampleRepository } from './link-sample.repository.ts';

/** What has gone over a transport since it was made, and what of it was lost lately. */
export interface TransportMeasure {
  readonly receivedBytes: number;
  readonly sentBytes: number;
  readonly lostPercent: number | null;
}

/** What the sampler needs to see of somebody in a room. */
export interface SampledPeer {
  readonly peerId: string;
  readonly requestId: RequestId;
  readonly userId: string;
  readonly side: 'station' | 'specialist';
  /** Of what the person sends, and of what they get. */
  measure(): Promise<{ readonly send: TransportMeasure; readonly recv: TransportMeasure }>;
}

interface Options {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
  /** Everybody who is in a room now. */
  readonly listSeated: () => readonly SampledPeer[];
  readonly everyMs?: number;
}

interface Seen {
  readonly at: number;
  readonly received: number;
  readonly sent: number;
}

/** Reads every ten seconds what went over everybody's transports, and keeps it beside what their browsers say. */
export class LinkSampler {
  static start(options: Options): LinkSampler {
    return new LinkSampler(options);
  }

  readonly #options: Options;
  readonly #timer: NodeJS.Timeout;
  #seen = new Map<string, Seen>();
  #running: Promise<void> | undefined;

  private constructor(options: Options) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), options.everyMs ?? SAMPLE_SECONDS * 1000);
    this.#timer.unref();
  }

  /** Looks once. Never rejects: a sample that is not kept is no reason for anything. */
  look(): Promise<void> {
    this.#running ??= this.#look()
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'link samples could not be written'))
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #look(): Promise<void> {
    const { store, clock, listSeated } = this.#options;
    const found = await Promise.all(listSeated().map(async (peer) => ({ peer, measure: await measureSafely(peer) })));
    const now = clock.now();
    const at = toInstant(now);
    const before = this.#seen;
    this.#seen = new Map();
    const rows: LinkSampleRow[] = [];
    for (const { peer, measure } of found) {
      if (measure === undefined) continue;
      const { send, recv } = measure;
      // As the person sees it: what comes in here is what they sent.
      const seen = { at: now.getTime(), sent: send.receivedBytes, received: recv.sentBytes };
      this.#seen.set(peer.peerId, seen);
      const last = before.get(peer.peerId);
      const seconds = last === undefined ? 0 : (seen.at - last.at) / 1000;
      if (last === undefined || seconds <= 0) continue;
      rows.push({
        requestId: peer.requestId,
        userId: peer.userId,
        origin: 'server',
        at,
        side: peer.side,
        seconds,
        sentBps: rate(seen.sent - last.sent, seconds),
        receivedBps: rate(seen.received - last.received, seconds),
        lostPercent: send.lostPercent,
        rttMs: null,
        concealedPercent: null,
        bufferMs: null,
        queueMs: null,
        receivedFps: null,
        sentFps: null,
        frozenMs: null,
        step: null,
        why: null,
      });
    }
    if (rows.length > 0) await store.transaction((tx) => linkSampleRepository.save(tx, rows));
  }
}

/** A transport that closes while it is asked is no longer there. */
async function measureSafely(peer: SampledPeer): Promise<Awaited<ReturnType<SampledPeer['measure']>> | undefined> {
  try {
    return await peer.measure();
  } catch {
    return undefined;
  }
}

function rate(bytes: number, seconds: number): number {
  return Math.max(0, Math.round((8 * bytes) / seconds));
}
