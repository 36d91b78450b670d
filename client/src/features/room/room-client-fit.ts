import type { CallStep, StepState } from '@jaqyn/shared/media/call-step';
import type { MediaProfile } from '@jaqyn/shared/media/media-profile';
import type { NotificationData, ResponseData } from '@jaqyn/shared/signalling/events';
import { isLater } from '@jaqyn/shared/signalling/way-report-bytes';
import type { types } from 'mediasoup-client';
import type { Signalling } from '../../lib/signalling.ts';
import { SendGovernor, type SentPicture } from './room-client-governor.ts';
import { ReportLine } from './room-client-line.ts';
import { ReceiverReporter } from './room-client-reporter.ts';
import type { SourceSender } from './room-client-sender.ts';
import type { VoiceReading } from './voice-worker-messages.ts';

interface Options {
  readonly profile: MediaProfile;
  readonly send: types.Transport;
  readonly recv: types.Transport;
  readonly signalling: Signalling;
  readonly hold: CallStep | undefined;
  readonly hasSilentReceivers: boolean;
  /** What is sent gets lost on the way: said once. */
  readonly onLossy: () => void;
  readonly senders: () => Readonly<Record<'microphone' | 'camera' | 'examination' | 'stethoscope', SourceSender>>;
  /** Whose track arrives under this id. */
  readonly ownerOf: (trackId: string) => string | undefined;
  readonly receiverOf: (trackId: string) => RTCRtpReceiver | undefined;
  /** A picture stands though packets of it come. */
  readonly onStanding: (trackId: string) => void;
  /** For reports, beside the media; undefined: there is none. */
  readonly reportLine: ResponseData<'room:join'>['reportLine'];
  /** Heard beside the media. */
  readonly onAdvice: (advice: NotificationData<'sender:advised'>) => void;
  /** The step is another one; said to the server by the session, which knows when it is back. */
  readonly onStep: () => void;
}

/** From so much on Chromium's own estimate is of the loss, not of the link (docs/decisions/056). */
const LOSSY_PERCENT = 2;
const LOSSY_REPORTS = 2;
/** And so many points more, divided by the reports there have been: of the sixteen packets of a first second one that is lost is 6 %. */
const LOSSY_DOUBT = 8;

/** How a session fits the link in both directions: it tells others how their sound arrives here, and follows what they tell. */
export class LinkFit {
  static create(options: Options): LinkFit {
    return new LinkFit(options);
  }

  readonly #reporter: ReceiverReporter;
  readonly #governor: SendGovernor;
  readonly #line: ReportLine | undefined;
  /** The number of the last report of each receiver. */
  readonly #sequences = new Map<string, number>();
  #advice: NotificationData<'sender:advised'> | undefined;
  /** Reports, and those of loss in a row, by receiver. */
  readonly #lossy = new Map<string, { readonly reports: number; readonly inRow: number }>();
  readonly #onLossy: () => void;
  #isLossy = false;

  private constructor(options: Options) {
    this.#onLossy = options.onLossy;
    const {
      profile,
      send,
      recv,
      signalling,
      hold,
      hasSilentReceivers,
      senders,
      ownerOf,
      receiverOf,
      onStanding,
      onStep,
      reportLine: offered,
    } = options;
    this.#line = offered && ReportLine.create({ send, recv, offered, onAdvice: options.onAdvice });
    this.#reporter = ReceiverReporter.create({
      transport: recv,
      signalling,
      ownerOf,
      receiverOf,
      onStanding,
      line: () => this.#line,
    });
    this.#governor = SendGovernor.create({
      profile,
      transport: send,
      hold,
      hasSilentReceivers,
      onVoice: (plan) => senders().microphone.setVoice(plan),
      onTalk: (isSent) => senders().microphone.setTalking(isSent),
      onPicture: (picture) => senders().camera.setPicture(picture),
      onExamination: (picture) => senders().examination.setPicture(picture),
      onStethoscope: (plan) => {
        senders().stethoscope.setSound(plan);
        onStep();
      },
      onStep,
    });
  }

  get voice(): SendGovernor['voice'] {
    return this.#governor.voice;
  }

  get isTalking(): boolean {
    return this.#governor.isTalking;
  }

  get picture(): SentPicture | undefined {
    return this.#governor.picture;
  }

  get step(): StepState {
    return this.#governor.step;
  }

  get examination(): SentPicture | undefined {
    return this.#governor.examination;
  }

  get stethoscope(): SendGovernor['stethoscope'] {
    return this.#governor.stethoscope;
  }

  setExamination(isOn: boolean): void {
    this.#governor.setExamination(isOn);
  }

  setStethoscope(isOn: boolean): void {
    this.#governor.setStethoscope(isOn);
  }

  /** The last that was heard of how one's own sound arrives. */
  get advice(): NotificationData<'sender:advised'> | undefined {
    return this.#advice;
  }

  setHold(hold: CallStep | undefined): void {
    this.#governor.setHold(hold);
  }

  setCamera(isOn: boolean): void {
    this.#governor.setCamera(isOn);
  }

  setMuted(isMuted: boolean): void {
    this.#governor.setMuted(isMuted);
  }

  setWatched(isWatched: boolean): void {
    this.#governor.setWatched(isWatched);
  }

  advise(advice: NotificationData<'sender:advised'>): void {
    const { peerId, sequence } = advice;
    if (sequence !== undefined) {
      if (!isLater(sequence, this.#sequences.get(peerId))) return;
      this.#sequences.set(peerId, sequence);
    }
    this.#advice = advice;
    this.#reporter.noteTrip(advice.peerId, advice.rttMs);
    this.#governor.advise(advice);
    this.#noteLoss(advice);
  }

  limit(bitsPerSecond: number): void {
    this.#governor.limit(bitsPerSecond);
  }

  /** One report may be of one burst. */
  #noteLoss({ peerId, lostPercent }: NotificationData<'sender:advised'>): void {
    if (this.#isLossy) return;
    const before = this.#lossy.get(peerId) ?? { reports: 0, inRow: 0 };
    const reports = before.reports + 1;
    const inRow = lostPercent >= LOSSY_PERCENT + LOSSY_DOUBT / reports ? before.inRow + 1 : 0;
    this.#lossy.set(peerId, { reports, inRow });
    if (inRow < LOSSY_REPORTS) return;
    this.#isLossy = true;
    this.#onLossy();
  }

  note(peerId: string, reading: VoiceReading, receiver: RTCRtpReceiver): void {
    this.#reporter.note(peerId, reading, receiver);
    this.#governor.hear(peerId, reading);
  }

  forget(peerId: string): void {
    this.#lossy.delete(peerId);
    this.#sequences.delete(peerId);
    this.#reporter.forget(peerId);
    this.#governor.forget(peerId);
  }

  close(): void {
    this.#governor.close();
    this.#reporter.close();
  }
}
