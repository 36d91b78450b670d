import type { NotificationData, NotificationName } from '@jaqyn/shared/signalling/events';
import type { ClientToServerEvents, ServerToClientEvents } from '@jaqyn/shared/signalling/socket-types';
import type { Socket } from 'socket.io';
import type { Actor } from '../kernel/actor.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Connection } from './connection.ts';
import type { Dispatcher } from './handle.ts';
import { parseNotification } from './notifier.ts';
import { RateLimit } from './rate-limit.ts';

export interface SocketData {
  /** As the session was when the socket was taken in. */
  actor: Actor;
  token: string;
}

export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<never, never>, SocketData>;

/** Events of one socket that may wait for those before them. */
const MAX_WAITING = 64;

/**
 * One socket. Events of one noun run one after the other in the order they came, so "pause, resume" never ends paused; those of
 * different nouns do not wait for each other, so that chat goes through while a media worker hangs.
 */
export class SocketConnection implements Connection {
  static create(socket: LiveSocket, dispatcher: Dispatcher): SocketConnection {
    return new SocketConnection(socket, dispatcher);
  }

  readonly #socket: LiveSocket;
  readonly #dispatcher: Dispatcher;
  readonly #limit = new RateLimit();
  readonly #lanes = new Map<string, Promise<void>>();
  #waiting = 0;

  private constructor(socket: LiveSocket, dispatcher: Dispatcher) {
    this.#socket = socket;
    this.#dispatcher = dispatcher;
    // Every event comes in here, whatever its name; nothing is ever registered with socket.on().
    socket.onAny((...args: unknown[]) => this.#receive(args));
  }

  get id(): string {
    return this.#socket.id;
  }

  get isOpen(): boolean {
    return this.#socket.connected;
  }

  get actor(): Actor {
    return this.#socket.data.actor;
  }

  get token(): string {
    return this.#socket.data.token;
  }

  notify<Name extends NotificationName>(name: Name, data: NotificationData<Name>): void {
    const parsed = parseNotification(name, data);
    if (this.isOpen) this.#socket.emit(name, ...([parsed] as unknown as Parameters<ServerToClientEvents[Name]>));
  }

  onClosed(listener: () => void): void {
    if (this.isOpen) this.#socket.once('disconnect', listener);
    else listener();
  }

  drop(): void {
    this.#socket.conn.close();
  }

  end(): void {
    this.#socket.disconnect(true);
  }

  #receive(args: unknown[]): void {
    const verdict = this.#limit.take();
    if (verdict === 'abuse') return this.drop();
    if (verdict === 'limited' || this.#waiting >= MAX_WAITING) {
      void this.#dispatcher.refuse(this, args, new DomainError('request.rate_limited', { retryAfter: 1 }));
      return;
    }
    this.#waiting += 1;
    const lane = laneOf(args[0]);
    const done = (this.#lanes.get(lane) ?? Promise.resolve())
      .then(() => this.#dispatcher.dispatch(this, args))
      .finally(() => {
        this.#waiting -= 1;
        if (this.#lanes.get(lane) === done) this.#lanes.delete(lane);
      });
    this.#lanes.set(lane, done);
  }
}

/** The noun of `noun:verb`. */
function laneOf(name: unknown): string {
  return typeof name === 'string' ? (name.split(':', 1)[0] ?? '') : '';
}
