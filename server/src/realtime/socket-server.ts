import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Problem } from '@jaqyn/shared/errors/problem';
import type { NotificationData, NotificationName } from '@jaqyn/shared/signalling/events';
import { MAX_FRAME_BYTES } from '@jaqyn/shared/signalling/limits';
import type { ClientToServerEvents, ServerToClientEvents } from '@jaqyn/shared/signalling/socket-types';
import { Server } from 'socket.io';
import { DomainError } from '../kernel/domain-error.ts';
import type { SessionEndReason } from '../kernel/event-bus.ts';
import { newId } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics } from '../kernel/metrics.ts';
import type { Connection } from './connection.ts';
import { Dispatcher, type LiveHandlers, problemOf } from './handle.ts';
import { groupOf, groupsOf, type Notifier, parseNotification, type Target } from './notifier.ts';
import { Presence } from './presence.ts';
import type { SessionReader, SessionWatch } from './session-watch.ts';
import { hasOtherRights } from './session-watch.ts';
import { type LiveSocket, SocketConnection, type SocketData } from './socket-connection.ts';

type LiveIo = Server<ClientToServerEvents, ServerToClientEvents, Record<never, never>, SocketData>;

interface Options {
  /** Where the upgrade requests arrive. It stays the owner's: closing the live server leaves it open. */
  readonly httpServer: HttpServer;
  readonly origins: { allows(origin: string): boolean };
  readonly sessions: SessionReader;
  readonly watch: SessionWatch;
  /** The session token inside a Cookie header. */
  readonly readToken: (cookieHeader: string) => string | undefined;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'sockets' | 'socketSeconds'>;
  /** Milliseconds between two pings, and how long an answer may take. */
  readonly ping?: { readonly intervalMs: number; readonly timeoutMs: number };
}

/**
 * A dead socket is found 5 to 13 s after the last packet: longer than a five-second cut with its retransmissions, so that it
 * does not cost the socket, and short enough that the other side soon learns of a longer one. Costs 0.2 kbit/s.
 */
const PING = { intervalMs: 5000, timeoutMs: 8000 };
/** A user's tabs, with the half-open sockets of a bad link that are not found out yet. */
const MAX_SOCKETS_PER_USER = 16;

/** socket.io on the HTTP server: takes sockets in, tells them things, and closes them with their session. */
export class LiveServer implements Notifier {
  static create(options: Options): LiveServer {
    return new LiveServer(options);
  }

  readonly presence = new Presence();
  readonly #io: LiveIo;
  readonly #options: Options;
  readonly #connections = new Map<string, SocketConnection>();
  #dispatcher: Dispatcher | undefined;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
    const ping = options.ping ?? PING;
    this.#io = new Server(options.httpServer, {
      transports: ['websocket'],
      serveClient: false,
      pingInterval: ping.intervalMs,
      pingTimeout: ping.timeoutMs,
      connectTimeout: 10_000,
      maxHttpBufferSize: MAX_FRAME_BYTES,
      // The answer to room:join shrinks from 6 kB to 2: a third of a second at 128 kbit/s.
      perMessageDeflate: { threshold: 1024, serverNoContextTakeover: true, clientNoContextTakeover: true },
      allowRequest: (request, decide) => this.#verifyOrigin(request, decide),
    });
    // The client sees whether it is still the same process, which knows its place in a room, and need not ask.
    const run = newId<string>();
    this.#io.engine.generateId = () => `${run}.${newId<string>()}`;
    // No connection state recovery: it skips the session check, and room:resume brings what was missed.
    this.#io.use((socket, next) => {
      this.#admit(socket).then(
        () => next(),
        (error: unknown) => next(refusal(problemOf(error, newId<string>()))),
      );
    });
    this.#io.on('connection', (socket) => this.#accept(socket));
    options.watch.onEnded(({ sessionId }, reason) => this.#endSession(sessionId, reason));
    options.watch.onChanged(({ sessionId }) => this.#dropSession(sessionId));
  }

  /** Opens the door. Throws when an event of the table is not wired. Before, sockets are refused with `server.draining`. */
  start(handlers: LiveHandlers): void {
    const { logger, metrics } = this.#options;
    this.#dispatcher = new Dispatcher(handlers, {
      checkSession: (connection) => this.#checkSession(connection),
      logger,
      metrics,
    });
  }

  notify<Name extends NotificationName>(targets: readonly Target[], name: Name, data: NotificationData<Name>): void {
    const parsed = parseNotification(name, data);
    if (targets.length === 0) return; // to nobody; socket.io would take an empty list for everybody
    this.#io.to(targets.map(groupOf)).emit(name, ...([parsed] as unknown as Parameters<ServerToClientEvents[Name]>));
  }

  /** Keeps a socket's session watched while something else lives on it, for example a peer whose socket is away. */
  holdSession(connection: Connection): () => void {
    const { actor, token } = this.#get(connection);
    return this.#options.watch.hold(actor, token);
  }

  /** Drops every socket so that the clients come back, to another process or the next one. Idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // Not io.close(): it would tell the clients to stay away, and close the HTTP server, which is not ours.
    for (const connection of this.#connections.values()) connection.drop();
    this.#io.engine.close();
    await Promise.all([...this.#io._nsps.values()].map((namespace) => namespace.adapter.close()));
  }

  #verifyOrigin(request: IncomingMessage, decide: (error: string | null, isAllowed: boolean) => void): void {
    const { origin } = request.headers;
    // Browsers always say where a page comes from; a page elsewhere must not open a socket with this user's cookie.
    const isAllowed = origin !== undefined && this.#options.origins.allows(origin);
    if (!isAllowed) this.#options.logger.warn({ origin }, 'socket refused: origin');
    decide(isAllowed ? null : 'request.origin_refused', isAllowed);
  }

  async #admit(socket: LiveSocket): Promise<void> {
    if (this.#dispatcher === undefined || this.#isClosed) throw new DomainError('server.draining', { retryAfter: 1 });
    const { cookie } = socket.handshake.headers;
    const token = cookie === undefined ? undefined : this.#options.readToken(cookie);
    if (token === undefined) throw new DomainError('auth.required');
    const live = await this.#options.sessions.findSession(token);
    if (live === undefined) throw new DomainError('auth.session_expired');
    if (this.presence.socketsOfUser(live.actor.userId) >= MAX_SOCKETS_PER_USER) {
      throw new DomainError('server.overloaded', { retryAfter: 10 });
    }
    socket.data = { actor: live.actor, token };
  }

  #accept(socket: LiveSocket): void {
    const { watch, metrics, logger } = this.#options;
    if (this.#dispatcher === undefined) throw new Error('A socket came before the start');
    const { actor, token } = socket.data;
    const connection = SocketConnection.create(socket, this.#dispatcher);
    let release: () => void;
    try {
      release = watch.hold(actor, token);
    } catch {
      // Expired between the check and here.
      connection.notify('session:ended', { reason: 'expired' });
      return connection.end();
    }
    // A session that ended while this socket was on its way in was not watched yet: ask once more, now that it is.
    watch.check(actor.sessionId, token).catch((error: unknown) => {
      if (!(error instanceof DomainError)) logger.warn({ err: error }, 'could not re-check a new socket');
    });
    void socket.join(groupsOf(actor));
    this.#connections.set(connection.id, connection);
    this.presence.add(actor);
    metrics.sockets.inc();
    logger.info({ socketId: connection.id, sessionId: actor.sessionId }, 'socket opened');
    socket.once('disconnect', (reason) => {
      release();
      this.#connections.delete(connection.id);
      this.presence.remove(actor);
      metrics.sockets.dec();
      logger.info({ socketId: connection.id, sessionId: actor.sessionId, reason }, 'socket closed');
    });
  }

  async #checkSession(connection: Connection) {
    const { actor: before, token } = this.#get(connection);
    const actor = await this.#options.watch.check(before.sessionId, token);
    // Under other rights it sits in the wrong groups: this event is judged by the new ones, then the socket comes anew.
    if (hasOtherRights(actor, before)) setImmediate(() => this.#dropSession(before.sessionId));
    return actor;
  }

  #get(connection: Connection): SocketConnection {
    const own = this.#connections.get(connection.id);
    if (own === undefined) throw new DomainError('auth.session_expired');
    return own;
  }

  #endSession(sessionId: string, reason: SessionEndReason): void {
    for (const connection of this.#ofSession(sessionId)) {
      connection.notify('session:ended', { reason });
      connection.end();
    }
  }

  #dropSession(sessionId: string): void {
    for (const connection of this.#ofSession(sessionId)) connection.drop();
  }

  #ofSession(sessionId: string): SocketConnection[] {
    return [...this.#connections.values()].filter((connection) => connection.actor.sessionId === sessionId);
  }
}

/** How socket.io tells the client why it was not let in: `error.data` is the problem. */
function refusal(problem: Problem): Error {
  return Object.assign(new Error(problem.code), { data: problem });
}
