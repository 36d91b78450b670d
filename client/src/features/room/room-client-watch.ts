import type { types } from 'mediasoup-client';
import type { Signalling } from '../../lib/signalling.ts';

/** How often is looked, and after how long without a sound the browser's counters are read; half as often where there is none at all. */
const LOOK_MS = 250;
const READ_AFTER_MS = 400;
const READ_MS = 500;
const NO_SOUND_MS = 3000;
/**
 * A silence is one that lasts `FACTOR` times the longest pause of the last 10 to 20 s, and at least a second: bursts of loss and gaps of
 * satellites take 0.2 s, their tails 0.8. With sound that pause is 0.1 to 0.3 s; in a muted room without pictures packets are the server's
 * RTCP (every 1 to 1.5 s) or the browser's own questions about the path (every 2.5 s), and there it is 3 to 6 s.
 */
const FACTOR = 2;
const LEAST_MS = 1000;
/** After which the browser says so by itself. */
const MOST_MS = 6000;
const WINDOW_MS = 10_000;
/** Before anything was seen of a path. */
const FIRST_PAUSE_MS = 1600;
/** An answer takes a round trip and what waits before it. */
const PROBE_MS = 500;
const PROBE_MOST_MS = 2000;
/** With the server answering, only the path is doubted: two lost packets more. */
const ALIVE_MS = 2000;
/** After a change of the network: as long as the packets that were in the air may take. */
const HINT_MS = 400;
/** After a silence that ended by itself: how long none is acted on, doubled each time. */
const CALM_MS = 10_000;
const MOST_CALM_MS = 60_000;
/** After so long without one they count from the beginning again. */
const FORGET_MS = 120_000;
/** A socket that has not answered so long after the link is back (and two round trips), with and without a path that was lost. */
const SOCKET_MS = 1500;
const SPARED_SOCKET_MS = 4000;
/** Timers this late stood still themselves: what came meanwhile is not known yet. */
const LATE_MS = 1000;

/** A transport and who looks after it. */
export interface WatchedPath {
  readonly transport: types.Transport;
  readonly keeper: {
    readonly isConnected: boolean;
    readonly isBroken: boolean;
    readonly isArmed: boolean;
    suspect(): void;
    heard(): void;
  };
}

interface Options {
  readonly paths: readonly WatchedPath[];
  readonly signalling: Pick<Signalling, 'isConnected' | 'call' | 'renew'>;
  /** Neither anything from the media server nor the server itself is heard; or something is again. */
  readonly onAway?: (isAway: boolean) => void;
}

/**
 * Notices that nothing comes any more long before the browser says so. All paths of a call go over the same link, so what comes over
 * any of them shows that the link is there. Silent, the server is asked over the socket, and then the paths are made anew; whether
 * the socket still reaches the server is known a moment after the paths are back, and if not, it is replaced at once.
 */
export class PathWatch {
  static create(options: Options): PathWatch {
    return new PathWatch(options);
  }

  readonly #options: Options;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Counters of each path; another number is a packet. */
  readonly #counts = new Map<types.Transport, number>();
  #lookedAt = performance.now();
  #readAt = Number.NEGATIVE_INFINITY;
  #heardAt = performance.now();
  #soundAt = Number.NEGATIVE_INFINITY;
  /** Until something was counted, nothing counted shows nothing: not every browser counts. */
  #hasHeard = false;
  #isReading = false;
  #rttMs = 0;
  /** The longest pauses of this window and of the one before. */
  #pauses: [number, number] = [FIRST_PAUSE_MS, FIRST_PAUSE_MS];
  #windowAt = performance.now();
  #silence: Silence | undefined;
  #calmUntil = 0;
  #calmMs = CALM_MS;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /** A piece of somebody's sound came. */
  heard(): void {
    this.#soundAt = performance.now();
    this.#arrived(this.#soundAt);
  }

  /** The network is another one, or the page was asleep: a moment without packets is enough. */
  async hint(): Promise<void> {
    if (!this.#isWatching || !this.#hasHeard) return;
    await this.#read();
    const since = this.#heardAt;
    await new Promise((resolve) => setTimeout(resolve, HINT_MS));
    await this.#read();
    // Where packets are rare their absence shows nothing yet; the next look will.
    if (this.#isClosed || this.#heardAt !== since || !this.#isWatching) return;
    this.#begin(this.#usualPause < HINT_MS ? 0 : PROBE_MS);
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
  }

  get #isWatching(): boolean {
    return !this.#isClosed && this.#options.paths.some(({ keeper }) => keeper.isConnected);
  }

  get #usualPause(): number {
    return Math.max(...this.#pauses);
  }

  #look(): void {
    const now = performance.now();
    const isLate = now - this.#lookedAt > LATE_MS;
    this.#lookedAt = now;
    if (!this.#isWatching || !this.#hasHeard || isLate) this.#heardAt = now;
    if (now - this.#windowAt > WINDOW_MS) {
      this.#windowAt = now;
      this.#pauses = [0, this.#pauses[0]];
    }
    const isBroken = this.#options.paths.some(({ keeper }) => keeper.isBroken);
    const silentMs = now - this.#heardAt;
    if (!isBroken && this.#hasHeard && silentMs < READ_AFTER_MS) return;
    if (now - this.#soundAt < NO_SOUND_MS || now - this.#readAt >= READ_MS) void this.#read();
    const limit = Math.min(MOST_MS, Math.max(LEAST_MS, FACTOR * this.#usualPause));
    if (silentMs >= limit && this.#isWatching && now >= this.#calmUntil) {
      this.#begin(Math.min(PROBE_MOST_MS, PROBE_MS + 1.2 * this.#rttMs));
    }
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    // While sound came nobody looked, and what else came meanwhile is nothing new.
    const isStale = performance.now() - this.#readAt > 2 * READ_MS;
    this.#readAt = performance.now();
    try {
      for (const { transport, keeper } of this.#options.paths) {
        const { count, rttMs } = await readArrivals(transport);
        if (rttMs !== undefined) this.#rttMs = rttMs;
        const before = this.#counts.get(transport);
        this.#counts.set(transport, count);
        // Less: a pair of candidates is gone with its count.
        if (this.#isClosed || isStale || before === undefined || count <= before) continue;
        keeper.heard();
        this.#arrived(performance.now());
      }
    } catch {
      // A transport that is being closed.
    } finally {
      this.#isReading = false;
    }
  }

  #arrived(now: number): void {
    const pause = now - this.#heardAt;
    this.#heardAt = now;
    this.#hasHeard = true;
    const silence = this.#silence;
    // How long a link was away says nothing of how it usually is.
    if (silence === undefined || silence.isServerThere) this.#pauses[0] = Math.max(this.#pauses[0], pause);
    if (silence !== undefined) this.#end(silence, now);
  }

  #begin(patienceMs: number): void {
    if (this.#silence !== undefined) return;
    const silence: Silence = { isServerThere: false, isServerAsked: false, hasActed: false };
    this.#silence = silence;
    const { signalling } = this.#options;
    if (signalling.isConnected) {
      silence.isServerAsked = true;
      signalling.call('link:probe', {}).then(
        () => {
          silence.isServerThere = true;
        },
        () => undefined,
      );
    }
    const act = () => {
      if (this.#isClosed || this.#silence !== silence || silence.hasActed) return;
      silence.hasActed = true;
      const lost = this.#options.paths.filter(({ keeper }) => keeper.isConnected);
      // Without anything in reserve the way back begins with a socket.
      if (!silence.isServerThere) this.#options.onAway?.(true);
      if (!silence.isServerThere && lost.some(({ keeper }) => !keeper.isArmed)) signalling.renew();
      for (const { keeper } of lost) keeper.suspect();
    };
    setTimeout(() => {
      if (silence.isServerThere) setTimeout(act, ALIVE_MS);
      else act();
    }, patienceMs);
  }

  #end(silence: Silence, now: number): void {
    this.#silence = undefined;
    if (silence.hasActed) this.#options.onAway?.(false);
    if (silence.hasActed) {
      if (now - this.#calmUntil > FORGET_MS) this.#calmMs = CALM_MS;
      this.#calmUntil = now + this.#calmMs;
      this.#calmMs = Math.min(MOST_CALM_MS, 2 * this.#calmMs);
    }
    this.#checkSocket(silence);
  }

  /** The link is there; a socket that does not answer over it now waits for a repetition that may take as long as the link was away. */
  #checkSocket(silence: Silence): void {
    const { signalling } = this.#options;
    if (!signalling.isConnected) return signalling.renew();
    if (!silence.isServerAsked || silence.isServerThere) return;
    const patienceMs = (silence.hasActed ? SOCKET_MS : SPARED_SOCKET_MS) + 2 * this.#rttMs;
    setTimeout(() => {
      if (!this.#isClosed && !silence.isServerThere && this.#silence === undefined) signalling.renew();
    }, patienceMs);
  }
}

/** From the moment it was noticed until something came. */
interface Silence {
  isServerAsked: boolean;
  isServerThere: boolean;
  hasActed: boolean;
}

/** Anything at all that came, also what only keeps the path open; and the way's round trip. */
async function readArrivals(transport: types.Transport): Promise<{ count: number; rttMs: number | undefined }> {
  let count = 0;
  let rttMs: number | undefined;
  if (transport.closed) return { count, rttMs };
  (await transport.getStats()).forEach((row: Record<string, unknown>) => {
    if (row['type'] === 'transport') count += numberOf(row['bytesReceived']);
    if (row['type'] !== 'candidate-pair') return;
    count += numberOf(row['responsesReceived']);
    if (row['nominated'] === true && typeof row['currentRoundTripTime'] === 'number')
      rttMs = 1000 * row['currentRoundTripTime'];
  });
  return { count, rttMs };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
