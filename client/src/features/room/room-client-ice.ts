import type { IceParameters } from '@jaqyn/shared/media/transport';
import type { types } from 'mediasoup-client';
import { ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';

/**
 * Milliseconds from the first sign of trouble to the restarts. Chromium says 'disconnected' about 6 s into a cut; what comes back
 * within a second needs no help. Then each attempt gets the time of a few round trips on the worst link.
 */
const FIRST_MS = 1000;
const NEXT_MS = [3000, 5000, 8000] as const;
/** Reports of what was received come once a second, sound more often. */
const DOUBT_MS = 1500;

interface Options {
  readonly transport: types.Transport;
  readonly signalling: Signalling;
  /** False leaves a lost path to the browser. */
  readonly isAutomatic: boolean;
  readonly onChange: () => void;
  /** Restarting does not help: new transports are needed, or the server knows these no more. */
  readonly onGivenUp: () => void;
}

/**
 * Looks after one transport: a lost path is answered by an ICE restart, with the same keys and tracks, never by ending the call.
 * It needs the server; while that is away it waits, and `nudge()` says that it is back.
 */
export class IceKeeper {
  static create(options: Options): IceKeeper {
    return new IceKeeper(options);
  }

  readonly #options: Options;
  #isBroken = false;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRestarting = false;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
    options.transport.on('connectionstatechange', (state) => this.#onState(state));
  }

  /** From the first sign of trouble until packets have come through again. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  get isConnecting(): boolean {
    return this.#options.transport.connectionState === 'connecting';
  }

  get isConnected(): boolean {
    return this.#options.transport.connectionState === 'connected';
  }

  /** The server or the network is back: if the path is still lost, do not wait any longer. */
  nudge(): void {
    if (!this.#isBroken) return;
    this.#attempt = 0;
    this.#schedule(0);
  }

  /**
   * The page was asleep, and what the browser says of the path may be of before. Nothing that comes for a moment is a lost path; it
   * is not waited for until the browser has found out by itself.
   */
  async doubt(): Promise<void> {
    if (this.#isBroken) return this.nudge();
    if (!this.isConnected) return;
    const before = await receivedBytes(this.#options.transport);
    await new Promise((resolve) => setTimeout(resolve, DOUBT_MS));
    if (this.#isClosed || this.#isBroken || (await receivedBytes(this.#options.transport)) > before) return;
    this.#isBroken = true;
    this.#attempt = 0;
    this.#schedule(0);
    this.#options.onChange();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #onState(state: types.ConnectionState): void {
    if (this.#isClosed) return;
    switch (state) {
      case 'connected':
        this.#isBroken = false;
        this.#attempt = 0;
        clearTimeout(this.#timer);
        break;
      case 'disconnected':
        if (!this.#isBroken) this.#schedule(FIRST_MS);
        this.#isBroken = true;
        break;
      case 'failed':
        this.#isBroken = true;
        this.#schedule(0);
        break;
      case 'new':
      case 'connecting':
      case 'closed':
        break;
    }
    this.#options.onChange();
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#restart(), ms);
  }

  async #restart(): Promise<void> {
    const { transport, signalling, isAutomatic, onGivenUp } = this.#options;
    if (this.#isClosed || !this.#isBroken || this.#isRestarting || !signalling.isConnected || !isAutomatic) return;
    const wait = NEXT_MS[this.#attempt];
    if (wait === undefined) return onGivenUp();
    this.#attempt += 1;
    this.#isRestarting = true;
    try {
      const { iceParameters } = await signalling.call('transport:restart-ice', { transportId: transport.id });
      if (!this.#isClosed)
        await transport.restartIce({ iceParameters: iceParameters as WithoutUndefined<IceParameters> });
    } catch (error) {
      // The server away: nudge() comes with it. The transport unknown: join again.
      if (!this.#isClosed && !isOutOfReach(error)) return onGivenUp();
    } finally {
      this.#isRestarting = false;
    }
    if (!this.#isClosed && this.#isBroken) this.#schedule(wait);
  }
}

/** Anything at all, also what only keeps the path open. */
async function receivedBytes(transport: types.Transport): Promise<number> {
  let bytes = 0;
  if (transport.closed) return bytes;
  (await transport.getStats()).forEach((row: { type?: string; bytesReceived?: number; responsesReceived?: number }) => {
    if (row.type === 'transport') bytes += row.bytesReceived ?? 0;
    if (row.type === 'candidate-pair') bytes += row.responsesReceived ?? 0;
  });
  return bytes;
}

type WithoutUndefined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

function isOutOfReach(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === 'network.unreachable' || error.status === 429);
}
