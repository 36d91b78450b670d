/**
 * How voice is sent: the rate of its codec, the sound in a packet, and which earlier pieces ride along. Chosen from what is lost, for
 * how long at a time, and what the link carries. Pure.
 */
import { maxDistance, type RedPlan } from './red.ts';

export interface VoicePlan {
  readonly opusBps: number;
  readonly ptimeMs: 20 | 60;
  readonly copies: RedPlan;
}

export interface VoiceNeeds {
  /** What the sender may send in all, bit/s on the wire. */
  readonly totalBps: number;
  readonly lostPercent: number;
  readonly burstMs: number;
}

/** IP, UDP, RTP with its extension, SRTP's tag. Bytes a packet. */
const PACKET_BYTES = 66;
const COPY_HEADER_BYTES = 4;
/** Of the sound, after the copies: what one does not hear. */
const TARGET_PERCENT = 0.5;
/** Below it a copy is not worth its bytes on a thin link: the decoder covers single gaps. */
const IGNORED_LOSS_PERCENT = 0.8;
/** Room between two thin classes; from here on copies cost less than they bring, and 20 ms a packet saves delay. */
export const WIDE_BPS = 256_000;
const THIN_BPS = 80_000;

/** Bit/s on the wire. */
export function voiceWireBps({ opusBps, ptimeMs, copies }: VoicePlan): number {
  const headers = 8 * (PACKET_BYTES + 1 + COPY_HEADER_BYTES * copies.length);
  return opusBps * (1 + copies.length) + (headers * 1000) / ptimeMs;
}

/**
 * % of the sound that no packet brings, on a link that is good or bad for exponentially long times (Gilbert and Elliott): a piece is
 * gone when the link was bad at its own moment and at those of all its copies.
 */
export function residualPercent({ copies, ptimeMs }: VoicePlan, { lostPercent, burstMs }: VoiceNeeds): number {
  const loss = Math.min(1, lostPercent / 100);
  const memoryMs = Math.max(1, burstMs * (1 - loss));
  let [residual, before] = [100 * loss, 0];
  for (const distance of copies) {
    const gapMs = (distance - before) * ptimeMs;
    residual *= loss + (1 - loss) * Math.exp(-gapMs / memoryMs);
    before = distance;
  }
  return residual;
}

/** The plan before anything is measured: thin, and for a little loss. */
export const FIRST_VOICE_PLAN: VoicePlan = { opusBps: 16_000, ptimeMs: 60, copies: [] };

/**
 * The cheapest plan of the best codec rate that keeps the rest below the target; where none fits the link, the one that leaves least.
 */
export function chooseVoicePlan(needs: VoiceNeeds): VoicePlan {
  const { totalBps, lostPercent } = needs;
  const isWide = totalBps >= WIDE_BPS;
  const ptimeMs = isWide ? 20 : 60;
  const rates = isWide ? [24_000] : totalBps >= THIN_BPS ? [24_000, 16_000] : [16_000, 12_000];
  const budget = voiceBudget(totalBps);
  const isCalm = lostPercent < IGNORED_LOSS_PERCENT;
  const setsOfCopies = isCalm ? [isWide ? [1] : []] : copySets(ptimeMs);
  const plans = rates.flatMap((opusBps) =>
    setsOfCopies.map((copies) => ({ opusBps, ptimeMs, copies }) satisfies VoicePlan),
  );
  const affordable = plans.filter((plan) => voiceWireBps(plan) <= budget);
  const enough = affordable.filter((plan) => residualPercent(plan, needs) <= TARGET_PERCENT || isCalm);
  const bestRate = Math.max(...enough.map(({ opusBps }) => opusBps));
  const cheapest = least(
    enough.filter(({ opusBps }) => opusBps === bestRate),
    (plan) => voiceWireBps(plan) + (plan.copies.at(-1) ?? 0),
  );
  return (
    cheapest ??
    least(affordable, (plan) => residualPercent(plan, needs)) ?? { opusBps: 12_000, ptimeMs: 60, copies: [] }
  );
}

/** Pictures come after the voice: of a link that hardly carries both, it gets all. */
function voiceBudget(totalBps: number): number {
  if (totalBps >= WIDE_BPS) return 0.55 * totalBps;
  if (totalBps >= THIN_BPS) return 0.66 * totalBps;
  // What half of so thin a link brings of better sound costs the only picture there is.
  return Math.max(0.5 * totalBps, Math.min(0.95 * totalBps, 36_000));
}

/** Of the thinnest voice that is good to hear; and up to so much loss it goes without copies for two seconds. */
const SPARING_BPS = 30_000;
const SPARING_LOSS_PERCENT = 2;

/** While a queue is emptied: what the voice takes of the link is taken from what waits there, of which it is the last. */
export function sparingNeeds(needs: VoiceNeeds): VoiceNeeds {
  if (needs.lostPercent >= SPARING_LOSS_PERCENT) return needs;
  return { totalBps: Math.min(needs.totalBps, SPARING_BPS), lostPercent: 0, burstMs: 0 };
}

/** Up to three copies; every 60 ms is fine enough, and at most 300 ms late: later nobody waits for them. */
function copySets(ptimeMs: 20 | 60): RedPlan[] {
  const every = 60 / ptimeMs;
  const furthest = Math.min(maxDistance(ptimeMs), 300 / ptimeMs);
  const sets: number[][] = [[]];
  for (let a = every; a <= furthest; a += every) {
    sets.push([a]);
    for (let b = a + every; b <= furthest; b += every) {
      sets.push([a, b]);
      for (let c = b + every; c <= furthest; c += every) sets.push([a, b, c]);
    }
  }
  return sets;
}

function least<T>(items: readonly T[], valueOf: (item: T) => number): T | undefined {
  let best: T | undefined;
  for (const item of items) if (best === undefined || valueOf(item) < valueOf(best)) best = item;
  return best;
}

/** Weaker protection is taken up only after it would have been enough for so long. */
const RELAX_MS = 15_000;

export interface VoiceState {
  readonly plan: VoicePlan;
  /** Since when something cheaper would do; undefined while it would not. */
  readonly relaxSince: number | undefined;
}

export const FIRST_VOICE: VoiceState = { plan: FIRST_VOICE_PLAN, relaxSince: undefined };

/** Stronger at once, weaker after a while; whatever no longer fits the link goes at once. */
export function nextVoice(before: VoiceState, needs: VoiceNeeds, now: number): VoiceState {
  const wanted = chooseVoicePlan(needs);
  const { plan, relaxSince } = before;
  if (isSamePlan(wanted, plan)) return { plan, relaxSince: undefined };
  const fits = voiceWireBps(plan) <= 1.05 * voiceBudget(needs.totalBps);
  const isTooWeak = residualPercent(plan, needs) > Math.max(2 * TARGET_PERCENT, 1.3 * residualPercent(wanted, needs));
  if (!fits || isTooWeak) return { plan: wanted, relaxSince: undefined };
  if (relaxSince === undefined) return { plan, relaxSince: now };
  return now - relaxSince >= RELAX_MS ? { plan: wanted, relaxSince: undefined } : before;
}

export function isSamePlan(a: VoicePlan, b: VoicePlan): boolean {
  return a.opusBps === b.opusBps && a.ptimeMs === b.ptimeMs && a.copies.join() === b.copies.join();
}
