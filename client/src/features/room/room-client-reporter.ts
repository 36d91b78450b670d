import type { PeerId } from '@jaqyn/shared/kernel/ids';
import { nextStall, type PictureStall } from '@jaqyn/shared/media/picture-stall';
import type { types } from 'mediasoup-client';
import type { Signalling } from '../../lib/signalling.ts';
import type { ReportLine } from './room-client-line.ts';
import { PictureWaits, setWait } from './room-client-picture-wait.ts';
import { type ReceivedBytes, readReceivedBytes } from './room-client-stats.ts';
import type { VoiceReading } from './voice-worker-messages.ts';

interface Options {
  readonly transport: types.Transport;
  readonly signalling: Signalling;
  /** Whose track arrives under this id. */
  readonly ownerOf: (trackId: string) => string | undefined;
  readonly receiverOf: (trackId: string) => RTCRtpReceiver | undefined;
  /** A picture stands though packets of it come; not more often than a whole one takes. */
  readonly onStanding: (trackId: string) => void;
  /** Beside the media; undefined: there is none. */
  readonly line: () => Pick<ReportLine, 'isOpen' | 'say'> | undefined;
}

interface Heard {
  readonly reading: VoiceReading;
  /** ms that the sound waits for copies. */
  readonly waitMs: number;
  readonly at: number;
  /** Since when its way has been busy, or not for long not; undefined: it is not. */
  readonly busySince: number | undefined;
  readonly busyAt: number;
  toldAt: number;
  /** And over the socket. */
  toldThereAt: number;
}

const LOOK_MS = 250;
/** A way that has just become busy is looked at, and told of, before its turn: for so long, and so often. */
const SUDDEN_MS = 600;
const SUDDEN_LOOK_MS = 100;
/** Only after so long without: a way that trembles about the mark would be told of ten times a second, and fill the thin way up with it. */
const QUIET_MS = 3000;
/** Where nobody's way is busy a look is enough so often: reading counters is what an old computer does longest in a call. */
const CALM_LOOK_MS = 450;
/** Pictures are looked at so often. */
const PICTURE_MS = 950;
/** Over so long the rate of what arrives is taken. */
const RATE_WINDOW_MS = 650;
/** How often the sender hears of a way that is well, looks being as far apart as they are, and of one that is not. */
const CALM_MS = 900;
const BUSY_MS = 240;
/** More queue than a way that is well has. */
const BUSY_QUEUE_MS = 100;
/** A reading older than this says nothing of now. */
const FRESH_MS = 600;
/** With a line beside the media the socket is told so often: a line may be open and carry nothing. */
const SOCKET_MS = 3000;
/** Answers that are not there yet: more would only lengthen the queue. */
const MAX_UNANSWERED = 4;
/** A little loss needs no waiting for copies. */
const WAIT_FROM_PERCENT = 0.8;

/** Tells each sender, through the server, how its sound arrives here, and lets the browser wait for what is lost. */
export class ReceiverReporter {
  static create(options: Options): ReceiverReporter {
    return new ReceiverReporter(options);
  }

  readonly #options: Options;
  readonly #heard = new Map<string, Heard>();
  readonly #trips = new Map<string, number>();
  readonly #waits: PictureWaits;
  #stalls: ReadonlyMap<string, PictureStall> = new Map();
  #picturesAt = Number.NEGATIVE_INFINITY;
  readonly #timer: ReturnType<typeof setInterval>;
  #received: ReceivedBytes[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;
  #unanswered = 0;
  #sequence = 0;

  private constructor(options: Options) {
    this.#options = options;
    this.#waits = PictureWaits.create(options.receiverOf);
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
  }

  /** A reading of the sound of this peer. */
  note(peerId: string, reading: VoiceReading, receiver: RTCRtpReceiver): void {
    const never = Number.NEGATIVE_INFINITY;
    const before = this.#heard.get(peerId);
    const { toldAt, toldThereAt, busyAt: lastBusyAt } = before ?? { toldAt: never, toldThereAt: never, busyAt: never };
    // Copies help only who waits for them.
    const waitMs = reading.lostPercent > WAIT_FROM_PERCENT ? Math.round(reading.reachMs) : 0;
    const at = performance.now();
    const busyAt = isBusyWay(reading) ? at : lastBusyAt;
    const busySince = at - lastBusyAt < QUIET_MS ? before?.busySince : isBusyWay(reading) ? at : undefined;
    const heard = { reading, waitMs, at, busySince, busyAt, toldAt, toldThereAt };
    this.#heard.set(peerId, heard);
    setWait(receiver, waitMs);
    // Each moment until the sender knows is as much queue again.
    if (isSudden(heard) && at - this.#lookedAt >= SUDDEN_LOOK_MS) void this.#look();
  }

  /** How long a round trip takes between this peer and the server. */
  noteTrip(peerId: string, rttMs: number): void {
    this.#trips.set(peerId, rttMs);
  }

  forget(peerId: string): void {
    this.#heard.delete(peerId);
    this.#trips.delete(peerId);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (!this.#isBusy() && performance.now() - this.#lookedAt < CALM_LOOK_MS) return;
    this.#lookedAt = performance.now();
    const now = await readReceivedBytes(this.#options.transport);
    if (now === undefined) return;
    this.#noteStalls(now);
    if (performance.now() - this.#picturesAt >= PICTURE_MS) this.#notePictures(now);
    if (this.#heard.size === 0) return;
    const before = this.#received.findLast(({ at }) => at <= now.at - RATE_WINDOW_MS);
    this.#received = [...this.#received.filter(({ at }) => at > now.at - 2000), now];
    if (before === undefined) return;
    const bpsOf = (bytes: number) => Math.max(0, (8000 * bytes) / (now.at - before.at));
    const { ownerOf } = this.#options;
    const voices = new Map<string, number>();
    const pictures = new Map<string, number>();
    for (const [trackId, { kind, bytes }] of now.byTrack) {
      const peerId = ownerOf(trackId);
      if (peerId === undefined) continue;
      const came = bpsOf(bytes - (before.byTrack.get(trackId)?.bytes ?? bytes));
      const byPeer = kind === 'audio' ? voices : pictures;
      byPeer.set(peerId, (byPeer.get(peerId) ?? 0) + came);
    }
    const receivedBps = bpsOf(now.bytes - before.bytes);
    for (const [peerId, heard] of this.#heard) {
      // A sender takes what arrives for what the link carries of theirs: what others send over it is not for them to take. Whose picture is
      // held back would have the place of the one that is not.
      const isSeen = (pictures.get(peerId) ?? 0) > 0;
      const ofOthers = sumOfOthers(voices, peerId) + (isSeen ? sumOfOthers(pictures, peerId) : 0);
      this.#tell(peerId, heard, Math.max(0, receivedBps - ofOthers), now.rttMs ?? 0);
    }
  }

  #isBusy(): boolean {
    return [...this.#heard.values()].some(({ reading }) => isBusyWay(reading));
  }

  #noteStalls({ byTrack }: ReceivedBytes): void {
    const now = performance.now();
    const pictures = [...byTrack].filter(([, { kind }]) => kind === 'video');
    this.#stalls = new Map(
      pictures.map(([trackId, counters]) => [trackId, nextStall(this.#stalls.get(trackId), now, counters)]),
    );
    for (const [trackId, { askedAt }] of this.#stalls) if (askedAt === now) this.#options.onStanding(trackId);
  }

  #notePictures({ byTrack, rttMs: ownMs = 0 }: ReceivedBytes): void {
    this.#picturesAt = performance.now();
    const pictures = new Map([...byTrack].filter(([, { kind }]) => kind === 'video'));
    this.#waits.note(pictures, this.#picturesAt, (trackId) => {
      const peerId = this.#options.ownerOf(trackId) ?? '';
      const theirsMs = this.#trips.get(peerId) ?? 0;
      return { voiceWaitMs: this.#heard.get(peerId)?.waitMs ?? 0, rttMs: Math.max(ownMs, theirsMs) };
    });
  }

  #tell(peerId: string, heard: Heard, receivedBps: number, rttMs: number): void {
    const { signalling, line } = this.#options;
    const now = performance.now();
    const { queueMs, jitterMs, lostPercent, burstMs } = heard.reading;
    const isDue = now - heard.toldAt >= pauseAfter(heard) && now - heard.at < FRESH_MS;
    if (!isDue) return;
    const beside = line();
    const isBeside = beside?.isOpen ?? false;
    const canSay = signalling.isConnected && this.#unanswered < MAX_UNANSWERED;
    const isSaid = canSay && (!isBeside || now - heard.toldThereAt >= SOCKET_MS);
    if (!isBeside && !isSaid) return;
    heard.toldAt = now;
    this.#sequence = (this.#sequence + 1) % 0x1_0000;
    const measured = rounded({ queueMs, jitterMs, lostPercent, burstMs, receivedBps, rttMs });
    const report = { ...measured, peerId: peerId as PeerId, sequence: this.#sequence };
    if (isBeside) beside?.say(report);
    if (!isSaid) return;
    heard.toldThereAt = now;
    this.#unanswered += 1;
    signalling
      .call('receiver:report', report)
      // Too late is as good as never: the next one says more.
      .catch(() => undefined)
      .finally(() => {
        this.#unanswered -= 1;
      });
  }
}

function isSudden({ reading, at, busySince = at }: Heard): boolean {
  return isBusyWay(reading) && at - busySince < SUDDEN_MS;
}

/** ms between two reports. */
function pauseAfter(heard: Heard): number {
  if (isSudden(heard)) return 0.9 * SUDDEN_LOOK_MS;
  return isBusyWay(heard.reading) ? BUSY_MS : CALM_MS;
}

function isBusyWay({ queueMs, jitterMs }: VoiceReading): boolean {
  return queueMs > BUSY_QUEUE_MS + jitterMs / 2;
}

function rounded<T extends Record<string, number>>(values: T): T {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Math.round(value * 10) / 10])) as T;
}

function sumOfOthers(byPeer: ReadonlyMap<string, number>, peerId: string): number {
  let sum = 0;
  for (const [other, bps] of byPeer) if (other !== peerId) sum += bps;
  return sum;
}
