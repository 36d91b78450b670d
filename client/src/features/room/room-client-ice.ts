import type { IceParameters } from '@jaqyn/shared/media/transport';
import type { types } from 'mediasoup-client';
import { ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';

/**
 * Milliseconds from what the browser says to the restart. Chromium says 'disconnected' about 6 s into a cut; what comes back within a
 * second needs no help.
 */
const FIRST_MS = 1000;
/** While the server is there, each attempt gets the time of a few round trips on the worst link; then transports are made anew. */
const NEXT_MS = [3000, 5000, 8000] as const;
/** Then the server is asked for others: one that does not answer has a reason of its own, and its transports are kept. */
const RESERVE_TRIES = 2;
/** While it is away: Chromium gives up a path on which nothing was heard for 15 s, so that there is always one younger than that. */
const AWAY_MS = 8000;
/** A restart that is younger is on its way: gathering, and two round trips of 700 ms with what waits before them. */
const YOUNG_MS = 2500;
/** After a restart the server has heard the new parameters by now: on its own the next ones may be made. */
const REARM_MS = 2000;

type Parameters = types.IceParameters;

interface Options {
  readonly transport: types.Transport;
  readonly signalling: Signalling;
  /** What the transport began with, and what the server takes besides. */
  readonly inUse: IceParameters;
  readonly spare: IceParameters | undefined;
  /** False leaves a lost path to the browser. */
  readonly isAutomatic: boolean;
  readonly onChange: () => void;
  /** Restarting does not help: new transports are needed, or the server knows these no more. */
  readonly onGivenUp: () => void;
}

/**
 * Looks after one transport: a lost path is answered by an ICE restart, with the same keys and tracks, never by ending the call.
 * It needs no server as long as it has parameters in reserve; without, it waits, and `nudge()` says that the server is back.
 */
export class IceKeeper {
  static create(options: Options): IceKeeper {
    return new IceKeeper(options);
  }

  readonly #options: Options;
  /** The server hands out parameters in reserve. */
  readonly #isReserved: boolean;
  #inUse: Parameters;
  /** Taken by the server already; only as long as no packet came with them are those in use taken, too. */
  #spare: Parameters | undefined;
  #isSpareTried = false;
  /** With the server there. */
  #spareTries = 0;
  #isBroken = false;
  #attempt = 0;
  #triedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #rearmTimer: ReturnType<typeof setTimeout> | undefined;
  #isRestarting = false;
  #isRearming = false;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#inUse = options.inUse as Parameters;
    this.#spare = options.spare as Parameters | undefined;
    this.#isReserved = options.isAutomatic && options.spare !== undefined;
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

  /** A lost path can be made anew without asking anybody. */
  get isArmed(): boolean {
    return this.#spare !== undefined;
  }

  /** The server or the network is back: if the path is still lost, do not wait any longer. */
  nudge(): void {
    if (!this.#isBroken) return this.#armSoon(0);
    this.#attempt = 0;
    this.#spareTries = 0;
    this.#schedule(Math.max(0, this.#triedAt + YOUNG_MS - performance.now()));
  }

  /** Nothing comes any more, whatever the browser still says of the path. */
  suspect(): void {
    if (this.#isClosed || this.#isBroken || !this.isConnected) return;
    this.#isBroken = true;
    this.#attempt = 0;
    this.#schedule(0);
    this.#options.onChange();
  }

  /** Something came over it. */
  heard(): void {
    if (this.#isBroken && this.isConnected) this.#mended();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#rearmTimer);
  }

  #onState(state: types.ConnectionState): void {
    if (this.#isClosed) return;
    switch (state) {
      case 'connected':
        return this.#mended();
      case 'disconnected':
      case 'failed':
        this.#lost(state);
        break;
      case 'new':
      case 'connecting':
      case 'closed':
        break;
    }
    this.#options.onChange();
  }

  #lost(state: 'disconnected' | 'failed'): void {
    const wasBroken = this.#isBroken;
    this.#isBroken = true;
    if (state === 'failed') this.#schedule(Math.max(0, this.#triedAt + YOUNG_MS - performance.now()));
    else if (!wasBroken) this.#schedule(FIRST_MS);
  }

  #mended(): void {
    this.#isBroken = false;
    this.#attempt = 0;
    this.#spareTries = 0;
    clearTimeout(this.#timer);
    if (this.#isSpareTried) this.#armSoon(REARM_MS);
    this.#options.onChange();
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#restart(), ms);
  }

  async #restart(): Promise<void> {
    const { signalling, isAutomatic, onGivenUp } = this.#options;
    if (this.#isClosed || !this.#isBroken || this.#isRestarting || !isAutomatic) return;
    const isServerThere = signalling.isConnected;
    const spare = isServerThere && this.#spareTries >= RESERVE_TRIES ? undefined : this.#spare;
    if (spare === undefined && !isServerThere) return;
    // Attempts that the server did not see say nothing of the transport.
    const wait = isServerThere ? NEXT_MS[spare === undefined ? this.#attempt : this.#spareTries] : AWAY_MS;
    if (wait === undefined) return onGivenUp();
    if (isServerThere && spare === undefined) this.#attempt += 1;
    else if (isServerThere) this.#spareTries += 1;
    this.#triedAt = performance.now();
    this.#isRestarting = true;
    try {
      await (spare === undefined ? this.#askAndUse() : this.#use(spare));
    } catch (error) {
      // The server away: nudge() comes with it. The transport unknown: join again.
      if (!this.#isClosed && !isOutOfReach(error)) return onGivenUp();
    } finally {
      this.#isRestarting = false;
    }
    if (!this.#isClosed && this.#isBroken) this.#schedule(wait);
  }

  async #use(spare: Parameters): Promise<void> {
    const { transport } = this.#options;
    // Who answers begins anew only when the parameters are others than before: once back and forth.
    if (this.#isSpareTried && transport.direction === 'recv')
      await transport.restartIce({ iceParameters: this.#inUse });
    this.#isSpareTried = true;
    await transport.restartIce({ iceParameters: spare });
  }

  async #askAndUse(): Promise<void> {
    this.#noteSpareUsed();
    const iceParameters = await this.#ask();
    if (this.#isClosed) return;
    this.#inUse = iceParameters;
    await this.#options.transport.restartIce({ iceParameters });
  }

  #noteSpareUsed(): void {
    if (!this.#isSpareTried || this.#spare === undefined) return;
    this.#inUse = this.#spare;
    this.#spare = undefined;
    this.#isSpareTried = false;
  }

  async #ask(): Promise<Parameters> {
    const { transport, signalling } = this.#options;
    const inUse = this.#inUse.usernameFragment;
    const { iceParameters } = await signalling.call('transport:restart-ice', { transportId: transport.id, inUse });
    return iceParameters as Parameters;
  }

  /** The ones in reserve are in use now, or there were none: the next ones, for the next time. */
  #armSoon(ms: number): void {
    if (!this.#isReserved || !(this.#isSpareTried || this.#spare === undefined)) return;
    clearTimeout(this.#rearmTimer);
    this.#rearmTimer = setTimeout(() => void this.#arm(), ms);
  }

  async #arm(): Promise<void> {
    const isPossible = !this.#isClosed && !this.#isBroken && !this.#isRearming && this.isConnected;
    if (!isPossible || !this.#options.signalling.isConnected) return;
    this.#noteSpareUsed();
    this.#isRearming = true;
    try {
      const spare = await this.#ask();
      // A restart that asked meanwhile has used them.
      if (spare.usernameFragment !== this.#inUse.usernameFragment) this.#spare = spare;
    } catch {
      // Without, a lost path is asked for; and `nudge()` comes when the server is back.
    } finally {
      this.#isRearming = false;
    }
  }
}

function isOutOfReach(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === 'network.unreachable' || error.status === 429);
}
