import type { ConsultFacts } from './judgement.ts';
import { type MeasuredStay, type MeasuredStretch, measure } from './measure.ts';
import { overlap, type Span, secondsOf } from './spans.ts';

/** Ways to have a consult paid that never was one. */
export const FORGERIES = [
  'alone in the room',
  'alone with people who were asked in',
  'one person on two accounts',
  'one sign-in on both sides',
  'silent on one side',
  'overlapping another consult',
  'signed before the consult',
  'signed without a consult',
  'backdated',
  'licence expired',
] as const;
export type Forgery = (typeof FORGERIES)[number];

export const MOST_RECONNECTS = 30;

/** Draws from 0 up to 1. */
type Draw = () => number;

const MINUTE = 60_000;

/** The same seed, the same consult. */
export function drawer(seed: number): Draw {
  let state = (seed * 2_654_435_761) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Side {
  readonly userId: string;
  readonly session: string;
  readonly network: string;
}

const STATION: Side = { userId: 'feldsher', session: 's1', network: 'n1' };
const SPECIALIST: Side = { userId: 'cardiologist', session: 's2', network: 'n2' };

/**
 * A real consult over a bad link, as the media server would have measured it: 8 to 25 minutes, up to thirty cuts of 3 to 8 seconds,
 * each of which ends a stay, and half of them with no picture at all.
 */
export function makeHonest(seed: number): ConsultFacts {
  return assemble(drawer(seed), {});
}

/** A forged one; whatever it does not forge is as good as in an honest one. */
export function makeForged(seed: number): { forgery: Forgery; facts: ConsultFacts } {
  const draw = drawer(seed);
  const forgery = FORGERIES[seed % FORGERIES.length] ?? 'alone in the room';
  const honest = () => assemble(draw, {});
  const some = (least: number, most: number) => least + Math.floor(draw() * (most - least));
  switch (forgery) {
    case 'alone in the room':
      return { forgery, facts: assemble(draw, { only: draw() < 0.5 ? 'station' : 'specialist' }) };
    case 'alone with people who were asked in':
      return { forgery, facts: assemble(draw, { only: draw() < 0.5 ? 'station' : 'specialist', hasGuests: true }) };
    case 'one person on two accounts':
      // The same person goes from one side to the other: both sides were there, never at once.
      return { forgery, facts: assemble(draw, { isInTurns: true }) };
    case 'one sign-in on both sides':
      return { forgery, facts: assemble(draw, { specialist: { ...SPECIALIST, session: STATION.session } }) };
    case 'silent on one side':
      return { forgery, facts: assemble(draw, { silent: draw() < 0.5 ? 'station' : 'specialist' }) };
    case 'overlapping another consult': {
      const facts = honest();
      const elsewhere = shift([[facts.callFrom ?? 0, facts.callTo ?? 0]], some(0, 60) * 1000);
      return {
        forgery,
        facts: {
          ...facts,
          elsewhereSeconds: secondsOf(overlap(elsewhere, [[facts.callFrom ?? 0, facts.callTo ?? 0]])),
        },
      };
    }
    case 'signed before the consult': {
      const facts = honest();
      const signedAt = (facts.callFrom ?? 0) - some(1, 240) * MINUTE;
      return { forgery, facts: { ...facts, signedAt, signatureLoggedAt: signedAt, chartSavedAt: signedAt - MINUTE } };
    }
    case 'signed without a consult':
      return { forgery, facts: { ...honest(), ...emptyMeasure() } };
    case 'backdated': {
      const facts = honest();
      // The time in the signature is chosen, the time of the log is not.
      return {
        forgery,
        facts: { ...facts, signatureLoggedAt: (facts.signedAt ?? 0) + some(1, 60 * 24 * 60) * MINUTE },
      };
    }
    case 'licence expired': {
      const facts = honest();
      const to = (facts.callFrom ?? 0) - some(1, 700) * 24 * 60 * MINUTE;
      return { forgery, facts: { ...facts, licence: { from: to - 365 * 24 * 60 * MINUTE, to } } };
    }
  }
}

interface Bend {
  readonly only?: 'station' | 'specialist';
  readonly silent?: 'station' | 'specialist';
  readonly isInTurns?: boolean;
  /** A further specialist, an interpreter and an observer, who are there, speak and are seen the whole time. */
  readonly hasGuests?: boolean;
  readonly specialist?: Side;
}

function assemble(draw: Draw, bend: Bend): ConsultFacts {
  const createdAt = Date.UTC(2026, 10, 2) + Math.floor(draw() * 20 * 24 * 60) * MINUTE;
  const from = createdAt + Math.floor((1 + draw() * 20) * MINUTE);
  const to = from + Math.floor((8 + draw() * 17) * MINUTE);
  const cuts = Math.floor(draw() * (MOST_RECONNECTS + 1));
  const cutsHere = { station: Math.floor(draw() * (cuts + 1)), specialist: 0 };
  cutsHere.specialist = cuts - cutsHere.station;
  const isVoiceOnly = draw() < 0.5;
  const stays: MeasuredStay[] = [];
  const stretches: MeasuredStretch[] = [];
  for (const side of ['station', 'specialist'] as const) {
    if (bend.only !== undefined && bend.only !== side) continue;
    const who = side === 'station' ? STATION : (bend.specialist ?? SPECIALIST);
    const middle = (from + to) / 2;
    const [begin, end] = bend.isInTurns === true ? (side === 'station' ? [from, middle] : [middle, to]) : [from, to];
    for (const span of cutUp(draw, [begin, end], cutsHere[side])) {
      stays.push({ ...who, side, span });
      // Media are back a little after the room is.
      const flowing: Span = [span[0] + Math.floor(draw() * 4000), span[1]];
      if (bend.silent !== side)
        stretches.push({ userId: who.userId, side, direction: 'from', kind: 'audio', span: flowing });
      if (!isVoiceOnly) stretches.push({ userId: who.userId, side, direction: 'from', kind: 'video', span: flowing });
    }
  }
  if (bend.hasGuests === true) {
    for (const side of ['consultant', 'interpreter', 'observer'] as const) {
      const who: Side = { userId: side, session: `s-${side}`, network: `n-${side}` };
      stays.push({ ...who, side, span: [from, to] });
      for (const kind of ['audio', 'video'] as const) {
        stretches.push({ userId: side, side, direction: 'from', kind, span: [from, to] });
      }
    }
  }
  const signedAt = to + Math.floor((1 + draw() * 180) * MINUTE);
  const measured = measure(stays, stretches);
  return {
    mode: 'call',
    ...measured,
    elsewhereSeconds: 0,
    createdAt,
    chartSavedAt: to - MINUTE,
    signedAt,
    signatureLoggedAt: signedAt,
    licence: { from: createdAt - 300 * 24 * 60 * MINUTE, to: createdAt + 300 * 24 * 60 * MINUTE },
    acknowledgedAt: signedAt + Math.floor(draw() * 600) * MINUTE,
    isPatientConfirmed: true,
  };
}

/** The time less the cuts, each 3 to 8 seconds. */
function cutUp(draw: Draw, [from, to]: Span, cuts: number): Span[] {
  const points = Array.from({ length: cuts }, () => from + Math.floor(draw() * (to - from))).sort((a, b) => a - b);
  const spans: Span[] = [];
  let begin = from;
  for (const point of points) {
    if (point > begin) spans.push([begin, point]);
    begin = Math.max(begin, point + 3000 + Math.floor(draw() * 5000));
  }
  if (to > begin) spans.push([begin, to]);
  return spans;
}

function shift(spans: readonly Span[], by: number): Span[] {
  return spans.map(([from, to]) => [from + by, to + by]);
}

function emptyMeasure() {
  return measure([], []);
}
