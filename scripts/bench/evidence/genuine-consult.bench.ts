import { makeForged, makeHonest } from '../../../shared/src/evidence/consult-maker.ts';
import { FIRST_LIMITS, type Judgement, judge } from '../../../shared/src/evidence/judgement.ts';
import type { Bench, Control, RunResult, Sample } from '../bench.ts';

const CONSULTS = 1000;

/** A thousand forged consults of nine kinds and a thousand honest ones on bad links, each put to the rules. */
export const genuineConsultBench: Bench = {
  name: 'genuine-consult',
  summary: '1,000 forged and 1,000 honest consults on bad links: how many are refused',
  profiles: ['bad-links'],
  baselines: [],
  runs: { usual: 1, full: 3 },
  plain: { forgedAccepted: 'max', honestRefused: 'max' },
  secondsPerRun: () => 2,
  aims: [
    { name: 'forged and accepted', of: 'largest', metric: 'forgedAccepted', atMost: 0 },
    { name: 'honest and refused', of: 'largest', metric: 'honestRefused', atMost: 0 },
  ],
  run: async ({ run }) => measure(run),
  control: async () => runControl(),
};

function judged(seed: number): { forged: Judgement; honest: Judgement } {
  return {
    forged: judge(makeForged(seed).facts, FIRST_LIMITS, ''),
    honest: judge(makeHonest(seed), FIRST_LIMITS, ''),
  };
}

function measure(run: number): RunResult {
  const from = performance.now();
  const all = Array.from({ length: CONSULTS }, (_, index) => judged(run * 1_000_000 + index));
  const ms = performance.now() - from;
  const count = (fits: (one: (typeof all)[number]) => boolean): Sample => ({
    value: all.filter(fits).length,
    unit: 'consults',
  });
  return {
    metrics: {
      forgedRefused: count(({ forged }) => forged.verdict === 'refused'),
      forgedAccepted: count(({ forged }) => forged.verdict !== 'refused'),
      honestAccepted: count(({ honest }) => honest.verdict === 'payable'),
      honestRefused: count(({ honest }) => honest.verdict !== 'payable'),
      perSecond: { value: (2 * CONSULTS * 1000) / ms, unit: '1/s' },
    },
  };
}

/** Rules that ask for nothing let forgeries through. */
function runControl(): Control {
  const lenient = { ...FIRST_LIMITS, togetherSeconds: 0, twoWayAudioSeconds: 0 };
  const passed = Array.from({ length: CONSULTS }, (_, seed) => judge(makeForged(seed).facts, lenient, '')).filter(
    ({ verdict }) => verdict !== 'refused',
  ).length;
  return { planted: `with limits of zero seconds ${passed} of ${CONSULTS} forgeries pass`, caught: passed > 0 };
}
