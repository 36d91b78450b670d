import { type CallStep, FIRST_STEP, nextStep, STILL, type StepState, strictest } from '@jaqyn/shared/media/call-step';
import { FIRST_ENCODER, nextEncoder } from '@jaqyn/shared/media/encoder-load';
import {
  chooseExaminationPicture,
  chooseStethoscope,
  type PictureShares,
  type StethoscopePlan,
  sharePictures,
} from '@jaqyn/shared/media/examination-plan';
import type { MediaProfile } from '@jaqyn/shared/media/media-profile';
import { noteTrip, reportOfOwnWay, UNKNOWN_WAY } from '@jaqyn/shared/media/own-way';
import { choosePicture, LEAST_PICTURE_BPS, type PicturePlan } from '@jaqyn/shared/media/picture-plan';
import { RATE } from '@jaqyn/shared/media/send-rate';
import {
  adviseRates,
  forgetReceiver,
  resumeRates,
  type SendRates,
  startRates,
  tickRates,
} from '@jaqyn/shared/media/send-rates';
import {
  FIRST_TALK,
  isTalkSent,
  isTooBadToTalk,
  nextTalk,
  type TalkReport,
  type TalkState,
} from '@jaqyn/shared/media/talk';
import {
  FIRST_VOICE,
  nextVoice,
  sparingNeeds,
  type VoicePlan,
  type VoiceState,
  voiceWireBps,
  WIDE_BPS,
} from '@jaqyn/shared/media/voice-plan';
import { NO_VOICE_USE, noteVoiceUse, voiceNeedBps } from '@jaqyn/shared/media/voice-use';
import type { NotificationData } from '@jaqyn/shared/signalling/events';
import type { types } from 'mediasoup-client';
import { spareLine } from '../../lib/spare-line.ts';
import { AdviceBunch } from './advice-bunch.ts';
import { FileShare } from './file-share.ts';
import { readSent, type SentNow } from './room-client-stats.ts';

type Advice = NotificationData<'sender:advised'>;
/** How the sound of somebody else arrives here. */
type Heard = Pick<Advice, 'queueMs' | 'jitterMs' | 'lostPercent' | 'burstMs'>;

interface Options {
  readonly profile: MediaProfile;
  readonly transport: types.Transport;
  /** To be sent like this from now on; called only when something changed. */
  readonly onVoice: (plan: VoicePlan) => void;
  /** Whether the voice is sent at all: a link that does not carry it is left to writing, but for tries. */
  readonly onTalk: (isSent: boolean) => void;
  readonly onPicture: (picture: SentPicture | undefined) => void;
  /** The same of the second camera, and of the stethoscope; undefined: the link carries none. */
  readonly onExamination: (picture: SentPicture | undefined) => void;
  readonly onStethoscope: (plan: StethoscopePlan | undefined) => void;
  readonly onStep: (state: StepState) => void;
  /** The best step that the person allows; undefined: whatever fits. */
  readonly hold: CallStep | undefined;
  /** Somebody's browser cannot tell how sound arrives there (Firefox, Safari). */
  readonly hasSilentReceivers: boolean;
}

export interface SentPicture extends PicturePlan {
  readonly maxBps: number;
  /** Single pictures, one in so many ms; undefined: a moving one. */
  readonly stillEveryMs?: number;
}

const TICK_MS = 1000;
/** What the encoder may spend on a still: one key frame at this rate is sharp enough to read a face. */
const STILL_BPS = 40_000;
/** Of all that may be sent, with a file on its way; and of what the voice leaves, a sound beside one. */
const FILE_SHARE = 0.9;
const SOUND_BESIDE_FILE = 0.6;
/** The smallest picture that moves is taken up again from half of it on (picture-plan.ts). */
const FIRST_PICTURE_BPS = 24_000;
/** Reports come once a second; and sound that is older says nothing of now. */
const UNADVISED_MS = 6000;
const FRESH_MS = 2000;
/** How a second camera begins. */
const FIRST_EXAMINATION = { ms: 3000, plan: { divideBy: 4, fps: 2 } } as const;
/** Changes of the picture's rate below this are not worth telling the encoder. */
const INDIFFERENCE = 0.06;

/** Fits what this browser sends to what its receivers say of the way. The rules are shared/src/media's; here they meet the clock. */
export class SendGovernor {
  static create(options: Options): SendGovernor {
    return new SendGovernor(options);
  }

  readonly #options: Options;
  readonly #timer: ReturnType<typeof setInterval>;
  #rates: SendRates = startRates(performance.now());
  #voice: VoiceState = FIRST_VOICE;
  #voiceUse = NO_VOICE_USE;
  /** By receiver: the voice is sent as long as it comes through to one of them. */
  #talks = new Map<string, TalkState>();
  #isTalking = true;
  readonly #heard = new Map<string, Heard & { readonly at: number }>();
  readonly #advisedAt = new Map<string, number>();
  #limitBps = Number.POSITIVE_INFINITY;
  #step: StepState = FIRST_STEP;
  #hold: CallStep | undefined;
  #hasCamera = false;
  #picture: SentPicture | undefined;
  #sent: SentNow | undefined;
  #ownWay = UNKNOWN_WAY;
  #isMuted = false;
  #encoder = FIRST_ENCODER;
  #sentBps = 0;
  #isWatched = false;
  #watchedAt = 0;
  #hasExamination = false;
  #examination: SentPicture | undefined;
  #examinationSince = 0;
  #hasStethoscope = false;
  #stethoscope: StethoscopePlan | undefined;
  #isWide = false;
  readonly #files = FileShare.create();
  readonly #bunch = AdviceBunch.create((advice) => this.#follow(advice));

  private constructor(options: Options) {
    this.#options = options;
    this.#hold = options.hold;
    this.#timer = setInterval(() => void this.#tick(), TICK_MS);
  }

  /** What there is to begin with; nobody is told of it. */
  get voice(): VoicePlan {
    return this.#voice.plan;
  }

  get isTalking(): boolean {
    return this.#isTalking;
  }

  get picture(): SentPicture | undefined {
    return this.#picture;
  }

  get step(): StepState {
    return this.#step;
  }

  get examination(): SentPicture | undefined {
    return this.#examination;
  }

  get stethoscope(): StethoscopePlan | undefined {
    return this.#stethoscope;
  }

  setExamination(isOn: boolean): void {
    if (this.#hasExamination === isOn) return;
    this.#hasExamination = isOn;
    this.#examinationSince = performance.now();
    this.#apply();
  }

  setStethoscope(isOn: boolean): void {
    if (this.#hasStethoscope === isOn) return;
    this.#hasStethoscope = isOn;
    this.#apply();
  }

  setHold(hold: CallStep | undefined): void {
    this.#hold = hold;
    this.#apply();
  }

  setCamera(hasCamera: boolean): void {
    if (this.#hasCamera === hasCamera) return;
    this.#hasCamera = hasCamera;
    this.#apply();
  }

  /** Nobody can tell how a muted voice arrives: the picture keeps the rate it had. */
  setMuted(isMuted: boolean): void {
    this.#isMuted = isMuted;
  }

  /** Nobody in the room: nothing is sent into a thin link for nobody. */
  setWatched(isWatched: boolean): void {
    if (this.#isWatched === isWatched) return;
    this.#isWatched = isWatched;
    this.#watchedAt = performance.now();
    if (isWatched) this.#rates = resumeRates(this.#rates, performance.now());
    this.#talks.clear();
    this.#apply();
  }

  advise(advice: Advice): void {
    this.#bunch.add(advice);
  }

  #follow(advice: Advice): void {
    const now = performance.now();
    const rttMs = advice.rttMs + (this.#sent?.rttMs ?? 300);
    // Files arrive elsewhere and take the same way.
    const report = { ...advice, receivedBps: advice.receivedBps + this.#files.bps, rttMs };
    // Without a picture there is nothing to prove a higher rate with, and without a higher rate there would never be a picture. No more
    // than the smallest needs, or the best voice: the first picture would be sent at whatever nobody had proved.
    const hasNothing = !this.#isMoving() && !spareLine.isSending;
    const { totalBps } = this.#rates.thinnest;
    const isPictureWanted = this.#hasCamera && this.#hold !== 'voice';
    const isEnough = totalBps > (isPictureWanted ? this.#voiceNeedBps() + FIRST_PICTURE_BPS : WIDE_BPS);
    const sentBps = hasNothing && !isEnough ? totalBps : this.#sentBps;
    this.#rates = adviseRates(this.#rates, advice.peerId, now, sentBps, report);
    this.#advisedAt.set(advice.peerId, now);
    this.#files.noteQueue(advice, now);
    this.#noteTalk(advice.peerId, now, advice);
    this.#apply();
  }

  /** How much of pictures arrives, by the media server's reckoning; counts only while no receiver says how it is. */
  limit(bps: number): void {
    this.#limitBps = bps;
    this.#apply();
  }

  /**
   * How the sound of a receiver arrives here. It stands in for their reports where none come: a line that is full both ways carries no
   * reports either.
   */
  hear(peerId: string, heard: Heard): void {
    this.#heard.set(peerId, { ...heard, at: performance.now() });
  }

  /** That receiver is gone: nothing is fitted to them any more. */
  forget(peerId: string): void {
    this.#bunch.forget(peerId);
    this.#rates = forgetReceiver(this.#rates, peerId);
    this.#talks.delete(peerId);
    this.#heard.delete(peerId);
    this.#advisedAt.delete(peerId);
    this.#files.forget(peerId);
    this.#apply();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#bunch.close();
    spareLine.budgetBps = undefined;
  }

  async #tick(): Promise<void> {
    const sent = await readSent(this.#options.transport);
    if (sent === undefined) return;
    const before = this.#sent;
    this.#sent = sent;
    if (before !== undefined && sent.at > before.at) {
      const ms = sent.at - before.at;
      this.#files.tick(ms);
      this.#sentBps = this.#files.bps + Math.max(0, (8000 * (sent.bytes - before.bytes)) / ms);
      this.#noteVoice((8000 * (sent.voiceBytes - before.voiceBytes)) / ms);
      // A track that ended takes its seconds with it.
      const share = Math.max(0, (1000 * (sent.encodeSeconds - before.encodeSeconds)) / ms);
      const reading = { share, isLimited: sent.isCpuLimited, step: this.#step.step };
      this.#encoder = nextEncoder(this.#encoder, reading, performance.now());
    }
    this.#ownWay = noteTrip(this.#ownWay, performance.now(), sent.rttMs);
    // One trip is looked at for seconds: a tremble would count as often.
    if (this.#isMuted && sent.trips !== before?.trips) this.#goByOwnWay(performance.now());
    this.#rates = tickRates(this.#rates, performance.now(), this.#sentBps);
    for (const peerId of this.#talks.keys()) this.#judgeUnadvised(peerId, performance.now());
    this.#apply();
  }

  #goByOwnWay(now: number): void {
    const report = reportOfOwnWay(this.#ownWay, this.#sentBps);
    if (report === undefined) return;
    for (const [peerId, { loss }] of this.#rates.receivers) {
      if (now - (this.#advisedAt.get(peerId) ?? now) < FRESH_MS) continue;
      this.#rates = adviseRates(this.#rates, peerId, now, this.#sentBps, { ...report, ...loss });
    }
  }

  /** Without reports, and with what arrives from there as bad as it can be, the line is taken for what it looks like from here. */
  #judgeUnadvised(peerId: string, now: number): void {
    const heard = this.#heard.get(peerId);
    const isUnadvised = now - (this.#advisedAt.get(peerId) ?? now) >= UNADVISED_MS;
    const looksBad = heard !== undefined && now - heard.at < FRESH_MS && isTooBadToTalk(heard);
    if (!isUnadvised || !looksBad) return this.#noteTalk(peerId, now, undefined);
    const report = { ...heard, receivedBps: RATE.floorBps, rttMs: this.#sent?.rttMs ?? 300 };
    this.#rates = adviseRates(this.#rates, peerId, now, this.#sentBps, report);
    this.#noteTalk(peerId, now, report);
  }

  #noteTalk(peerId: string, now: number, report: TalkReport | undefined): void {
    const before = this.#talks.get(peerId) ?? FIRST_TALK;
    this.#talks.set(peerId, nextTalk(before, now, this.#rates.thinnest.totalBps, report));
  }

  #apply(): void {
    const { onVoice, onTalk, onPicture, onExamination, onStep } = this.#options;
    const { loss } = this.#rates;
    const { totalBps, linkBps } = this.#allowed();
    const { plan } = this.#voice;
    // While a queue is emptied there is a voice all the same: as the link will carry it, or a little less.
    const carriedBps = Math.max(totalBps, Math.min(0.85 * linkBps, RATE.ceilingBps));
    const soundBps = this.#stethoscope?.wireBps ?? 0;
    const needs = { ...loss, totalBps: Math.max(RATE.floorBps, carriedBps - soundBps) };
    const isEmptying = this.#rates.thinnest.drain !== undefined;
    this.#voice = nextVoice(this.#voice, isEmptying ? sparingNeeds(needs) : needs, performance.now());
    if (this.#voice.plan !== plan) onVoice(this.#voice.plan);
    const talks = [...this.#talks.values()];
    const isTalking = talks.length === 0 || talks.some((talk) => isTalkSent(talk, performance.now()));
    if (isTalking !== this.#isTalking) {
      this.#isTalking = isTalking;
      onTalk(isTalking);
    }

    const voiceBps = this.#voiceNeedBps();
    this.#applyStethoscope(carriedBps - voiceBps);
    const takenBps = voiceBps + (this.#stethoscope?.wireBps ?? 0);
    // The step is what the link carries. While a queue is emptied nothing of it may be sent, and that has no name.
    const carried = this.#share(carriedBps - takenBps);
    this.#isWide = carried.isWide;
    const { faceBps: pictureBps, faceLimit } = carried;
    const limit = strictest(faceLimit, this.#encoder.limit);
    const hasVoice = talks.length === 0 || talks.some(({ isCarried }) => isCarried);
    const facts = { pictureBps, hold: this.#hold, hasCamera: this.#hasCamera, limit, hasVoice };
    const step = nextStep(this.#step, facts, performance.now());
    if (step !== this.#step) {
      this.#step = step;
      onStep(step);
    }
    const now = this.#share(totalBps - takenBps);
    // What is planned is often not used: silence, a picture that stands still. Files take what was really left.
    const unusedBps = FILE_SHARE * totalBps - Math.max(takenBps, this.#sentBps - this.#files.bps);
    spareLine.budgetBps = this.#files.budget(Math.max(now.fileBps, unusedBps), this.#isWide || this.#hasExamination);
    const examination = this.#isWatched ? this.#examinationOf(now.examinationBps) : undefined;
    if (!isSamePicture(examination, this.#examination)) {
      this.#examination = examination;
      onExamination(examination);
    }
    const picture = this.#isWatched
      ? this.#pictureOf(step, now.faceBps, isEmptying ? pictureBps : now.faceBps)
      : undefined;
    if (isSamePicture(picture, this.#picture)) return;
    this.#picture = picture;
    onPicture(picture);
  }

  /** A still every few seconds proves no rate either. */
  #isMoving(): boolean {
    return this.#picture !== undefined && this.#picture.stillEveryMs === undefined;
  }

  /** What may be sent, and what the link was seen to carry; bit/s. */
  #allowed(): { totalBps: number; linkBps: number } {
    const { totalBps, linkBps = 0 } = this.#rates.thinnest;
    const lately = performance.now() - UNADVISED_MS;
    const isAdvised = [...this.#advisedAt.values()].some((at) => at > lately);
    const limitBps = isAdvised ? Number.POSITIVE_INFINITY : this.#limitBps + this.#voiceNeedBps();
    // What the server measures is all there is to go by.
    const isAlone = this.#options.hasSilentReceivers && this.#advisedAt.size === 0 && this.#watchedAt < lately;
    if (isAlone && Number.isFinite(limitBps)) return { totalBps: Math.min(limitBps, RATE.ceilingBps), linkBps };
    return { totalBps: Math.min(totalBps, limitBps), linkBps: Math.min(linkBps, limitBps) };
  }

  /** Who is muted begins to speak in a moment, and a second sound is not told apart from the voice. */
  #noteVoice(bps: number): void {
    const isVoice = this.#isTalking && !this.#isMuted && this.#stethoscope === undefined && bps >= 0;
    this.#voiceUse = isVoice ? noteVoiceUse(this.#voiceUse, voiceWireBps(this.#voice.plan), bps) : NO_VOICE_USE;
  }

  #voiceNeedBps(): number {
    return voiceNeedBps(this.#voiceUse, voiceWireBps(this.#voice.plan));
  }

  #share(bps: number): PictureShares {
    const wanted = { hasExamination: this.#hasExamination, isSendingFile: spareLine.isSending };
    return sharePictures(bps, wanted, this.#isWide);
  }

  /** Sound that is listened to goes before every picture. */
  #applyStethoscope(bps: number): void {
    const isOn = this.#hasStethoscope && this.#isWatched;
    // A file on its way stands still for no sound.
    const share = spareLine.isSending ? SOUND_BESIDE_FILE * bps : bps;
    const plan = isOn ? chooseStethoscope(share, this.#rates.loss.lostPercent) : undefined;
    const before = this.#stethoscope;
    if (plan?.opusBps === before?.opusBps && plan?.copies.length === before?.copies.length) return;
    this.#stethoscope = plan;
    this.#options.onStethoscope(plan);
  }

  #examinationOf(bps: number): SentPicture | undefined {
    const fitting = this.#hasExamination ? chooseExaminationPicture(bps, this.#examination) : undefined;
    if (fitting === undefined) return undefined;
    // A whole sharp picture takes seconds on a thin link: a small one first, to see that there is one.
    const isNew = performance.now() - this.#examinationSince < FIRST_EXAMINATION.ms;
    const plan = isNew ? FIRST_EXAMINATION.plan : fitting;
    return { ...plan, maxBps: Math.round(Math.min(700_000, Math.max(8000, bps - plan.fps * 8 * 60))) };
  }

  /**
   * While a queue is emptied the picture keeps the size that the link carries: with another it would begin anew with a whole one, twice,
   * and stand for as long as those take. What little may be sent of it moves it now and then.
   */
  #pictureOf({ step }: StepState, bps: number, carriedBps: number): SentPicture | undefined {
    if (step === 'still') {
      return { divideBy: STILL.divideBy, fps: 5, maxBps: STILL_BPS, stillEveryMs: STILL.everyMs };
    }
    const plan = step === 'voice' ? undefined : choosePicture(carriedBps, this.#picture, step === 'sharp' ? 1 : 2);
    if (plan === undefined || bps < LEAST_PICTURE_BPS) return undefined;
    // One packet a picture or more: what its headers cost is not the encoder's.
    const headers = plan.fps * 8 * 60;
    const { maxBps } = this.#options.profile.camera.layers[0];
    return { ...plan, maxBps: Math.round(Math.min(maxBps, Math.max(8000, bps - headers))) };
  }
}

function isSamePicture(a: SentPicture | undefined, b: SentPicture | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const isClose = Math.abs(a.maxBps - b.maxBps) < INDIFFERENCE * b.maxBps;
  return a.divideBy === b.divideBy && a.fps === b.fps && a.stillEveryMs === b.stillEveryMs && isClose;
}
