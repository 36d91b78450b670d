import type { StoredLinkSample } from '@jaqyn/shared/link-samples/link-sample.contract';
import { gradeOf, meanOpinion, rFactor, type VoiceGrade } from '@jaqyn/shared/link-samples/voice-quality';
import type { CallStep, StepReason } from '@jaqyn/shared/media/call-step';

export type Side = StoredLinkSample['side'];

/** A stretch without samples longer than so much is drawn as a gap, ms. */
const GAP_MS = 25_000;
/** Sound in a packet and the computer's own way, which no counter sees, ms. */
const UNSEEN_DELAY_MS = 80;

export interface QualityPoint {
  /** ms of the Unix clock. */
  readonly at: number;
  /** Of what was heard at this end; undefined while nothing was. */
  readonly r: number | undefined;
  readonly sentBps: number;
  readonly receivedBps: number;
  readonly step: CallStep | null;
  readonly why: StepReason | null;
}

export interface StepSpan {
  readonly from: number;
  readonly to: number;
  readonly step: CallStep;
  readonly why: StepReason | null;
}

export interface EndQuality {
  readonly side: Side;
  /** Runs of points without a gap between them. */
  readonly runs: readonly (readonly QualityPoint[])[];
  readonly steps: readonly StepSpan[];
  /** Mean opinion of the voice as it was heard there, from 1 to 4.5; undefined when nothing was heard. */
  readonly opinion: number | undefined;
  readonly grade: VoiceGrade | undefined;
  readonly worst: VoiceGrade | undefined;
  readonly sentBps: number;
  readonly receivedBps: number;
  /** Share of the sound that was made up, %. */
  readonly concealedPercent: number | undefined;
  readonly frozenSeconds: number;
}

export interface CallQuality {
  readonly from: number;
  readonly to: number;
  readonly ends: readonly EndQuality[];
}

/** What the samples of a call say of it; undefined when there are none. */
export function qualityOf(samples: readonly StoredLinkSample[]): CallQuality | undefined {
  const told = samples.filter(({ origin }) => origin === 'client');
  if (told.length === 0) return undefined;
  const times = told.map(({ at }) => Date.parse(at));
  const from = Math.min(...told.map(({ at, seconds }) => Date.parse(at) - 1000 * seconds));
  const sides = [...new Set(told.map(({ side }) => side))].sort().reverse();
  return { from, to: Math.max(...times), ends: sides.map((side) => endOf(side, told)) };
}

function endOf(side: Side, told: readonly StoredLinkSample[]): EndQuality {
  const own = told.filter((sample) => sample.side === side).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const others = told.filter((sample) => sample.side !== side);
  const points = own.map((sample) => pointOf(sample, others));
  const heard = points.flatMap(({ r }) => (r === undefined ? [] : [r]));
  const mean = average(heard);
  return {
    side,
    runs: runsOf(points),
    steps: stepsOf(own),
    opinion: mean === undefined ? undefined : meanOpinion(mean),
    grade: mean === undefined ? undefined : gradeOf(mean),
    worst: heard.length === 0 ? undefined : gradeOf(Math.min(...heard)),
    sentBps: average(own.map(({ sentBps }) => sentBps)) ?? 0,
    receivedBps: average(own.map(({ receivedBps }) => receivedBps)) ?? 0,
    concealedPercent: average(own.flatMap(({ concealedPercent }) => concealedPercent ?? [])),
    frozenSeconds: own.reduce((sum, { frozenMs }) => sum + (frozenMs ?? 0), 0) / 1000,
  };
}

/** The way of the voice: half of either end's trip to the server, what it waits there and in the jitter buffer, and what nobody counts. */
function pointOf(sample: StoredLinkSample, others: readonly StoredLinkSample[]): QualityPoint {
  const at = Date.parse(sample.at);
  const other = others.find((one) => Math.abs(Date.parse(one.at) - at) < GAP_MS / 2);
  const { concealedPercent, bufferMs, rttMs, sentBps, receivedBps, step, why } = sample;
  const delayMs =
    (rttMs ?? 0) / 2 + (other?.rttMs ?? 0) / 2 + (other?.queueMs ?? 0) + (bufferMs ?? 0) + UNSEEN_DELAY_MS;
  const r = concealedPercent === null ? undefined : rFactor({ delayMs, concealedPercent });
  return { at, r, sentBps, receivedBps, step, why };
}

function runsOf(points: readonly QualityPoint[]): QualityPoint[][] {
  const runs: QualityPoint[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run === undefined || last === undefined || point.at - last.at > GAP_MS) runs.push([point]);
    else run.push(point);
  }
  return runs;
}

function stepsOf(samples: readonly StoredLinkSample[]): StepSpan[] {
  const spans: StepSpan[] = [];
  for (const { at, seconds, step, why } of samples) {
    if (step === null) continue;
    const to = Date.parse(at);
    const last = spans.at(-1);
    if (last?.step === step && last.why === why && to - last.to < GAP_MS) spans[spans.length - 1] = { ...last, to };
    else spans.push({ from: to - 1000 * seconds, to, step, why });
  }
  return spans;
}

function average(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
