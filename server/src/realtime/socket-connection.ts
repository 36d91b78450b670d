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
 * One socket: its events run one after the other in the order they came, so "pause, resume" never ends paused, and none of a
 * flood waits for more than its fair share.
 */
export class SocketConnection implements Connection {
  static create(socket: LiveSocket, dispatcher: Dispatcher): SocketConnection {
    return new SocketConnection(socket, dispatcher);
  }

  readonly #socket: LiveSocket;
  readonly #dispatcher: Dispatcher;
  readonly #limit = new RateLimit();
  #queue: Promise<void> = Promise.resolve();
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
    this.#queue = this.#queue
      .then(() => this.#dispatcher.dispatch(this, args))
      .finally(() => {
        this.#waiting -= 1;
      });
  }
}
