import type { PeerId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { RtpCapabilities } from '@jaqyn/shared/media/rtp';
import type { NotificationData, NotificationName, RequestData, ResponseData } from '@jaqyn/shared/signalling/events';
import { MAX_PEERS } from '@jaqyn/shared/signalling/limits';
import {
  type Curtain,
  isClinicalSide,
  isMainSide,
  MAIN_SIDES,
  type PeerCloseReason,
  type RoomContent,
  type RoomSide,
  type SentStep,
} from '@jaqyn/shared/signalling/room';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { MediaPort, MediaRouter, MediaTransport } from '../../media/media-port.ts';
import type { Connection } from '../../realtime/connection.ts';
import { Peer, type PeerProducer } from './peer.ts';
import { nextWidth } from './picture-width.ts';
import { assertMaySend } from './producer-rules.ts';
import { openReportLines, passOnReport, type ReportWay } from './report-lines.ts';
import { ReturnWatch } from './return-watch.ts';
import { RoomCurtain } from './room-curtain.ts';
import { RoomPictures } from './room-pictures.ts';
import type { CurtainKeeper, RoomEvents, RoomParticipant } from './room-ports.ts';
import { RoomRouter } from './room-router.ts';
import { SenderFit } from './sender-fit.ts';
import { forwardTrack } from './track-forwarding.ts';
import { renewPicturesOnMove } from './whole-pictures.ts';

interface Options {
  readonly requestId: RequestId;
  readonly media: MediaPort;
  readonly events: RoomEvents;
  /** What somebody sends comes back to them, and there is nobody else. */
  readonly isPractice?: boolean;
  readonly curtains: CurtainKeeper;
  readonly logger: Logger;
  readonly clock: Pick<Clock, 'instant'>;
  /** How long a peer keeps its place without a socket and without media. */
  readonly graceMs: number;
  /** Called once. */
  readonly onClosed: () => void;
}

interface Entry {
  readonly actor: Actor;
  readonly side: RoomSide;
  readonly connection: Connection;
  readonly rtpCapabilities: RtpCapabilities;
  readonly hasRed: boolean;
  readonly isVideoWanted: boolean;
  /** Keeps the session watched as long as the peer lives; throws when it is over. */
  readonly holdSession: () => () => void;
}

type JoinAnswer = Omit<ResponseData<'room:join'>, 'iceServers'>;

/**
 * The live side of one consultation: who is in, and who gets whose tracks. It lives on one media worker at a time; when that dies
 * the peers keep their places and their clients join again, on another.
 */
export class Room {
  static create(options: Options): Room {
    return new Room(options);
  }

  readonly requestId: RequestId;
  readonly #options: Options;
  readonly #peers = new Map<PeerId, Peer>();
  readonly #router: RoomRouter;
  readonly #curtain: RoomCurtain;
  readonly #fit: SenderFit;
  readonly #pictures: RoomPictures;
  readonly #returns = ReturnWatch.create(() => this.peers);
  #sides = '';
  #joining = 0;
  #isClosed = false;

  private constructor(options: Options) {
    this.requestId = options.requestId;
    this.#options = options;
    this.#router = RoomRouter.create({ media: options.media, onLost: () => this.#move() });
    this.#curtain = RoomCurtain.create({ ...options, peers: () => this.peers });
    this.#fit = SenderFit.create(
      () => this.#peers.values(),
      (error) => options.logger.debug({ err: error, requestId: this.requestId }, 'sender not fitted'),
      options.media.profile.estimate,
    );
    this.#pictures = RoomPictures.create({
      peers: () => this.peers,
      onError: (error) => options.logger.debug({ err: error, requestId: this.requestId }, 'pictures not chosen'),
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get isPractice(): boolean {
    return this.#options.isPractice ?? false;
  }

  get peers(): readonly Peer[] {
    return [...this.#peers.values()];
  }

  findPeer(peerId: PeerId): Peer | undefined {
    return this.#peers.get(peerId);
  }

  /** Takes somebody in. What the same user had here before is closed, never doubled. */
  async join(entry: Entry): Promise<{ peer: Peer; answer: JoinAnswer }> {
    this.#joining += 1;
    try {
      this.#assertPlaceFor(entry);
      await this.#curtain.load();
      const { router, send, recv } = await this.#router.createTransports();
      const peer = this.#admit(entry, send, recv);
      await Promise.all([this.#fit.start(peer), this.#forwardAllTo(peer, router)]);
      const [nothing, reportLine] = await Promise.all([this.#warmUp(peer), this.#openLines(peer)]);
      if (peer.isClosed) throw new DomainError('room.closed');
      if (!peer.hasMedia) throw new DomainError('media.unavailable', { retryAfter: 1 });
      this.#pictures.choose(router);
      // One tick: what is not in this answer will be announced.
      peer.isAnnounced = true;
      const answer = {
        peerId: peer.id,
        sendTransport: send.parameters,
        recvTransport: recv.parameters,
        isVoiceRedundant: peer.isVoiceRedundant,
        ...(nothing !== undefined && { nothing }),
        ...(reportLine !== undefined && { reportLine }),
        ...this.contentFor(peer),
      };
      return { peer, answer };
    } finally {
      this.#joining -= 1;
      this.#closeIfEmpty();
    }
  }

  /** The client is back on a new socket. */
  resume(peer: Peer, connection: Connection): RoomContent {
    if (peer.connection !== connection) {
      const wasReachable = peer.isReachable;
      peer.attach(connection);
      connection.onClosed(() => this.#suspend(peer, connection));
      if (!wasReachable) this.#tellOthers(peer, 'peer:resumed', { peerId: peer.id });
    }
    return this.contentFor(peer);
  }

  contentFor(peer: Peer): RoomContent {
    const peers = this.#partners(peer).map((other) => other.describe());
    const { speaker } = this.#pictures;
    return { curtain: this.#curtain.current, peers, consumers: peer.describeConsumers(), speaker };
  }

  async createProducer(peer: Peer, data: RequestData<'producer:create'>): Promise<{ producerId: string }> {
    const { producerKey, kind, source, rtpParameters } = data;
    const existing = peer.producers.get(producerKey);
    if (existing !== undefined) return { producerId: existing.producer.id };
    assertMaySend(peer.side, data);
    if (!peer.hasMedia) throw new DomainError('room.not_joined');
    const router = await this.#router.current();
    for (const [key, other] of [...peer.producers]) if (other.source === source) peer.closeProducer(key);

    const isHeldBack = this.#curtain.holdsBack(peer, source);
    const producer = await peer.send.produce({ kind, rtpParameters, isPaused: data.isPaused || isHeldBack });
    if (!peer.hasMedia) throw new DomainError('room.not_joined');
    const entry: PeerProducer = { source, producer, isPausedBySender: data.isPaused };
    peer.producers.set(producerKey, entry);
    // The curtain may have moved while it was made.
    await this.#curtain.syncPause(peer, entry);
    // Whoever is here at this moment is told; whoever is admitted later finds it among the producers. Nobody gets it twice.
    const receivers = this.#partners(peer);
    // Pictures too: the first takes an encoder longer than the announcement takes a receiver, and one that is missed is asked for again, which is no
    // slower than waiting to be asked. Who does not hear of it now asks when it is back.
    const { isWarm } = this.#options.media.profile.join;
    const isPaused = (to: Peer) => !isWarm || (kind === 'video' && !(to.isVideoWanted && to.isReachable));
    await Promise.all(receivers.map((to) => this.#forward({ from: peer, entry, to, router, isPaused: isPaused(to) })));
    this.#pictures.choose(router);
    return { producerId: producer.id };
  }

  /** Muted by its sender, or not any more. Behind a curtain it stays held back, whatever its sender says. */
  async setPaused(peer: Peer, producerKey: string, isPaused: boolean): Promise<void> {
    const entry = peer.getProducer(producerKey);
    entry.isPausedBySender = isPaused;
    await this.#curtain.syncPause(peer, entry);
    this.#pictures.choose();
  }

  setCurtain(actor: Actor, wanted: { isDrawn: boolean; hidesSound: boolean }): Promise<Curtain | null> {
    return this.#curtain.set(actor, wanted);
  }

  closeProducer(peer: Peer, producerKey: string): void {
    peer.getProducer(producerKey);
    peer.closeProducer(producerKey);
    this.#pictures.choose();
  }

  /**
   * Passed on to who sends it, if it is still here. What an interpreter or observer says of their link decides only what they get
   * themselves: nobody sends the others less because of it. It goes on by the way it came.
   */
  report(from: Peer, { peerId, ...report }: RequestData<'receiver:report'>, by: ReportWay): void {
    const { width } = from.width;
    from.width = nextWidth(from.width, from.side, report, performance.now());
    if (from.width.width !== width) this.#pictures.choose();
    const sender = this.#peers.get(peerId);
    if (sender !== undefined) this.#returns.heard(sender);
    if (!isClinicalSide(from.side)) return;
    if (sender === undefined || (sender === from && !this.isPractice)) return;
    sender.advisedAt = performance.now();
    passOnReport(sender, { ...report, peerId: from.id }, by);
  }

  step(from: Peer, step: SentStep): void {
    // Who sends no picture has nothing to say of it, and thin links are not for telling so.
    if (from.side === 'observer') return;
    from.step = step;
    this.#tellOthers(from, 'peer:stepped', { peerId: from.id, step });
  }

  closePeer(peer: Peer, reason: PeerCloseReason): void {
    this.#remove(peer, reason);
    this.#reportSides();
    this.#closeIfEmpty();
  }

  /** Everybody out. */
  close(reason: PeerCloseReason): void {
    for (const peer of this.peers) this.#remove(peer, reason);
    this.#reportSides();
    this.#end();
  }

  /** Lets go of everything without a word. */
  abandon(): void {
    for (const peer of this.peers) {
      this.#peers.delete(peer.id);
      peer.close();
    }
    this.#end();
  }

  #assertPlaceFor({ actor, side }: Pick<Entry, 'actor' | 'side'>): void {
    if (this.#isClosed) throw new DomainError('room.closed');
    const others = this.peers.filter((peer) => peer.actor.userId !== actor.userId);
    // A place is kept for each side of the consult that is not there: whoever was asked in never locks it out.
    const kept = MAIN_SIDES.filter((main) => main !== side && !others.some((other) => other.side === main));
    if (others.length + kept.length >= MAX_PEERS) throw new DomainError('room.full');
  }

  /** From the checks to the place in the room nothing is awaited, so two joins at once cannot both pass. */
  #admit(entry: Entry, send: MediaTransport, recv: MediaTransport): Peer {
    const { actor, side, connection, rtpCapabilities, hasRed, isVideoWanted, holdSession } = entry;
    let release: () => void;
    try {
      this.#assertPlaceFor(entry);
      if (!connection.isOpen) throw new DomainError('room.not_joined');
      if (send.isClosed || recv.isClosed) throw new DomainError('media.unavailable', { retryAfter: 1 });
      release = holdSession();
    } catch (error) {
      send.close();
      recv.close();
      throw error;
    }
    const replaced = this.peers.filter((peer) => peer.actor.userId === actor.userId);
    for (const old of replaced) {
      if (old.connection === connection) old.detach(); // the same tab: it knows
      this.#remove(old, 'replaced');
    }
    const isVoiceRedundant = this.#agreeOnVoice(hasRed);
    const peer = Peer.create({
      actor,
      side,
      connection,
      rtpCapabilities,
      hasRed,
      isVoiceRedundant,
      isVideoWanted,
      send,
      recv,
      release,
    });
    this.#peers.set(peer.id, peer);
    renewPicturesOnMove(peer);
    connection.onClosed(() => this.#suspend(peer, connection));
    this.#tellOthers(peer, 'peer:joined', peer.describe());
    if (replaced.length === 0) this.#options.events.participantJoined(this.#participant(peer));
    this.#reportSides();
    return peer;
  }

  /**
   * One browser that does not know RED makes the room's voice plain: to it, redundant sound is noise. Whoever was told otherwise
   * joins again; until then {@link forwardTrack} keeps the two apart.
   */
  #agreeOnVoice(hasRed: boolean): boolean {
    const others = this.peers;
    const isRedundant =
      this.#options.media.profile.voice.isRedundant && hasRed && others.every((other) => other.hasRed);
    for (const other of others) {
      if (other.isVoiceRedundant !== isRedundant) other.notify('room:moved', { requestId: this.requestId });
    }
    return isRedundant;
  }

  /** Unpaused what is wanted: nothing can arrive before the client has connected, and it connects with all of these prepared. */
  async #forwardAllTo(to: Peer, router: MediaRouter): Promise<void> {
    const tracks = this.#partners(to).flatMap((from) => [...from.producers.values()].map((entry) => ({ from, entry })));
    const isPaused = ({ producer }: PeerProducer) => producer.kind === 'video' && !to.isVideoWanted;
    await Promise.all(tracks.map((track) => this.#forward({ ...track, to, router, isPaused: isPaused(track.entry) })));
  }

  /** Who waits alone connects the way down all the same: then the first sound of whoever comes finds it there. */
  async #warmUp(peer: Peer): Promise<JoinAnswer['nothing']> {
    if (!this.#options.media.profile.join.isWarm || peer.consumers.size > 0 || !peer.hasMedia) return undefined;
    try {
      const { id: consumerId, producerId, rtpParameters } = await peer.recv.consumeNothing(peer.rtpCapabilities);
      return { consumerId, producerId, rtpParameters };
    } catch (error) {
      this.#options.logger.info({ err: error, requestId: this.requestId }, 'way down not connected beforehand');
      return undefined;
    }
  }

  async #openLines(peer: Peer): Promise<JoinAnswer['reportLine']> {
    if (!this.#options.media.profile.estimate.isFitted || !peer.hasMedia) return undefined;
    try {
      return await openReportLines(peer, (report) => this.report(peer, report, 'line'));
    } catch (error) {
      this.#options.logger.info({ err: error, requestId: this.requestId }, 'no line for reports beside the media');
      return undefined;
    }
  }

  #forward(track: Omit<Parameters<typeof forwardTrack>[0], 'requestId' | 'isHeld'>): Promise<void> {
    const isHeld = this.#pictures.isHeld(track.to, track.from, track.entry);
    return forwardTrack({ requestId: this.requestId, ...track, isHeld }, this.#options.logger);
  }

  /** The socket is gone, the person is not: media may go on, and most sockets come back within seconds. */
  #suspend(peer: Peer, connection: Connection): void {
    if (peer.isClosed || peer.connection !== connection) return;
    peer.detach();
    this.#tellOthers(peer, 'peer:suspended', { peerId: peer.id });
    this.#waitForReturn(peer);
  }

  #waitForReturn(peer: Peer): void {
    peer.waitForReturn(this.#options.graceMs, () => {
      // Still heard and seen: nobody is thrown out of a consult because the signalling is broken.
      if (peer.isMediaAlive) this.#waitForReturn(peer);
      else this.closePeer(peer, 'lost');
    });
  }

  /** The worker died with everything on it. The next join makes the room anew; who does not come back in time has left. */
  #move(): void {
    this.#pictures.forgetRouter();
    this.#options.logger.warn({ requestId: this.requestId, peers: this.#peers.size }, 'room moves: media worker died');
    for (const peer of this.peers) {
      peer.producers.clear();
      peer.consumers.clear();
      peer.notify('room:moved', { requestId: this.requestId });
      this.#waitForReturn(peer);
    }
  }

  #remove(peer: Peer, reason: PeerCloseReason): void {
    if (!this.#peers.delete(peer.id)) return;
    if (reason !== 'left') peer.notify('room:closed', { requestId: this.requestId, reason });
    peer.close();
    this.#tellOthers(peer, 'peer:closed', { peerId: peer.id, reason });
    this.#pictures.forget(peer);
    this.#returns.forget(peer);
    if (reason !== 'replaced') this.#options.events.participantLeft(this.#participant(peer), reason);
  }

  #participant(peer: Peer): RoomParticipant {
    return { requestId: this.requestId, userId: peer.actor.userId, side: peer.side };
  }

  #reportSides(): void {
    const sides = [...new Set(this.peers.map(({ side }) => side).filter(isMainSide))].sort();
    if (sides.join() === this.#sides) return;
    this.#sides = sides.join();
    this.#options.events.sidesChanged(this.requestId, sides);
  }

  #closeIfEmpty(): void {
    if (this.#peers.size === 0 && this.#joining === 0) this.#end();
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#fit.close();
    this.#pictures.close();
    this.#router.close();
    this.#options.onClosed();
  }

  /** Whom one hears and sees, and who hears and sees one. */
  #partners(peer: Peer): Peer[] {
    return this.isPractice ? [peer] : this.#others(peer);
  }

  #others(peer: Peer): Peer[] {
    return this.peers.filter((other) => other !== peer);
  }

  #tellOthers<Name extends NotificationName>(peer: Peer, name: Name, data: NotificationData<Name>): void {
    for (const other of this.#others(peer)) other.notify(name, data);
  }
}
