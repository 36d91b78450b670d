import type { MediaSource } from '@jaqyn/shared/media/source';
import type { RoomConsumer, RoomPeer } from '@jaqyn/shared/signalling/room';
import type { types } from 'mediasoup-client';
import { noteProblem } from '../../lib/diagnostics.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';
import type { RemotePeer, RemoteTrack } from './room-state.ts';

interface Receiving {
  readonly info: RoomConsumer;
  readonly consumer: types.Consumer;
  isPaused: boolean;
  isHeld: boolean;
}

type FoundTrack = Pick<RoomConsumer, 'peerId' | 'consumerId'> & { readonly receiver: RTCRtpReceiver | undefined };
type Standing = Partial<Pick<Receiving, 'isPaused' | 'isHeld'>>;

interface Options {
  readonly recv: types.Transport;
  readonly signalling: Signalling;
  readonly isVideoWanted: boolean;
  /** Tracks of one stream are kept in step by the browser. */
  readonly streamIdOf: (info: RoomConsumer) => string;
  readonly onReceiver: (info: RoomConsumer, receiver: RTCRtpReceiver) => void;
  /** Says it to the server until it is confirmed. */
  readonly tell: (key: string, say: () => Promise<unknown>) => void;
  /** What had been asked for is in the browser's hands. */
  readonly onReceived: () => void;
  readonly onChange: () => void;
}

/** What others send, from the announcement to the screen. */
export class IncomingTracks {
  static create(options: Options): IncomingTracks {
    return new IncomingTracks(options);
  }

  readonly #options: Options;
  readonly #receiving = new Map<string, Receiving>();
  /** On their way into the browser. */
  readonly #incoming = new Set<string>();
  /** Said of those. */
  readonly #early = new Map<string, Standing>();
  readonly #streams = new Map<string, { key: string; stream: MediaStream }>();
  #isVideoWanted: boolean;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#isVideoWanted = options.isVideoWanted;
  }

  /** Asks the server to stop sending pictures, or to send them again; those of people who come later too. */
  setVideoWanted(isWanted: boolean): void {
    if (this.#isVideoWanted === isWanted) return;
    this.#isVideoWanted = isWanted;
    const consumerIds = [...this.#receiving.values()]
      .filter(({ info }) => info.kind === 'video')
      .map(({ info }) => info.consumerId);
    if (consumerIds.length === 0) return;
    if (isWanted) void this.#letFlow(consumerIds);
    else this.#holdPictures(consumerIds);
  }

  async receive(infos: readonly RoomConsumer[]): Promise<void> {
    const fresh = infos.filter(({ consumerId }) => !this.#receiving.has(consumerId) && !this.#incoming.has(consumerId));
    for (const { consumerId } of fresh) this.#incoming.add(consumerId);
    // All in one tick: the browser negotiates them together.
    await Promise.all(fresh.map((info) => this.#consume(info)));
    if (this.#isClosed) return;
    this.#options.onReceived();
    const waiting = infos.filter(
      ({ consumerId, isFlowing, kind }) =>
        !isFlowing && this.#receiving.has(consumerId) && (kind === 'audio' || this.#isVideoWanted),
    );
    // Asked for by an earlier word of ours: voice only may have begun while it was on its way.
    const unwanted = infos.filter(({ isFlowing, kind }) => isFlowing && kind === 'video' && !this.#isVideoWanted);
    if (unwanted.length > 0) this.#holdPictures(unwanted.map(({ consumerId }) => consumerId));
    if (waiting.length > 0) await this.#letFlow(waiting.map(({ consumerId }) => consumerId));
  }

  /** As the server has them: what is gone goes. */
  keepOnly(consumers: readonly RoomConsumer[]): void {
    const present = new Set(consumers.map(({ consumerId }) => consumerId));
    for (const consumerId of [...this.#receiving.keys()]) if (!present.has(consumerId)) this.drop(consumerId);
    for (const { consumerId, isPaused, isHeld } of consumers) this.note(consumerId, { isPaused, isHeld });
  }

  note(consumerId: string, change: Standing): void {
    const entry = this.#receiving.get(consumerId);
    if (entry !== undefined) Object.assign(entry, change);
    // Said while it was on its way into the browser.
    else if (this.#incoming.has(consumerId)) this.#early.set(consumerId, { ...this.#early.get(consumerId), ...change });
  }

  drop(consumerId: string): void {
    this.#incoming.delete(consumerId);
    this.#early.delete(consumerId);
    this.#receiving.get(consumerId)?.consumer.close();
    this.#receiving.delete(consumerId);
  }

  dropOf(peerId: string): void {
    for (const [id, { info }] of this.#receiving) if (info.peerId === peerId) this.drop(id);
  }

  /** Whose track arrives under this id, and through what. */
  find(trackId: string): FoundTrack | undefined {
    const found = [...this.#receiving.values()].find(({ consumer }) => consumer.track.id === trackId);
    return found && { ...found.info, receiver: found.consumer.rtpReceiver };
  }

  describe(peer: RoomPeer): RemotePeer {
    const track = (source: MediaSource): RemoteTrack | null => {
      const found = [...this.#receiving.values()].find(
        ({ info }) => info.peerId === peer.peerId && info.source === source,
      );
      return found === undefined
        ? null
        : { track: found.consumer.track, isPaused: found.isPaused, isHeld: found.isHeld };
    };
    const [microphone, camera, screen] = [track('microphone'), track('camera'), track('screen')];
    const [examination, stethoscope] = [track('examination'), track('stethoscope')];
    return {
      ...peer,
      microphone,
      camera,
      screen,
      examination,
      stethoscope,
      stream: this.#streamOf(peer.peerId, [microphone, camera]),
    };
  }

  /** The consumers go with their transport. */
  close(): void {
    this.#isClosed = true;
  }

  async #consume(info: RoomConsumer): Promise<void> {
    const { consumerId, producerId, kind, rtpParameters, isPaused, isHeld } = info;
    const { recv, streamIdOf, onReceiver } = this.#options;
    try {
      const consumer = await recv.consume({
        id: consumerId,
        producerId,
        kind,
        rtpParameters: rtpParameters as types.RtpParameters,
        streamId: streamIdOf(info),
        onRtpReceiver: (receiver) => onReceiver(info, receiver),
      });
      if (this.#isClosed || !this.#incoming.has(consumerId)) return consumer.close();
      this.#receiving.set(consumerId, { info, consumer, isPaused, isHeld, ...this.#early.get(consumerId) });
      this.#early.delete(consumerId);
    } catch (error) {
      // This browser cannot show that track; the others go on.
      noteProblem(ProblemError.from(error));
    } finally {
      this.#incoming.delete(consumerId);
    }
  }

  #holdPictures(consumerIds: string[]): void {
    this.#options.tell('pause video', () => this.#stopFlow(consumerIds));
  }

  async #letFlow(consumerIds: string[]): Promise<void> {
    try {
      await this.#options.signalling.call('consumer:resume', { consumerIds });
    } catch (error) {
      const { code } = ProblemError.from(error);
      // Closed while we got ready: each on its own, so that one does not hold up the others.
      if (code === 'consumer.not_found' && consumerIds.length > 1) {
        await Promise.all(consumerIds.map((consumerId) => this.#letFlow([consumerId])));
      } else if (code === 'consumer.not_found') {
        for (const consumerId of consumerIds) this.drop(consumerId);
        this.#options.onChange();
      }
      // The server away: room:resume will say that it does not flow, and we come here again.
    }
  }

  async #stopFlow(consumerIds: string[]): Promise<void> {
    // Said again after an absence, and meanwhile the person may want the pictures after all.
    if (this.#isVideoWanted) return;
    await this.#options.signalling.call('consumer:pause', { consumerIds }).catch((error: unknown) => {
      if (ProblemError.from(error).code !== 'consumer.not_found') throw error;
    });
  }

  /** The same object as long as the tracks are, so that a video element is not started anew. */
  #streamOf(peerId: string, tracks: readonly (RemoteTrack | null)[]): MediaStream {
    const present = tracks.flatMap((remote) => (remote === null ? [] : [remote.track]));
    const key = present.map(({ id }) => id).join();
    const existing = this.#streams.get(peerId);
    if (existing?.key === key) return existing.stream;
    const stream = new MediaStream(present);
    this.#streams.set(peerId, { key, stream });
    return stream;
  }
}
