/**
 * What a receiver can tell of the way to it from the sound that arrives: how long packets wait in queues, how much is lost, and for
 * how long at a time. Sound is the witness because it is sent evenly, whatever the picture does, and never held back.
 *
 * The clocks of both ends are unknown to each other, but they run alike: a packet that took the shortest time in half a minute found
 * the queues empty, and what others took longer is queue.
 */

/** One piece of sound as it came. */
export interface Arrival {
  /** ms of any clock that only goes forward. */
  readonly at: number;
  /** 48 kHz, modulo 2³². */
  readonly rtpTimestamp: number;
  /** Modulo 2¹⁶; undefined where the browser does not tell: then nothing is known of losses. */
  readonly sequenceNumber: number | undefined;
  /** ms of sound in it: a longer piece leaves later after its timestamp, which is no queue. */
  readonly durationMs: number;
}

export interface LinkReading {
  /** The least that any packet of the last moments waited, ms; jitter is not in it. */
  readonly queueMs: number;
  /** Mean difference of the time on the way of two packets that follow each other, ms. */
  readonly jitterMs: number;
  /** % of the packets of the last {@link LOSS_WINDOW_MS}, without those of cuts. */
  readonly lostPercent: number;
  /** Mean length of what was lost at a time, ms of sound; 0 when nothing was. */
  readonly burstMs: number;
}

/** Long enough that a link at 90 % empties its queue once, short enough to forget a route that is no more. */
const BASE_WINDOW_MS = 30_000;
/** Five packets, one of which finds no jitter; of 20 ms of sound each, a few more. */
const QUEUE_WINDOW = { pieces: 5.3, leastMs: 160 } as const;
const LOSS_WINDOW_MS = 20_000;
/**
 * A link that was away for longer is no loss: no copy reaches so far, and it says nothing of the next seconds. Counted as one, a cut of 5 s was a
 * third of everything lost for 20 s, and the most copies, the thinnest sound and the longest wait for them were chosen against it. Bursts of
 * loss last 0.1 to 0.2 s, their tails 0.8.
 */
const CUT_MS = 1000;
/** A step in time larger than this is a microphone that was started anew, not a queue. */
const JUMP_MS = 10_000;
const SAMPLES_A_MS = 48;

interface Seen {
  readonly at: number;
  readonly transit: number;
  /** Packets that are missing before this one, and how much sound they were. */
  readonly lost: number;
  readonly lostMs: number;
}

export class LinkWitness {
  static create(): LinkWitness {
    return new LinkWitness();
  }

  #seen: Seen[] = [];
  /** Least time on the way, by the second. */
  #bases: { readonly second: number; least: number }[] = [];
  #last: { readonly arrival: Arrival; readonly transit: number; readonly mediaMs: number } | undefined;
  #jitterMs = 0;

  private constructor() {}

  add(arrival: Arrival): void {
    const before = this.#last;
    // Signed, so that packets which were overtaken go back in time.
    const step = before === undefined ? 0 : ((arrival.rtpTimestamp - before.arrival.rtpTimestamp) | 0) / SAMPLES_A_MS;
    const mediaMs = (before?.mediaMs ?? 0) + step;
    const transit = arrival.at - mediaMs - arrival.durationMs;
    if (before !== undefined && Math.abs(transit - before.transit) > JUMP_MS) return this.#startAnew(arrival);
    const missing = before === undefined ? 0 : missingBetween(before.arrival, arrival);
    if (missing < 0) return; // overtaken: counted as lost already, which is what the ear would say
    if (before !== undefined) this.#jitterMs += (Math.abs(transit - before.transit) - this.#jitterMs) / 16;
    const lostMs = missing === 0 ? 0 : (step * missing) / (missing + 1);
    const isCut = lostMs > CUT_MS;
    this.#seen.push({ at: arrival.at, transit, lost: isCut ? 0 : missing, lostMs: isCut ? 0 : lostMs });
    this.#noteBase(arrival.at, transit);
    this.#last = { arrival, transit, mediaMs };
  }

  /** Undefined while nothing has come lately. */
  read(now: number): LinkReading | undefined {
    this.#seen = this.#seen.filter(({ at }) => at > now - LOSS_WINDOW_MS);
    const windowMs = Math.max(QUEUE_WINDOW.leastMs, QUEUE_WINDOW.pieces * (this.#last?.arrival.durationMs ?? 0));
    const recent = this.#seen.filter(({ at }) => at > now - windowMs);
    if (recent.length === 0) return undefined;
    const base = Math.min(
      ...this.#bases.filter(({ second }) => second * 1000 > now - BASE_WINDOW_MS).map(({ least }) => least),
    );
    const lost = this.#seen.reduce((sum, one) => sum + one.lost, 0);
    const bursts = this.#seen.filter((one) => one.lost > 0);
    return {
      queueMs: Math.max(0, Math.min(...recent.map(({ transit }) => transit)) - base),
      jitterMs: this.#jitterMs,
      lostPercent: (100 * lost) / (lost + this.#seen.length),
      burstMs: bursts.length === 0 ? 0 : bursts.reduce((sum, { lostMs }) => sum + lostMs, 0) / bursts.length,
    };
  }

  #noteBase(at: number, transit: number): void {
    const second = Math.floor(at / 1000);
    const latest = this.#bases.at(-1);
    if (latest?.second === second) latest.least = Math.min(latest.least, transit);
    else this.#bases.push({ second, least: transit });
    if ((this.#bases[0]?.second ?? 0) * 1000 < at - BASE_WINDOW_MS) this.#bases.shift();
  }

  #startAnew(arrival: Arrival): void {
    const transit = arrival.at - arrival.durationMs;
    this.#seen = [{ at: arrival.at, transit, lost: 0, lostMs: 0 }];
    this.#bases = [];
    this.#jitterMs = 0;
    this.#last = { arrival, transit, mediaMs: 0 };
    this.#noteBase(arrival.at, transit);
  }
}

/** Negative when `now` was sent before `before`. */
function missingBetween(before: Arrival, now: Arrival): number {
  if (before.sequenceNumber === undefined || now.sequenceNumber === undefined) return 0;
  const step = ((now.sequenceNumber - before.sequenceNumber) << 16) >> 16;
  return step - 1;
}
