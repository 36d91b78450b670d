import type { ChatMessage } from '@jaqyn/shared/consultations/consultation.contract';
import type { MessageId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { CallStep } from '@jaqyn/shared/media/call-step';
import type { WayOut } from '@jaqyn/shared/media/way-out';
import type { PeerCloseReason } from '@jaqyn/shared/signalling/room';
import type { types } from 'mediasoup-client';
import { addDiagnostics } from '../../lib/diagnostics.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';
import { createStore } from '../../lib/store.ts';
import { onWake } from '../../lib/wake.ts';
import { openEarly } from './device-early.ts';
import { browserMemory, type DeviceMemory, type DeviceNews } from './device-memory.ts';
import { type ChatOutbox, RoomChat } from './room-client-chat.ts';
import { RoomCurtain } from './room-client-curtain.ts';
import type { DeviceSource } from './room-client-devices.ts';
import {
  forgetCapabilities,
  learnCapabilities,
  type Media,
  prepareMedia,
  receivable,
  takeMedia,
} from './room-client-media.ts';
import { type ExtraSource, OutgoingTracks, type StartOptions } from './room-client-outgoing.ts';
import { type CallReading, CallSampler } from './room-client-sampler.ts';
import { RoomSession, SESSION_NOTIFICATIONS, type SessionNotification } from './room-client-session.ts';
import { type RoomStats, readStats, readWay } from './room-client-stats.ts';
import {
  type ConnectionFacts,
  deriveConnection,
  INITIAL_ROOM_STATE,
  type RoomConnection,
  type RoomState,
} from './room-state.ts';

interface Options {
  readonly requestId: RequestId;
  readonly signalling: Signalling;
  readonly loadMessages: (afterSeq: number) => Promise<readonly ChatMessage[]>;
  /** Where chat waits that is not stored yet. */
  readonly outbox?: ChatOutbox | undefined;
  /** Undefined on an insecure page: the person listens and reads, and is told why. */
  readonly mediaDevices: MediaDevices | undefined;
  /** Which devices were chosen before; without one any will do. */
  readonly memory?: DeviceMemory | undefined;
  /** The patient sits before this camera: a curtain holds back what is sent from here. */
  readonly hasPatient?: boolean;
  /** For tests without a browser. */
  readonly createDevice?: () => Promise<types.Device>;
}

const UNFITTED_SOUND_BPS = 64_000;

/** Milliseconds between attempts to get in. */
const RETRY_MS = [300, 700, 1500, 3000, 5000] as const;
/** ms between two looks at how packets get out. */
const WAY_MS = 3000;
/** Joining waits for a media worker, which may have to be started first. */
const JOIN_TIMEOUT_MS = 20_000;

/**
 * A person's stay in the room of one consultation, from `start()` to `leave()`. In between it looks after itself: a new socket takes
 * up the old place, a lost path gets an ICE restart, a dead media worker or a restarted server a new join, with the same camera and
 * microphone. It never ends the call by itself; only the person, another tab of theirs, or the server's clear no does.
 */
export class RoomClient {
  static create(options: Options): RoomClient {
    return new RoomClient(options);
  }

  /** While it rings: what does not depend on who calls is made before the answer. Never throws. */
  static prepare(signalling: Signalling): void {
    prepareMedia(signalling);
  }

  /** At the press that leads to a room: this computer's devices; answers how to let go of them. Never throws. */
  static openDevices(): () => void {
    return openEarly(navigator.mediaDevices, browserMemory);
  }

  /** Before anybody calls: what this server carries. Never throws. */
  static learn(signalling: Signalling): void {
    learnCapabilities(signalling);
  }

  readonly #options: Options;
  readonly #store = createStore<RoomState>(INITIAL_ROOM_STATE);
  readonly #outgoing: OutgoingTracks;
  readonly #chat: RoomChat;
  readonly #stops: (() => void)[];
  readonly #sampler: CallSampler;
  readonly #curtain: RoomCurtain;
  #session: RoomSession | undefined;
  #media: Media | undefined;
  #isStarted = false;
  #deviceNews: DeviceNews | undefined;
  #way: WayOut | null = null;
  #end: ConnectionFacts['end'];
  /** The server's process that let us in. */
  #serverRun: string | undefined;
  /** A new socket does not know us yet. */
  #needsResume = false;
  /** The best step that the person allows; undefined: whatever fits. */
  #hold: CallStep | undefined;
  /** Something was announced while no session could hear it. */
  #missedSome = false;
  #wake: () => void = () => undefined;

  private constructor(options: Options) {
    this.#options = options;
    const { requestId, signalling, mediaDevices, loadMessages, outbox } = options;
    this.#outgoing = OutgoingTracks.create({
      mediaDevices,
      memory: options.memory,
      hasPatient: options.hasPatient === true,
      curtain: () => this.#curtain.shown,
      send: (source, wanted) => this.#session?.setSending(source, wanted),
      onChange: () => this.#update(),
      onNews: (news) => {
        this.#deviceNews = news;
        this.#update();
      },
    });
    this.#chat = RoomChat.create({ requestId, signalling, loadMessages, outbox, onChange: () => this.#update() });
    this.#curtain = RoomCurtain.create({ signalling, onChange: () => this.#curtainChanged() });
    this.#sampler = CallSampler.create({ signalling, read: () => this.#read() });
    const hear = (notification: SessionNotification) => {
      if (this.#session === undefined) this.#missedSome = true;
      else this.#session.handle(notification);
    };
    const onOnline = () => {
      this.#session?.nudge();
      this.#session?.doubt();
    };
    const network = networkOf(globalThis.navigator);
    globalThis.addEventListener?.('online', onOnline);
    network?.addEventListener('change', onOnline);
    const wayTimer = setInterval(() => void this.#lookAtWay(), WAY_MS);
    this.#stops = [
      ...SESSION_NOTIFICATIONS.map((name) =>
        signalling.on(name, (data) => hear({ name, data } as SessionNotification)),
      ),
      signalling.on('curtain:changed', ({ curtain }) => this.#session !== undefined && this.#curtain.apply(curtain)),
      signalling.on('sender:advised', (advice) => this.#session?.advise(advice)),
      signalling.on('sender:limited', ({ bitsPerSecond }) => this.#session?.limit(bitsPerSecond)),
      signalling.on('room:moved', (moved) => moved.requestId === requestId && this.#drop()),
      signalling.on('room:closed', (closed) => closed.requestId === requestId && this.#roomClosed(closed.reason)),
      signalling.on('session:ended', () => this.#sessionEnded()),
      signalling.onConnected(() => this.#serverIsBack()),
      signalling.onDisconnected(() => this.#update()),
      onWake(() => this.#session?.doubt()),
      () => clearInterval(wayTimer),
      () => globalThis.removeEventListener?.('online', onOnline),
      () => network?.removeEventListener('change', onOnline),
      addDiagnostics('room', () => this.#describe()),
      () => this.#sampler.close(),
    ];
  }

  getState = (): RoomState => this.#store.get();
  subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  /** One's own name in the room; undefined while out of it. */
  get peerId(): string | undefined {
    return this.#session?.peerId;
  }

  /** Goes in and stays in. The second time nothing happens. */
  start(options: StartOptions = {}): void {
    if (this.#isStarted || this.#end !== undefined) return;
    this.#isStarted = true;
    // Devices and server at the same time: whichever is ready first does not wait for the other.
    this.#outgoing.open(options);
    this.#chat.catchUp();
    this.#update();
    void this.#live();
  }

  /** Leaves, lets the devices go and tells the others. Everything typed into the chat that is not stored yet is still sent first. */
  async leave(): Promise<void> {
    if (this.#end !== undefined) return;
    const wasIn = this.#session !== undefined;
    this.#finish({ kind: 'left', reason: 'by_self' });
    // When the server cannot be told it notices by itself, half a minute later.
    if (wasIn) await this.#options.signalling.call('room:leave', {}).catch(() => undefined);
  }

  /** Leaves and stops listening; for when the screen goes. */
  close(): void {
    void this.leave();
    this.#chat.close();
    for (const stop of this.#stops.splice(0)) stop();
  }

  setMicrophoneMuted(isMuted: boolean): void {
    this.#outgoing.setMuted(isMuted);
  }

  /** Switches the camera (or a microphone that was off) on or off; off lets the device go. Never throws: see the track's state. */
  async setDeviceOn(source: DeviceSource, isOn: boolean): Promise<void> {
    await this.#outgoing.setDeviceOn(source, isOn);
  }

  /** Pictures stop both ways, at the sender and at the server, so that neither link carries them; or come back. */
  setVoiceOnly(isOn: boolean): void {
    if (this.#outgoing.isVoiceOnly === isOn) return;
    this.#session?.setVideoWanted(!isOn);
    this.#outgoing.setVoiceOnly(isOn);
    this.#update();
  }

  /** Hides the patient from everybody, or not any more; see RoomCurtain. */
  setCurtain(isDrawn: boolean, hidesSound = false): void {
    this.#curtain.set({ isDrawn, hidesSound });
  }

  /** Sends a track of an examination, through every rejoin until it is null. `onRefused` hears of a server that takes none. */
  setExtra(
    source: ExtraSource,
    track: MediaStreamTrack | null,
    onRefused: (problem: ProblemError) => void = () => {},
  ): void {
    this.#outgoing.setExtra(source, track, onRefused);
    this.#update();
  }

  /** At most so much of a picture is sent from here, whatever the link carries; undefined: as much as fits. */
  setHold(hold: CallStep | undefined): void {
    if (this.#hold === hold) return;
    this.#hold = hold;
    this.#session?.setHold(hold);
    this.#update();
  }

  /** Throws ProblemError when that device is not to be had; the one before goes on. */
  async switchDevice(source: DeviceSource, deviceId: string): Promise<void> {
    await this.#outgoing.switchDevice(source, deviceId);
  }

  sendChat(text: string): void {
    this.#chat.send(text);
  }

  retryChat(id: MessageId): void {
    this.#chat.retry(id);
  }

  /** Undefined while not in the room. */
  async getStats(): Promise<RoomStats | undefined> {
    return this.#session === undefined ? undefined : readStats(this.#session.transports);
  }

  /** It changes with the path, which the browser does not tell. */
  async #lookAtWay(): Promise<void> {
    const session = this.#session;
    const way = session === undefined ? null : await readWay(session.transports).catch(() => null);
    if (way === this.#way || session !== this.#session) return;
    this.#way = way;
    this.#update();
  }

  async #read(): Promise<CallReading | undefined> {
    const session = this.#session;
    if (session === undefined) return undefined;
    const stats = await readStats(session.transports);
    return { at: performance.now(), stats, queueMs: session.queueMs, step: session.step };
  }

  /** The one place that joins and resumes, one step at a time, until it is over. */
  async #live(): Promise<void> {
    let failures = 0;
    while (this.#end === undefined) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      try {
        if (!this.#options.signalling.isConnected) await woken;
        else if (this.#session === undefined) await this.#join();
        else if (this.#needsResume) await this.#resume(this.#session);
        else await woken;
        failures = 0;
      } catch (error) {
        const problem = ProblemError.from(error);
        if (isFinal(problem)) return this.#finish({ kind: 'failed', problem });
        const pause = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0;
        failures += 1;
        await Promise.race([woken, sleep(Math.max(pause, (problem.retryAfter ?? 0) * 1000))]);
      }
      this.#update();
    }
  }

  async #join(): Promise<void> {
    const { signalling, requestId } = this.#options;
    this.#missedSome = false;
    this.#needsResume = false;
    const media = await this.#loadMedia();
    const { version, voice, profile } = media;
    for (let trip = 0; trip < profile.join.extraRoundTrips; trip += 1) await signalling.call('media:capabilities', {});
    const data = {
      requestId,
      capabilitiesVersion: version,
      rtpCapabilities: receivable(voice.device.recvRtpCapabilities, profile) as never,
      hasRed: voice.skill !== 'none',
      isVideoWanted: !this.#outgoing.isVoiceOnly,
    };
    const answer = await signalling.call('room:join', data, { timeoutMs: JOIN_TIMEOUT_MS }).catch((error: unknown) => {
      // Another version of the server has come up meanwhile.
      if (hasStaleCapabilities(error)) {
        this.#forgetMedia();
        forgetCapabilities(signalling);
      }
      throw error;
    });
    // Left while the answer was on its way: the server has us in again.
    if (this.#end !== undefined) return void signalling.call('room:leave', {}).catch(() => undefined);
    voice.description.isRedundant = answer.isVoiceRedundant;
    const session = RoomSession.create({
      voice,
      answer,
      signalling,
      profile,
      isVideoWanted: !this.#outgoing.isVoiceOnly,
      hold: this.#hold,
      onChange: () => this.#update(),
      onLost: () => this.#session === session && this.#drop(),
      onRefused: (source, problem) => this.#outgoing.refuse(source, problem),
    });
    this.#serverRun = signalling.serverRun;
    // Known before the first picture leaves.
    this.#curtain.apply(answer.curtain);
    this.#session = session;
    this.#sampler.begin();
    this.#outgoing.publish();
    void this.#curtain.say();
    void this.#outgoing.resume();
    await session.apply(answer);
    if (this.#missedSome) this.#needsResume = true;
  }

  async #resume(session: RoomSession): Promise<void> {
    this.#needsResume = false;
    const { signalling, requestId } = this.#options;
    try {
      const content = await signalling.call('room:resume', { requestId, peerId: session.peerId });
      if (this.#session !== session) return;
      this.#curtain.apply(content.curtain);
      void this.#curtain.say();
      await session.resync(content);
    } catch (error) {
      if (ProblemError.from(error).code === 'room.not_joined') return this.#drop();
      this.#needsResume = true;
      throw error;
    }
  }

  async #loadMedia(): Promise<Media> {
    this.#media ??= await takeMedia(this.#options.signalling, this.#options.createDevice);
    return this.#media;
  }

  #forgetMedia(): void {
    this.#media?.voice.transforms?.close();
    this.#media = undefined;
  }

  /** What is in the session is over, the stay in the room is not. */
  #drop(): void {
    this.#session?.close();
    this.#session = undefined;
    this.#wake();
    this.#update();
  }

  #serverIsBack(): void {
    if (this.#media?.profile.recovery.isAutomatic === false) return this.#drop();
    // Another process knows nothing of us: asking it would take a round trip.
    if (this.#session !== undefined && this.#options.signalling.serverRun !== this.#serverRun) return this.#drop();
    this.#needsResume = this.#session !== undefined;
    this.#wake();
    this.#update();
  }

  #roomClosed(reason: PeerCloseReason): void {
    switch (reason) {
      case 'lost':
      case 'left':
        return this.#drop(); // given up on while we were on our way back
      case 'session_ended':
        return this.#sessionEnded();
      case 'replaced':
      case 'access_ended':
      case 'room_closed':
        return this.#finish({ kind: 'left', reason });
    }
  }

  /** Nobody is signed in: camera and microphone go off at once, and on again when the same person has signed in again. */
  #sessionEnded(): void {
    this.#outgoing.suspend();
    this.#drop();
  }

  #finish(end: Extract<RoomConnection, { kind: 'left' | 'failed' }>): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#outgoing.close();
    this.#session?.close();
    this.#session = undefined;
    this.#forgetMedia();
    this.#wake();
    this.#update();
  }

  #curtainChanged(): void {
    this.#outgoing.curtainChanged();
    this.#update();
  }

  #update(): void {
    const before = this.#store.get();
    const facts: ConnectionFacts = {
      end: this.#end,
      isStarted: this.#isStarted,
      isServerReached: this.#options.signalling.isConnected,
      media: this.#session?.health,
    };
    this.#store.set({
      connection: deriveConnection(before.connection, facts, performance.now()),
      // While coming back the last picture stays.
      peers: this.#end !== undefined ? [] : (this.#session?.peers ?? before.peers),
      speaker: this.#session?.speaker ?? null,
      microphone: this.#outgoing.state('microphone'),
      camera: this.#outgoing.state('camera'),
      deviceNews: this.#deviceNews,
      way: this.#session === undefined ? null : this.#way,
      messages: this.#chat.entries,
      isVoiceOnly: this.#outgoing.isVoiceOnly,
      hold: this.#hold,
      step: this.#session?.step ?? before.step,
      curtain: this.#curtain.shown,
      stethoscopeBps: this.#stethoscopeBps(),
    });
  }

  #stethoscopeBps(): number | undefined {
    if (!this.#outgoing.hasExtra('stethoscope') || this.#session === undefined) return undefined;
    // Where nothing fits it, it is sent as it is.
    if (!this.#session.isFitted) return UNFITTED_SOUND_BPS;
    const plan = this.#session.stethoscope;
    return plan?.isGood === true ? plan.opusBps : undefined;
  }

  #describe(): string {
    const { connection, microphone, camera, peers } = this.#store.get();
    return `${connection.kind} media=${this.#session?.health ?? 'none'} mic=${microphone.kind} cam=${camera.kind} peers=${peers.length}`;
  }
}

/** Chromium tells of another network, and of much else that changes; it is only looked after. */
function networkOf(navigator: Navigator | undefined): EventTarget | undefined {
  return (navigator as { connection?: EventTarget } | undefined)?.connection;
}

function hasStaleCapabilities(error: unknown): boolean {
  return error instanceof ProblemError && error.fields.some(({ path }) => path === 'capabilitiesVersion');
}

/** The server's clear no, or the browser's. Everything else (away, busy, restarting, too slow, signed out for now) is tried again. */
function isFinal(problem: ProblemError): boolean {
  if (problem.code === 'browser.no_calls') return true;
  if (hasStaleCapabilities(problem) || problem.code === 'room.closed' || problem.code === 'room.not_joined')
    return false;
  const { status } = problem;
  return status !== undefined && status >= 400 && status < 500 && status !== 401 && status !== 429;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
