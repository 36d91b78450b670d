import { createHash } from 'node:crypto';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { MediaKind } from '@jaqyn/shared/media/source';
import type { RoomSide } from '@jaqyn/shared/signalling/room';
import type { Store } from '../../db/store.ts';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/logger.ts';
import { evidenceRepository, type IntervalRow, type StayRow } from './evidence.repository.ts';

/** Packets that went through the media server since the track began. */
interface Counters {
  readonly packets: number;
  readonly bytes: number;
}

/** What the recorder needs to see of somebody in a room. */
export interface SeatedPeer {
  readonly peerId: string;
  readonly requestId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly side: RoomSide;
  readonly isReachable: boolean;
  /** Where its media come from, once they do. */
  readonly remoteAddress: string | undefined;
  readonly tracks: readonly {
    readonly id: string;
    readonly direction: 'from' | 'to';
    readonly kind: MediaKind;
    readonly source: string;
    count(): Promise<Counters>;
  }[];
}

interface Options {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
  /** Everybody who is in a room now. */
  readonly listSeated: () => readonly SeatedPeer[];
  readonly everyMs?: number;
}

interface WatchedTrack {
  last: Counters;
  lastAt: Instant;
  open: IntervalRow | undefined;
}

interface WatchedPeer {
  stay: StayRow;
  wasReachable: boolean;
  readonly tracks: Map<string, WatchedTrack>;
}

/** A crash loses at most so much of a consult. */
const EVERY_MS = 3000;
/** Rows that nobody has added to for so long are nobody's. */
const ABANDONED_MS = 60_000;

/**
 * Measures who was in a room and whose packets went through the media server, every three seconds, and keeps it. Only time between two
 * looks of which the second found more packets counts; what was not measured is never counted.
 */
export class EvidenceRecorder {
  readonly #options: Options;
  readonly #peers = new Map<string, WatchedPeer>();
  readonly #timer: NodeJS.Timeout;
  /** What a failed write still owes. */
  readonly #owedStays = new Map<string, StayRow>();
  readonly #owedIntervals = new Map<string, IntervalRow>();
  #running: Promise<void> | undefined;
  #isReady = false;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), options.everyMs ?? EVERY_MS);
    this.#timer.unref();
  }

  static start(options: Options): EvidenceRecorder {
    return new EvidenceRecorder(options);
  }

  /** Looks once; for the clock, and for whoever wants the latest. Never rejects. */
  look(): Promise<void> {
    this.#running ??= this.#look()
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'evidence could not be written'))
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /** Ends what is open. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#running;
    await this.look();
  }

  async #look(): Promise<void> {
    const { store, clock, listSeated } = this.#options;
    if (!this.#isReady) {
      const before = toInstant(new Date(clock.now().getTime() - ABANDONED_MS));
      await store.transaction((tx) => evidenceRepository.closeOpen(tx, before));
      this.#isReady = true;
    }
    const seated = this.#isClosed ? [] : listSeated();
    const counted = await Promise.all(
      seated.map(async (peer) => ({ peer, counts: await Promise.all(peer.tracks.map(countSafely)) })),
    );
    const at = toInstant(clock.now());
    for (const { peer, counts } of counted) this.#see(peer, counts, at);
    const here = new Set(seated.map(({ peerId }) => peerId));
    for (const [peerId, watched] of this.#peers) if (!here.has(peerId)) this.#leave(peerId, watched);
    await this.#write();
  }

  #see(peer: SeatedPeer, counts: readonly (Counters | undefined)[], at: Instant): void {
    const watched = this.#peers.get(peer.peerId) ?? this.#meet(peer, at);
    const isBack = peer.isReachable && !watched.wasReachable;
    watched.wasReachable = peer.isReachable;
    watched.stay = {
      ...watched.stay,
      seenAt: at,
      cuts: watched.stay.cuts + (isBack ? 1 : 0),
      networkHash: watched.stay.networkHash ?? networkOf(peer),
    };
    this.#owedStays.set(peer.peerId, watched.stay);
    const present = new Set<string>();
    for (const [index, track] of peer.tracks.entries()) {
      const count = counts[index];
      if (count === undefined) continue;
      present.add(track.id);
      this.#seeTrack(watched, peer, track, count, at);
    }
    for (const [id, track] of watched.tracks) {
      if (present.has(id)) continue;
      this.#endInterval(track);
      watched.tracks.delete(id);
    }
  }

  #meet(peer: SeatedPeer, at: Instant): WatchedPeer {
    const { peerId, requestId, userId, side, sessionId } = peer;
    const watched: WatchedPeer = {
      stay: {
        peerId,
        requestId,
        userId,
        side,
        sessionHash: hashIn(requestId, sessionId),
        networkHash: networkOf(peer),
        joinedAt: at,
        seenAt: at,
        cuts: 0,
        isOver: false,
      },
      wasReachable: peer.isReachable,
      tracks: new Map(),
    };
    this.#peers.set(peerId, watched);
    return watched;
  }

  #seeTrack(
    watched: WatchedPeer,
    { peerId, requestId }: SeatedPeer,
    { id, direction, kind, source }: SeatedPeer['tracks'][number],
    count: Counters,
    at: Instant,
  ): void {
    const track = watched.tracks.get(id);
    if (track === undefined) {
      watched.tracks.set(id, { last: count, lastAt: at, open: undefined });
      return;
    }
    const packets = count.packets - track.last.packets;
    const bytes = Math.max(0, count.bytes - track.last.bytes);
    if (packets > 0) {
      const open = track.open ?? {
        id: newId<string>(),
        peerId,
        requestId,
        direction,
        kind,
        source,
        startedAt: track.lastAt,
        endedAt: at,
        packets: 0,
        bytes: 0,
        isOver: false,
      };
      track.open = { ...open, endedAt: at, packets: open.packets + packets, bytes: open.bytes + bytes };
      this.#owedIntervals.set(open.id, track.open);
    } else {
      this.#endInterval(track);
    }
    track.last = count;
    track.lastAt = at;
  }

  #endInterval(track: WatchedTrack): void {
    if (track.open !== undefined) this.#owedIntervals.set(track.open.id, { ...track.open, isOver: true });
    track.open = undefined;
  }

  #leave(peerId: string, watched: WatchedPeer): void {
    for (const track of watched.tracks.values()) this.#endInterval(track);
    this.#owedStays.set(peerId, { ...watched.stay, isOver: true });
    this.#peers.delete(peerId);
  }

  async #write(): Promise<void> {
    const stays = [...this.#owedStays.values()];
    const intervals = [...this.#owedIntervals.values()];
    if (stays.length + intervals.length === 0) return;
    await this.#options.store.transaction(async (tx) => {
      for (const row of stays) await evidenceRepository.saveStay(tx, row);
      for (const row of intervals) await evidenceRepository.saveInterval(tx, row);
    });
    // Nobody looked meanwhile: looks never overlap.
    this.#owedStays.clear();
    this.#owedIntervals.clear();
  }
}

/** A track that closes while it is asked is no longer there. */
async function countSafely(track: SeatedPeer['tracks'][number]): Promise<Counters | undefined> {
  try {
    return await track.count();
  } catch {
    return undefined;
  }
}

function networkOf({ requestId, remoteAddress }: SeatedPeer): string | null {
  return remoteAddress === undefined ? null : hashIn(requestId, remoteAddress);
}

/** Comparable within one consult and nowhere else. */
function hashIn(requestId: string, value: string): string {
  return createHash('sha256').update(`${requestId}\n${value}`).digest('hex');
}
