/** The live side on its own: real HTTP server, real sockets, real media workers; sessions and consultations are held in memory. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { AttachmentId, PractitionerId, RequestId, StationId, UserId } from '@jaqyn/shared/kernel/ids';
import { toInstant } from '@jaqyn/shared/kernel/time';
import type { Curtain, PeerCloseReason, RoomSide } from '@jaqyn/shared/signalling/room';
import type { Actor } from '../src/kernel/actor.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { DomainError } from '../src/kernel/domain-error.ts';
import { EventBus } from '../src/kernel/event-bus.ts';
import { newId } from '../src/kernel/ids.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { Metrics } from '../src/kernel/metrics.ts';
import type { MediaPort } from '../src/media/media-port.ts';
import { MediasoupMedia } from '../src/media/mediasoup-adapter.ts';
import { WorkerPool } from '../src/media/worker-pool.ts';
import { examinationHandlers } from '../src/modules/rooms/examination.socket.ts';
import type { CurtainKeeper, RoomAccess } from '../src/modules/rooms/room-ports.ts';
import { RoomRegistry } from '../src/modules/rooms/room-registry.ts';
import { connectRooms, roomHandlers } from '../src/modules/rooms/rooms.socket.ts';
import { viewHandlers } from '../src/modules/rooms/view.socket.ts';
import type { LiveHandlers } from '../src/realtime/handle.ts';
import { SessionWatch } from '../src/realtime/session-watch.ts';
import { LiveServer } from '../src/realtime/socket-server.ts';

export const COOKIE = 'jaqyn';

/** Sessions in memory; changing one is what the database would say from then on. */
export class FakeSessions {
  readonly byToken = new Map<string, Actor>();
  reads = 0;

  signIn(role: Role, overrides: Partial<Actor> = {}): { actor: Actor; token: string } {
    const token = newId<string>();
    const actor: Actor = {
      userId: newId<UserId>(),
      sessionId: newId<string>(),
      sessionExpiresAt: toInstant(new Date(Date.now() + 3_600_000)),
      login: role,
      displayName: `A ${role}`,
      role,
      language: 'kk',
      stationId: role === 'feldsher' ? newId<StationId>() : null,
      practitionerId: role === 'specialist' ? newId<PractitionerId>() : null,
      specialty: null,
      ...overrides,
    };
    this.byToken.set(token, actor);
    return { actor, token };
  }

  change(token: string, overrides: Partial<Actor>): void {
    const actor = this.byToken.get(token);
    if (actor !== undefined) this.byToken.set(token, { ...actor, ...overrides });
  }

  async findSession(token: string): Promise<{ actor: Actor } | undefined> {
    this.reads += 1;
    const actor = this.byToken.get(token);
    if (actor === undefined || actor.sessionExpiresAt <= systemClock.instant()) return undefined;
    return { actor };
  }
}

/** Consultations in memory: who may be in which room. */
export class FakeAccess implements RoomAccess {
  readonly #seats = new Map<string, RoomSide>();

  admit(requestId: RequestId, actor: Actor, side: RoomSide): void {
    this.#seats.set(`${requestId} ${actor.userId}`, side);
  }

  dismiss(requestId: RequestId, actor: Actor): void {
    this.#seats.delete(`${requestId} ${actor.userId}`);
  }

  async authorizeRoom(actor: Actor, requestId: RequestId): Promise<{ side: RoomSide }> {
    const side = this.#seats.get(`${requestId} ${actor.userId}`);
    if (side === undefined) throw new DomainError('consultation.not_found');
    return { side };
  }
}

/** What rooms told, one line each, as `joined station`, `sides station,specialist`. */
export class RoomDiary {
  readonly lines: string[] = [];

  participantJoined({ side }: { side: RoomSide }): void {
    this.lines.push(`joined ${side}`);
  }

  participantLeft({ side }: { side: RoomSide }, reason: PeerCloseReason): void {
    this.lines.push(`left ${side} ${reason}`);
  }

  sidesChanged(_requestId: RequestId, sides: readonly RoomSide[]): void {
    this.lines.push(`sides ${sides.join()}`);
  }
}

/** Curtains in memory, with what the record would say of each. */
export class FakeCurtains implements CurtainKeeper {
  readonly #curtains = new Map<RequestId, Curtain>();
  readonly written: string[] = [];

  async findCurtain(requestId: RequestId): Promise<Curtain | null> {
    return this.#curtains.get(requestId) ?? null;
  }

  async setCurtain(
    actor: Actor,
    requestId: RequestId,
    { isDrawn, hidesSound }: { isDrawn: boolean; hidesSound: boolean },
  ): Promise<Curtain | null> {
    this.written.push(`${actor.role} ${isDrawn ? `draws${hidesSound ? ' with sound' : ''}` : 'opens'}`);
    if (isDrawn) this.#curtains.set(requestId, { hidesSound, by: actor.displayName, at: systemClock.instant() });
    else this.#curtains.delete(requestId);
    return this.findCurtain(requestId);
  }
}

interface Options {
  /** 0 for tests that need no media. */
  readonly workers?: number;
  readonly port?: number;
  readonly graceMs?: number;
  readonly practiceMs?: number;
  readonly sweepMs?: number;
  readonly sessions?: FakeSessions;
  readonly access?: FakeAccess;
  readonly curtains?: CurtainKeeper;
  readonly allowedOrigins?: readonly string[];
  readonly handlers?: Partial<LiveHandlers>;
  /** Which files belong to the room's consultation; all of them by default. */
  readonly assertShown?: (requestId: RequestId, id: AttachmentId) => Promise<void>;
  readonly wrapMedia?: (media: MediaPort) => MediaPort;
  readonly onHttp?: Parameters<typeof createServer>[1];
}

export type TestLiveServer = Awaited<ReturnType<typeof createLiveServer>>;

export async function createLiveServer(options: Options = {}) {
  const logger = createLogger({ level: process.env['JAQYN_LOG_LEVEL'] ?? 'silent', pretty: false });
  const bus = new EventBus(logger);
  const metrics = new Metrics();
  const sessions = options.sessions ?? new FakeSessions();
  const access = options.access ?? new FakeAccess();
  const diary = new RoomDiary();
  const curtains = options.curtains ?? new FakeCurtains();
  const pool = await WorkerPool.create({
    count: options.workers ?? 0,
    basePort: 0,
    listenIps: ['127.0.0.1'],
    logger,
    onDeath: () => metrics.workerDeaths.inc(),
  });
  const media = (options.wrapMedia ?? ((port) => port))(MediasoupMedia.create(pool));
  const httpServer = createServer(options.onHttp);
  const allowed = new Set(options.allowedOrigins);
  const watch = SessionWatch.create({
    sessions,
    bus,
    clock: systemClock,
    logger,
    ...(options.sweepMs !== undefined && { sweepMs: options.sweepMs }),
  });
  const live = LiveServer.create({
    httpServer,
    origins: { allows: (origin) => allowed.has(origin) },
    sessions,
    watch,
    readToken: (header) => new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(header)?.[1],
    logger,
    metrics,
  });
  const rooms = RoomRegistry.create({
    media,
    access,
    events: diary,
    curtains,
    clock: systemClock,
    logger,
    metrics,
    holdSession: (connection) => live.holdSession(connection),
    ...(options.graceMs !== undefined && { graceMs: options.graceMs }),
    ...(options.practiceMs !== undefined && { practiceMs: options.practiceMs }),
  });
  connectRooms({ rooms, watch, bus });
  const handlers: LiveHandlers = {
    ...roomHandlers({ rooms, media }),
    ...viewHandlers({ rooms, attachments: { assertShown: options.assertShown ?? (async () => undefined) } }),
    ...examinationHandlers({ rooms }),
    'upload:open': { access: ['feldsher', 'specialist'], run: async () => ({ offset: 0 }) },
    'upload:piece': { access: ['feldsher', 'specialist'], run: async () => ({ offset: 0 }) },
    'link:report': { access: ['feldsher', 'specialist', 'coordinator'], run: async () => ({}) },
    'chat:send': {
      access: ['feldsher', 'specialist'],
      run: async ({ actor }, { requestId, messageId, text }) => ({
        message: {
          id: messageId,
          requestId,
          seq: 1,
          author: { userId: actor.userId, displayName: actor.displayName },
          text,
          sentAt: systemClock.instant(),
        },
      }),
    },
    ...options.handlers,
  };
  live.start(handlers);
  await new Promise<void>((resolve) => httpServer.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = httpServer.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  allowed.add(origin);

  return {
    origin,
    port,
    bus,
    live,
    watch,
    rooms,
    media,
    sessions,
    access,
    diary,
    metrics,
    /** A consultation with both its sides signed in. */
    consult() {
      const requestId = newId<RequestId>();
      const station = sessions.signIn('feldsher');
      const specialist = sessions.signIn('specialist');
      access.admit(requestId, station.actor, 'station');
      access.admit(requestId, specialist.actor, 'specialist');
      return { requestId, station, specialist };
    },
    async close() {
      rooms.close();
      await live.close();
      watch.close();
      await media.close();
      httpServer.closeAllConnections();
      await new Promise((resolve) => httpServer.close(resolve));
    },
  };
}
