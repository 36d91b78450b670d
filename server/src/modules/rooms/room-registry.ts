import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { IceServer } from '@jaqyn/shared/media/transport';
import type { RequestData, ResponseData } from '@jaqyn/shared/signalling/events';
import { isClinicalSide, type PeerCloseReason, type RoomContent, type RoomSide } from '@jaqyn/shared/signalling/room';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Metrics } from '../../kernel/metrics.ts';
import type { MediaPort } from '../../media/media-port.ts';
import type { Connection } from '../../realtime/connection.ts';
import type { LiveContext } from '../../realtime/handle.ts';
import type { Peer } from './peer.ts';
import { isPracticeOf, NO_EVENTS, PRACTICE_MS, withPractice } from './practice.ts';
import { Room } from './room.ts';
import type { CurtainKeeper, RoomAccess, RoomEvents } from './room-ports.ts';

interface Options {
  readonly media: MediaPort;
  readonly access: RoomAccess;
  readonly events: RoomEvents;
  readonly curtains: CurtainKeeper;
  readonly clock: Pick<Clock, 'instant'>;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'rooms' | 'peers'>;
  /** Keeps a connection's session watched while a peer lives on it; throws when it is over. */
  readonly holdSession: (connection: Connection) => () => void;
  /** Ways through closed networks, with a credential for one join. */
  readonly listRelays?: () => readonly IceServer[];
  readonly graceMs?: number;
  /** After which a right that could not be read is read again. */
  readonly recheckMs?: number;
  /** How long somebody may practise. */
  readonly practiceMs?: number;
}

/**
 * A socket that is lost on a bad link comes back within seconds, a reload in a village takes up to half a minute. Longer, and
 * the other side should be told that nobody is there.
 */
const GRACE_MS = 30_000;
const RECHECK_MS = 2000;

/** Every open room, by consultation, and who sits where. */
export class RoomRegistry {
  static create(options: Options): RoomRegistry {
    return new RoomRegistry(options);
  }

  readonly #options: Options;
  readonly #access: RoomAccess;
  readonly #rooms = new Map<RequestId, Room>();
  /** Where a socket sits; one tab is in one room. */
  readonly #seats = new WeakMap<Connection, { room: Room; peer: Peer }>();
  #isDraining = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#access = withPractice(options.access);
  }

  get roomCount(): number {
    return this.#rooms.size;
  }

  /** Everybody in every consult's room, for whoever measures. */
  listSeated(): { readonly requestId: RequestId; readonly peer: Peer }[] {
    return [...this.#rooms.values()].flatMap(({ requestId, peers, isPractice }) =>
      isPractice ? [] : peers.map((peer) => ({ requestId, peer })),
    );
  }

  /** The sides that are in the room now. */
  sidesOf(requestId: RequestId): RoomSide[] {
    return [...new Set(this.#rooms.get(requestId)?.peers.map(({ side }) => side))].sort();
  }

  async join(context: LiveContext, data: RequestData<'room:join'>): Promise<ResponseData<'room:join'>> {
    const { actor, connection } = context;
    const { media, holdSession, listRelays } = this.#options;
    if (data.capabilitiesVersion !== media.capabilities.version) {
      throw new DomainError('request.invalid', { fields: [{ path: 'capabilitiesVersion', code: 'stale' }] });
    }
    const { side } = await this.#access.authorizeRoom(actor, data.requestId);
    const before = this.#seats.get(connection);
    if (before !== undefined && before.room.requestId !== data.requestId) this.leave(connection);

    const room = this.#getOrCreate(data.requestId, isPracticeOf(actor, data.requestId));
    const { peer, answer } = await room.join({
      actor,
      side,
      connection,
      rtpCapabilities: data.rtpCapabilities,
      hasRed: data.hasRed,
      isVideoWanted: data.isVideoWanted,
      holdSession: () => this.#countPeer(holdSession(connection)),
    });
    this.#seats.set(connection, { room, peer });
    // Making the transports may take seconds. A right that ended meanwhile was re-checked without this peer.
    await this.#recheckPeer(room, peer);
    if (peer.isClosed) throw new DomainError('room.closed');
    return { ...answer, iceServers: [...(listRelays?.() ?? [])] };
  }

  /** Throws `room.not_joined` where there is nothing to resume: the client joins anew. */
  async resume({ actor, connection }: LiveContext, data: RequestData<'room:resume'>): Promise<RoomContent> {
    const { side } = await this.#access.authorizeRoom(actor, data.requestId);
    const room = this.#rooms.get(data.requestId);
    const peer = room?.findPeer(data.peerId);
    if (room === undefined || peer?.actor.sessionId !== actor.sessionId || !peer.hasMedia || !peer.isAnnounced) {
      throw new DomainError('room.not_joined');
    }
    if (peer.side !== side) throw new DomainError('room.not_joined');
    const before = this.#seats.get(connection);
    if (before !== undefined && before.peer !== peer) this.leave(connection);
    const content = room.resume(peer, connection);
    this.#seats.set(connection, { room, peer });
    return content;
  }

  leave(connection: Connection): void {
    const seat = this.#seats.get(connection);
    this.#seats.delete(connection);
    // A socket that was left behind by a newer one must not take the peer with it.
    if (seat?.peer.connection === connection) seat.room.closePeer(seat.peer, 'left');
  }

  /** The caller's own place. Throws `room.not_joined`. */
  getSeat(connection: Connection): { room: Room; peer: Peer } {
    const seat = this.#seats.get(connection);
    if (seat === undefined || seat.peer.isClosed || seat.peer.connection !== connection) {
      throw new DomainError('room.not_joined');
    }
    return seat;
  }

  /** The same, of whoever may do something there: an observer looks on. Throws `auth.forbidden`. */
  getActiveSeat(connection: Connection): { room: Room; peer: Peer } {
    const seat = this.getSeat(connection);
    if (seat.peer.side === 'observer') throw new DomainError('auth.forbidden');
    return seat;
  }

  /** Of those who examine and decide. Throws `auth.forbidden`. */
  getClinicalSeat(connection: Connection): { room: Room; peer: Peer } {
    const seat = this.getSeat(connection);
    if (!isClinicalSide(seat.peer.side)) throw new DomainError('auth.forbidden');
    return seat;
  }

  /** Asks again before a track is added: what was allowed at the door may be over. */
  async createProducer({ actor, connection }: LiveContext, data: RequestData<'producer:create'>) {
    const { room, peer } = this.getActiveSeat(connection);
    const { side } = await this.#access.authorizeRoom(actor, room.requestId);
    if (peer.side !== side) throw new DomainError('auth.forbidden');
    return room.createProducer(peer, data);
  }

  /** Whoever sits in the room draws it; only the station, where the patient is, opens it. Throws `auth.forbidden`. */
  async setCurtain({ actor, connection }: LiveContext, wanted: RequestData<'curtain:set'>) {
    const { room, peer } = this.getActiveSeat(connection);
    if (!wanted.isDrawn && peer.side !== 'station') throw new DomainError('auth.forbidden');
    return { curtain: await room.setCurtain(actor, wanted) };
  }

  /** The consultation has changed hands or state: whoever may not be in its room any more is shown out. */
  async recheck(requestId: RequestId): Promise<void> {
    const room = this.#rooms.get(requestId);
    if (room === undefined) return;
    await Promise.all(room.peers.map((peer) => this.#recheckPeer(room, peer)));
  }

  closeRoom(requestId: RequestId, reason: PeerCloseReason = 'room_closed'): void {
    this.#rooms.get(requestId)?.close(reason);
  }

  /** Media end with the session, also of a peer whose socket is away. */
  endSession(sessionId: string, reason: 'session_ended' | 'access_ended' = 'session_ended'): void {
    for (const room of [...this.#rooms.values()]) {
      for (const peer of room.peers) if (peer.actor.sessionId === sessionId) room.closePeer(peer, reason);
    }
  }

  /** From now on only consults that have a room already are let in. */
  drain(): void {
    this.#isDraining = true;
  }

  /** The process ends: nobody is told, so that the clients look for the next one. */
  close(): void {
    this.drain();
    for (const room of [...this.#rooms.values()]) room.abandon();
  }

  async #recheckPeer(room: Room, peer: Peer): Promise<void> {
    const { requestId } = room;
    try {
      const { side } = await this.#access.authorizeRoom(peer.actor, requestId);
      // Asked in anew as something else: what they may do and what they count as are of the place they took.
      if (peer.side !== side) room.closePeer(peer, 'access_ended');
    } catch (error) {
      // Only a clear no: a busy database ends nobody's consult.
      if (error instanceof DomainError && isRefusal(error)) room.closePeer(peer, 'access_ended');
      else {
        this.#options.logger.warn({ err: error, requestId }, 'could not re-check a room');
        this.#recheckLater(room, peer);
      }
    }
  }

  /** Nobody asks a second time about somebody who was sent out: until it is answered, it is asked again. */
  #recheckLater(room: Room, peer: Peer): void {
    setTimeout(() => {
      if (!peer.isClosed) void this.#recheckPeer(room, peer);
    }, this.#options.recheckMs ?? RECHECK_MS).unref();
  }

  /** Making a room is one synchronous step, so two who come at once find the same one. */
  #getOrCreate(requestId: RequestId, isPractice: boolean): Room {
    const existing = this.#rooms.get(requestId);
    if (existing !== undefined) return existing;
    if (this.#isDraining) throw new DomainError('server.draining', { retryAfter: 5 });
    const {
      media,
      events,
      curtains,
      clock,
      logger,
      metrics,
      graceMs = GRACE_MS,
      practiceMs = PRACTICE_MS,
    } = this.#options;
    const room = Room.create({
      requestId,
      media,
      events: isPractice ? NO_EVENTS : safely(events, logger),
      isPractice,
      curtains,
      clock,
      logger,
      graceMs,
      onClosed: () => {
        clearTimeout(end);
        this.#rooms.delete(requestId);
        metrics.rooms.dec();
        logger.info({ requestId }, 'room closed');
      },
    });
    const end = isPractice ? setTimeout(() => room.close('room_closed'), practiceMs).unref() : undefined;
    this.#rooms.set(requestId, room);
    metrics.rooms.inc();
    logger.info({ requestId }, 'room opened');
    return room;
  }

  #countPeer(release: () => void): () => void {
    const { metrics } = this.#options;
    metrics.peers.inc();
    return () => {
      metrics.peers.dec();
      release();
    };
  }
}

function isRefusal({ code }: DomainError): boolean {
  return code === 'consultation.not_found' || code === 'auth.forbidden' || code === 'participant.consent_missing';
}

/** A listener that throws is its own trouble, never the room's. */
function safely(events: RoomEvents, logger: Pick<Logger, 'error'>): RoomEvents {
  const guard =
    <Args extends unknown[]>(listener: (...args: Args) => void) =>
    (...args: Args) => {
      try {
        listener(...args);
      } catch (error) {
        logger.error({ err: error }, 'room listener failed');
      }
    };
  return {
    participantJoined: guard(events.participantJoined.bind(events)),
    participantLeft: guard(events.participantLeft.bind(events)),
    sidesChanged: guard(events.sidesChanged.bind(events)),
  };
}
