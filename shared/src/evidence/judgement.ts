import * as z from 'zod/mini';

export const EVIDENCE_RULES = [
  'together',
  'two_way_audio',
  'two_people',
  'two_networks',
  'one_place',
  'chart_in_time',
  'signed_after',
  'signed_in_time',
  'not_backdated',
  'licence',
  'acknowledged',
  'patient_confirmed',
] as const;
export type EvidenceRule = (typeof EVIDENCE_RULES)[number];

/** `refused`: cannot be paid. `flagged`: somebody should look. `waiting`: may still come. `unknown`: nobody could tell. */
export const RULE_OUTCOMES = ['met', 'flagged', 'refused', 'waiting', 'unknown', 'not_asked'] as const;
export type RuleOutcome = (typeof RULE_OUTCOMES)[number];

export const Judgement = z.object({
  verdict: z.enum(['payable', 'waiting', 'review', 'refused']),
  /** 0 to 100: the share of the rules that could be asked and were met, by weight. */
  score: z.int().check(z.minimum(0), z.maximum(100)),
  /** Since when the limits hold. */
  limitsFrom: z.string(),
  rules: z.array(
    z.object({
      rule: z.enum(EVIDENCE_RULES),
      outcome: z.enum(RULE_OUTCOMES),
      /** What was found and what was asked for, in seconds, where the rule counts. */
      found: z.nullable(z.number()),
      limit: z.nullable(z.number()),
    }),
  ),
});
export type Judgement = z.infer<typeof Judgement>;

/** Least and most of each limit, in whole seconds. */
export const LIMIT_RANGES = {
  togetherSeconds: [0, 7200],
  twoWayAudioSeconds: [0, 7200],
  /** Of the same specialist in two rooms: a hand-over takes a moment. */
  overlapSeconds: [0, 3600],
  /** From the end of the call to the signature. */
  signWithinSeconds: [3600, 30 * 86_400],
  /** How far clocks may be apart. */
  clockSeconds: [0, 300],
} as const;

const within = ([least, most]: readonly [number, number]) => z.int().check(z.minimum(least), z.maximum(most));

/** Reference data: orders change them. */
export const EvidenceLimits = z.object({
  togetherSeconds: within(LIMIT_RANGES.togetherSeconds),
  twoWayAudioSeconds: within(LIMIT_RANGES.twoWayAudioSeconds),
  overlapSeconds: within(LIMIT_RANGES.overlapSeconds),
  signWithinSeconds: within(LIMIT_RANGES.signWithinSeconds),
  clockSeconds: within(LIMIT_RANGES.clockSeconds),
});
export type EvidenceLimits = z.infer<typeof EvidenceLimits>;

/** What the product brings along: its first edition says the same. */
export const FIRST_LIMITS: EvidenceLimits = {
  togetherSeconds: 120,
  twoWayAudioSeconds: 60,
  overlapSeconds: 30,
  signWithinSeconds: 86_400,
  clockSeconds: 5,
};

/** All that the rules look at. Times are milliseconds since 1970; null where there is none, undefined where nobody knows. */
export interface ConsultFacts {
  readonly mode: 'call' | 'async';
  readonly togetherSeconds: number;
  readonly twoWayAudioSeconds: number;
  /** When both sides were first and last in the room together. */
  readonly callFrom: number | null;
  readonly callTo: number | null;
  readonly hasSharedSession: boolean;
  readonly hasSharedNetwork: boolean;
  /** The specialist's time in other consults' rooms at the same time. */
  readonly elsewhereSeconds: number;
  readonly createdAt: number;
  readonly chartSavedAt: number | null;
  readonly signedAt: number | null;
  /** When the audit log took the signature in: nobody chooses that time. */
  readonly signatureLoggedAt: number | null;
  readonly licence: { readonly from: number; readonly to: number } | undefined;
  readonly acknowledgedAt: number | null;
  readonly isPatientConfirmed: boolean | undefined;
}

/** What each rule counts for in the score. */
export const RULE_WEIGHTS: Readonly<Record<EvidenceRule, number>> = {
  together: 20,
  two_way_audio: 20,
  two_people: 15,
  two_networks: 5,
  one_place: 10,
  chart_in_time: 5,
  signed_after: 10,
  signed_in_time: 5,
  not_backdated: 10,
  licence: 10,
  acknowledged: 5,
  patient_confirmed: 5,
};

interface Answer {
  readonly outcome: RuleOutcome;
  readonly found?: number | null;
  readonly limit?: number;
}

type Rule = (facts: ConsultFacts, limits: EvidenceLimits) => Answer;

const RULES: Readonly<Record<EvidenceRule, Rule>> = {
  together: (facts, { togetherSeconds: limit }) =>
    inCall(facts, { ...atLeast(facts.togetherSeconds, limit), found: facts.togetherSeconds, limit }),
  two_way_audio: (facts, { twoWayAudioSeconds: limit }) =>
    inCall(facts, { ...atLeast(facts.twoWayAudioSeconds, limit), found: facts.twoWayAudioSeconds, limit }),
  two_people: (facts) => inCall(facts, { outcome: facts.hasSharedSession ? 'refused' : 'met' }),
  two_networks: (facts) => inCall(facts, { outcome: facts.hasSharedNetwork ? 'flagged' : 'met' }),
  one_place: (facts, { overlapSeconds: limit }) =>
    inCall(facts, {
      outcome: facts.elsewhereSeconds > limit ? 'refused' : 'met',
      found: facts.elsewhereSeconds,
      limit,
    }),
  chart_in_time: ({ chartSavedAt, callFrom, createdAt, mode }, { clockSeconds }) => {
    if (chartSavedAt === null) return { outcome: 'waiting' };
    const begin = mode === 'call' ? callFrom : createdAt;
    if (begin === null) return { outcome: 'flagged' };
    return { outcome: chartSavedAt + clockSeconds * 1000 < begin ? 'flagged' : 'met' };
  },
  signed_after: ({ signedAt, callFrom, createdAt, mode }, { clockSeconds }) => {
    if (signedAt === null) return { outcome: 'waiting' };
    const begin = mode === 'call' ? callFrom : createdAt;
    if (begin === null) return { outcome: 'refused' };
    return { outcome: signedAt + clockSeconds * 1000 < begin ? 'refused' : 'met' };
  },
  signed_in_time: ({ signedAt, callTo, createdAt, mode }, { signWithinSeconds: limit }) => {
    if (signedAt === null) return { outcome: 'waiting' };
    const end = mode === 'call' ? callTo : createdAt;
    if (end === null) return { outcome: 'unknown' };
    const found = Math.max(0, Math.round((signedAt - end) / 1000));
    return { outcome: found > limit ? 'flagged' : 'met', found, limit };
  },
  not_backdated: ({ signedAt, signatureLoggedAt }, { clockSeconds: limit }) => {
    if (signedAt === null) return { outcome: 'waiting' };
    if (signatureLoggedAt === null) return { outcome: 'refused' };
    const found = Math.abs(Math.round((signatureLoggedAt - signedAt) / 1000));
    return { outcome: found > limit ? 'refused' : 'met', found, limit };
  },
  licence: ({ licence, signedAt, callFrom, createdAt }) => {
    if (licence === undefined) return { outcome: 'unknown' };
    const days = [callFrom ?? createdAt, signedAt ?? callFrom ?? createdAt];
    return { outcome: days.every((at) => at >= licence.from && at <= licence.to) ? 'met' : 'refused' };
  },
  acknowledged: ({ acknowledgedAt }) => ({ outcome: acknowledgedAt === null ? 'waiting' : 'met' }),
  patient_confirmed: ({ isPatientConfirmed }) => ({
    outcome: isPatientConfirmed === undefined ? 'unknown' : isPatientConfirmed ? 'met' : 'flagged',
  }),
};

/** Whether a consult may be paid, by rules that each say what they found. Pure: the same facts, the same answer. */
export function judge(facts: ConsultFacts, limits: EvidenceLimits, limitsFrom: string): Judgement {
  const rules = EVIDENCE_RULES.map((rule) => {
    const { outcome, found = null, limit = null } = RULES[rule](facts, limits);
    return { rule, outcome, found, limit };
  });
  const has = (wanted: RuleOutcome) => rules.some(({ outcome }) => outcome === wanted);
  const asked = rules.filter(({ outcome }) => outcome === 'met' || outcome === 'flagged' || outcome === 'refused');
  const sum = (some: typeof rules) => some.reduce((total, { rule }) => total + RULE_WEIGHTS[rule], 0);
  const score =
    asked.length === 0 ? 0 : Math.round((100 * sum(asked.filter(({ outcome }) => outcome === 'met'))) / sum(asked));
  const verdict = has('refused') ? 'refused' : has('flagged') ? 'review' : has('waiting') ? 'waiting' : 'payable';
  return { verdict, score, limitsFrom, rules };
}

function inCall({ mode }: ConsultFacts, answer: Answer): Answer {
  return mode === 'async' ? { outcome: 'not_asked' } : answer;
}

function atLeast(found: number, limit: number): { outcome: RuleOutcome } {
  return { outcome: found >= limit ? 'met' : 'refused' };
}
