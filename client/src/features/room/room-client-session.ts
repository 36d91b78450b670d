import type { CallStep } from '@jaqyn/shared/media/call-step';
import type { MediaProfile } from '@jaqyn/shared/media/media-profile';
import { KIND_OF_SOURCE, MEDIA_SOURCES, type MediaSource } from '@jaqyn/shared/media/source';
import type { NotificationData, NotificationName, ResponseData } from '@jaqyn/shared/signalling/events';
import type { RoomConsumer, RoomContent, RoomPeer } from '@jaqyn/shared/signalling/room';
import type { types } from 'mediasoup-client';
import { noteProblem } from '../../lib/diagnostics.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';
import type { VoiceDevice } from './room-client-device.ts';
import { LinkFit } from './room-client-fit.ts';
import { IceKeeper } from './room-client-ice.ts';
import { type SendingTrack, SourceSender } from './room-client-sender.ts';
import { Telling } from './room-client-telling.ts';
import { IncomingTracks } from './room-client-tracks.ts';
import { createTransports } from './room-client-transports.ts';
import { PathWatch } from './room-client-watch.ts';
import type { MediaHealth, RemotePeer } from './room-state.ts';

/** Notifications a session acts on. */
export const SESSION_NOTIFICATIONS = [
  'peer:joined',
  'peer:closed',
  'peer:suspended',
  'peer:resumed',
  'peer:stepped',
  'consumer:created',
  'consumer:closed',
  'consumer:paused',
  'consumer:resumed',
  'consumer:held',
  'speaker:changed',
] as const satisfies readonly NotificationName[];

type SessionNotificationName = (typeof SESSION_NOTIFICATIONS)[number];
export type SessionNotification = {
  [Name in SessionNotificationName]: { readonly name: Name; readonly data: NotificationData<Name> };
}[SessionNotificationName];

interface Options {
  readonly voice: VoiceDevice;
  readonly answer: ResponseData<'room:join'>;
  readonly signalling: Signalling;
  readonly profile: MediaProfile;
  readonly isVideoWanted: boolean;
  /** The best step that the person allows; undefined: whatever fits. */
  readonly hold: CallStep | undefined;
  /** Something a screen would show has changed. */
  readonly onChange: () => void;
  /** This session cannot go on: join again. */
  readonly onLost: () => void;
  readonly onRefused: (source: MediaSource, problem: ProblemError) => void;
}

type Nothing = NonNullable<ResponseData<'room:join'>['nothing']>;

/** From one `room:join` to the next: two transports, what is sent, what is received. */
export class RoomSession {
  static create(options: Options): RoomSession {
    return new RoomSession(options);
  }

  readonly peerId: string;
  readonly #options: Options;
  readonly #send: types.Transport;
  readonly #recv: types.Transport;
  readonly #keepers: readonly IceKeeper[];
  /** Undefined where a lost path is left to the browser. */
  readonly #watch: PathWatch | undefined;
  /** Undefined where nobody hears of the way by sound: the server's limit holds then. */
  readonly #fit: LinkFit | undefined;
  readonly #senders: Record<MediaSource, SourceSender>;
  readonly #peers = new Map<string, RoomPeer>();
  readonly #tracks: IncomingTracks;
  readonly #telling: Telling;
  #speaker: RoomContent['speaker'] = null;
  /** What the join answered is in the browser's hands. */
  #isSetUp = false;
  #isClosed = false;

  private constructor(options: Options) {
    const { voice, answer, signalling, profile, onChange } = options;
    this.#options = options;
    this.peerId = answer.peerId;
    this.#telling = Telling.create({ onRefused: options.onRefused, onLost: () => this.#lost() });
    const isFitted = () => this.#fit !== undefined;
    const { send, recv } = createTransports({ voice, answer, signalling, profile, telling: this.#telling, isFitted });
    this.#send = send;
    this.#recv = recv;
    this.#tracks = IncomingTracks.create({
      recv: this.#recv,
      signalling,
      isVideoWanted: options.isVideoWanted,
      // A picture that waits for what is sent again would hold up the voice.
      streamIdOf: ({ peerId, kind }) => (this.#fit === undefined ? peerId : `${peerId}-${kind}`),
      onReceiver: (info, receiver) => this.#listen(info, receiver),
      tell: (key, say) => void this.#telling.tell(key, say),
      onReceived: () => {
        this.#isSetUp = true;
        onChange();
      },
      onChange,
    });
    const { isAutomatic } = profile.recovery;
    const paths = [
      { transport: this.#send, parameters: answer.sendTransport },
      { transport: this.#recv, parameters: answer.recvTransport },
    ].map(({ transport, parameters }) => {
      const { iceParameters: inUse, spareIceParameters: spare } = parameters;
      const onGivenUp = () => this.#lost();
      return {
        transport,
        keeper: IceKeeper.create({ transport, signalling, inUse, spare, isAutomatic, onChange, onGivenUp }),
      };
    });
    this.#keepers = paths.map(({ keeper }) => keeper);
    this.#watch = isAutomatic
      ? PathWatch.create({ paths, signalling, onAway: (isAway) => this.#setAway(isAway) })
      : undefined;
    if (voice.transforms !== undefined && profile.estimate.isFitted) {
      this.#fit = LinkFit.create({
        profile,
        send: this.#send,
        recv: this.#recv,
        signalling,
        hold: options.hold,
        // Who cannot take redundant voice cannot look at how it comes either.
        hasSilentReceivers: !voice.description.isRedundant,
        senders: () => this.#senders,
        ownerOf: (trackId) => this.#tracks.find(trackId)?.peerId,
        receiverOf: (trackId) => this.#tracks.find(trackId)?.receiver,
        onStanding: (trackId) => this.#renew(trackId),
        reportLine: answer.reportLine,
        onAdvice: (advice) => this.advise(advice),
        onStep: () => this.#stepped(),
        onLossy: () => {
          voice.description.isEstimated = false;
          this.#senders.microphone.describeAgain();
        },
      });
    }
    this.#senders = Object.fromEntries(
      MEDIA_SOURCES.map((source) => {
        const onRefused = (problem: ProblemError) => options.onRefused(source, problem);
        return [
          source,
          SourceSender.create({
            source,
            transport: this.#send,
            signalling,
            profile,
            voice,
            governor: this.#fit,
            onRefused,
          }),
        ];
      }),
    ) as Record<MediaSource, SourceSender>;
    if (answer.nothing !== undefined) {
      // Without it the way down is connected when the first track comes.
      this.#warmUp(answer.nothing).catch((error: unknown) => this.#isClosed || noteProblem(ProblemError.from(error)));
    }
  }

  #setAway(isAway: boolean): void {
    for (const source of MEDIA_SOURCES) this.#senders[source].setAway(isAway);
  }

  /** Connects the way down while there is nothing to receive. */
  async #warmUp({ consumerId: id, producerId, rtpParameters }: Nothing): Promise<void> {
    const parameters = rtpParameters as types.RtpParameters;
    await this.#recv.consume({ id, producerId, kind: 'audio', rtpParameters: parameters, streamId: 'nothing' });
  }

  get health(): MediaHealth {
    if (this.#keepers.some(({ isBroken }) => isBroken)) return 'broken';
    if (!this.#isSetUp || this.#keepers.some(({ isConnecting }) => isConnecting)) return 'connecting';
    return this.#keepers.some(({ isConnected }) => isConnected) ? 'connected' : 'idle';
  }

  get peers(): RemotePeer[] {
    return [...this.#peers.values()].map((peer) => this.#tracks.describe(peer));
  }

  /** Who speaks, among three or more. */
  get speaker(): RoomContent['speaker'] {
    return this.#speaker;
  }

  get transports(): { readonly send: types.Transport; readonly recv: types.Transport } {
    return { send: this.#send, recv: this.#recv };
  }

  /** How a receiver gets what is sent here. */
  advise(advice: NotificationData<'sender:advised'>): void {
    if (this.#peers.has(advice.peerId)) this.#fit?.advise(advice);
  }

  /** What the media server takes the thinnest receiver to get. */
  limit(bitsPerSecond: number): void {
    this.#fit?.limit(bitsPerSecond);
  }

  setSending(source: MediaSource, wanted: SendingTrack): void {
    this.#senders[source].set(wanted);
    const isOn = wanted.track !== null && !wanted.isPaused;
    if (source === 'microphone') this.#fit?.setMuted(!isOn);
    if (source === 'camera') this.#fit?.setCamera(isOn);
    if (source === 'examination') this.#fit?.setExamination(isOn);
    if (source === 'stethoscope') this.#fit?.setStethoscope(isOn);
  }

  setHold(hold: CallStep | undefined): void {
    this.#fit?.setHold(hold);
  }

  /** That one's own sound waits on its way, as was last said; undefined while nobody has. */
  get queueMs(): number | undefined {
    return this.#fit?.advice?.queueMs;
  }

  get step(): LinkFit['step'] | undefined {
    return this.#fit?.step;
  }

  /** Undefined while the link carries no sound of a stethoscope, or nobody knows. */
  get stethoscope(): LinkFit['stethoscope'] {
    return this.#fit?.stethoscope;
  }

  /** Something fits what is sent here to the link. */
  get isFitted(): boolean {
    return this.#fit !== undefined;
  }

  /** Asks the server to stop sending pictures, or to send them again; those of people who come later too. */
  setVideoWanted(isWanted: boolean): void {
    this.#tracks.setVideoWanted(isWanted);
  }

  /** Everything in the room as the server has it: what is missing comes, what is gone goes. */
  async apply({ peers, consumers, speaker }: RoomContent): Promise<void> {
    this.#speaker = speaker;
    // Who went while one was away is fitted to no more.
    for (const peerId of this.#peers.keys())
      if (!peers.some((peer) => peer.peerId === peerId)) this.#fit?.forget(peerId);
    this.#peers.clear();
    for (const peer of peers) this.#peers.set(peer.peerId, peer);
    this.#fit?.setWatched(this.#peers.size > 0);
    this.#tracks.keepOnly(consumers);
    this.#options.onChange();
    await this.#tracks.receive(consumers);
  }

  handle(notification: SessionNotification): void {
    switch (notification.name) {
      case 'peer:joined':
        this.#peers.set(notification.data.peerId, notification.data);
        break;
      case 'peer:closed':
        this.#peers.delete(notification.data.peerId);
        this.#fit?.forget(notification.data.peerId);
        this.#tracks.dropOf(notification.data.peerId);
        break;
      case 'peer:suspended':
      case 'peer:resumed':
        this.#setPeer(notification.data.peerId, { isReachable: notification.name === 'peer:resumed' });
        break;
      case 'peer:stepped':
        this.#setPeer(notification.data.peerId, { step: notification.data.step });
        break;
      case 'consumer:created':
        void this.#tracks.receive([notification.data]);
        break;
      case 'consumer:closed':
        this.#tracks.drop(notification.data.consumerId);
        break;
      case 'consumer:paused':
      case 'consumer:resumed':
        this.#tracks.note(notification.data.consumerId, { isPaused: notification.name === 'consumer:paused' });
        break;
      case 'consumer:held':
        this.#tracks.note(notification.data.consumerId, { isHeld: notification.data.isHeld });
        break;
      case 'speaker:changed':
        this.#speaker = notification.data.peerId;
        break;
    }
    this.#fit?.setWatched(this.#peers.size > 0);
    this.#options.onChange();
  }

  /** The server is back: say again what it has not confirmed, and look at the paths. */
  async resync(content: RoomContent): Promise<void> {
    // At once: what is announced from here on is newer, and would be taken for gone.
    const applied = this.apply(content);
    await this.#telling.again();
    for (const source of MEDIA_SOURCES) this.#senders[source].sync();
    this.nudge();
    await applied;
  }

  /** The network is back. */
  nudge(): void {
    for (const keeper of this.#keepers) keeper.nudge();
  }

  /** The network may be another one, or the page was asleep: look whether the paths are still there. */
  doubt(): void {
    void this.#watch?.hint();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#telling.close();
    this.#watch?.close();
    for (const keeper of this.#keepers) keeper.close();
    this.#fit?.close();
    this.#tracks.close();
    for (const source of MEDIA_SOURCES) this.#senders[source].close();
    this.#send.close();
    this.#recv.close();
  }

  /** The sound of each person tells how the way from them is. */
  #listen({ peerId, source }: RoomConsumer, receiver: RTCRtpReceiver): void {
    const { transforms } = this.#options.voice;
    const { answer } = this.#options;
    // A stethoscope tells while the talk is muted for it.
    if (transforms === undefined || KIND_OF_SOURCE[source] !== 'audio') return;
    transforms.attachToReceiver(receiver, answer.isVoiceRedundant, (reading) => {
      this.#watch?.heard();
      this.#fit?.note(peerId, reading, receiver);
    });
  }

  /** That picture stands. One that is a still each few seconds does so most of the time. */
  #renew(trackId: string): void {
    const found = this.#tracks.find(trackId);
    if (found === undefined || this.#peers.get(found.peerId)?.step?.step === 'still') return;
    const { signalling } = this.#options;
    signalling.call('consumer:renew', { consumerIds: [found.consumerId] }).catch(() => undefined);
  }

  #setPeer(peerId: string, change: Partial<RoomPeer>): void {
    const peer = this.#peers.get(peerId);
    if (peer !== undefined) this.#peers.set(peerId, { ...peer, ...change });
  }

  /** Said again after an absence, as it is then. */
  #stepped(): void {
    this.#options.onChange();
    void this.#telling.tell('step', async () => {
      if (this.#fit === undefined) return;
      const { step, why = null } = this.#fit.step;
      await this.#options.signalling.call('sender:step', { step, why });
    });
  }

  #lost(): void {
    if (!this.#isClosed) this.#options.onLost();
  }
}
