import {
  isInOrder,
  measureBurst,
  measureDelays,
  measureLoss,
  measureQueue,
  measureRate,
  measureSilences,
} from './measure.ts';
import type { Profile, WayProfile } from './profiles.ts';
import type { Flow, Trace, TracedPacket } from './trace.ts';

/** What one measurement wants of the link under test. */
export interface Play {
  readonly up: Flow;
  readonly down: Flow;
  readonly ms: number;
  /** Without loss, gaps and jitter, so that rate and queue can be told apart from them. */
  readonly isFair: boolean;
  /** Cut for `ms` from `at` on. */
  readonly cut?: { readonly at: number; readonly ms: number };
}

/** Plays flows over a link that was configured as some profile: the model in virtual time, or the real thing. */
export type Player = (play: Play) => Promise<Trace>;

/** One property of a profile, what it should be and what was measured. */
export interface Finding {
  readonly what: string;
  readonly expected: number;
  readonly measured: number;
  /** How far the measured value may be off: four deviations of what so short a measurement can tell. */
  readonly tolerance: number;
  readonly unit: string;
  readonly isMet: boolean;
}

export interface VerifyOptions {
  /** How long numbered packets are counted for loss, bursts and jitter. */
  readonly thinMs: number;
  /** How long rate and queue are measured once the queue is full. */
  readonly floodMs: number;
  /** What a busy machine may add to a delay, ms; 0 in virtual time. */
  readonly slackMs: number;
}

const THIN_BYTES = 40;
const FLOOD_BYTES = 500;
/** Of the link's rate; more would measure the queue instead of the air. */
const THIN_LOAD = 0.4;
const FLOOD_LOAD = 1.5;

/** Measures whether a link is what the profile says. */
export async function verifyProfile(profile: Profile, player: Player, options: VerifyOptions): Promise<Finding[]> {
  const thin = {
    up: thinFlow(profile.up),
    down: thinFlow(profile.down),
    ms: options.thinMs,
    isFair: false,
  };
  const flood = {
    up: floodFlow(profile.up),
    down: floodFlow(profile.down),
    ms: options.floodMs + Math.max(fillMs(profile.up), fillMs(profile.down)),
    isFair: true,
  };
  const thinTrace = await player(thin);
  const floodTrace = await player(flood);
  const findings = (['up', 'down'] as const).flatMap((way) => [
    ...verifyAir(way, profile, thinTrace[way], thin[way], options),
    ...verifyQueue(way, profile[way], floodTrace[way], flood[way]),
  ]);
  if (profile.cutSeconds !== undefined) {
    const ms = profile.cutSeconds * 1000;
    const cutTrace = await player({ ...thin, ms: ms + 6000, cut: { at: 3000, ms } });
    findings.push(...(['up', 'down'] as const).map((way) => verifyCut(way, ms, cutTrace[way], thin[way], options)));
  }
  return findings;
}

function thinFlow(way: WayProfile): Flow {
  const fastest = way.rate > 0 ? (THIN_BYTES * 8) / (way.rate * THIN_LOAD) : 0;
  return { every: Math.max(10, Math.ceil(fastest)), size: THIN_BYTES };
}

function floodFlow(way: WayProfile): Flow {
  return { every: (FLOOD_BYTES * 8) / (way.rate * FLOOD_LOAD), size: FLOOD_BYTES };
}

/** How long the flood takes to fill the queue. */
function fillMs(way: WayProfile): number {
  return (way.queue * 8) / (way.rate * (FLOOD_LOAD - 1));
}

function verifyAir(
  name: string,
  profile: Profile,
  packets: readonly TracedPacket[],
  flow: Flow,
  { thinMs, slackMs }: VerifyOptions,
): Finding[] {
  const way = profile[name as 'up' | 'down'];
  const delays = measureDelays(packets);
  // Jitter of one moment is much like that of the next, and keeping the order carries a long delay on for as long as it is.
  const samples = thinMs / Math.max(100, 4 * way.jitter);
  const sendMs = (flow.size * 8) / way.rate;
  const found = [
    finding(`${name} delay`, 'ms', {
      expected: way.delay + sendMs,
      measured: delays.mean,
      tolerance: 0.6 + slackMs + (4 * way.jitter) / Math.sqrt(samples),
    }),
    finding(`${name} jitter`, 'ms', {
      expected: way.jitter,
      measured: delays.deviation,
      tolerance: 0.6 + slackMs + way.jitter * (0.02 + 4 / Math.sqrt(2 * samples)),
    }),
    finding(`${name} overtaking`, 'yes/no', { expected: 0, measured: isInOrder(packets) ? 0 : 1, tolerance: 0 }),
  ];
  if (profile.gap) {
    const { ms, everyMs } = profile.gap;
    const silences = measureSilences(packets, flow.every, ms / 2);
    const whole = silences.filter(({ from, ms }) => from > 0 && from + ms < thinMs - flow.every);
    const mean = whole.reduce((sum, silence) => sum + silence.ms, 0) / whole.length;
    found.push(
      finding(`${name} gaps`, '', {
        expected: thinMs / everyMs,
        measured: silences.length,
        tolerance: 1,
      }),
      finding(`${name} gap length`, 'ms', { expected: ms, measured: mean, tolerance: 2 * flow.every + slackMs }),
    );
  } else {
    const share = way.loss / 100;
    // How many independent times the air could have chosen to lose.
    const events = way.burst > 0 ? (thinMs / way.burst) * share : packets.length * share;
    const deviation = Math.sqrt((way.burst > 0 ? 2 : 1) / events);
    const burst = measureBurst(packets, flow.every);
    found.push(
      finding(`${name} loss`, '%', {
        expected: way.loss,
        measured: measureLoss(packets),
        tolerance: way.loss > 0 ? 4 * deviation * way.loss : 0,
      }),
      finding(`${name} burst`, 'ms', {
        expected: way.burst,
        measured: burst,
        tolerance: way.burst > 0 ? 4 * deviation * way.burst : 0,
      }),
    );
  }
  return found;
}

function verifyQueue(name: string, way: WayProfile, packets: readonly TracedPacket[], flow: Flow): Finding[] {
  const rate = measureRate(packets, flow);
  return [
    finding(`${name} rate`, 'kbit/s', { expected: way.rate, measured: rate, tolerance: 0.02 * way.rate }),
    finding(`${name} queue`, 'bytes', {
      expected: way.queue,
      measured: measureQueue(packets, flow, way.rate),
      tolerance: 1.5 * flow.size + 0.03 * way.queue,
    }),
  ];
}

function verifyCut(
  name: string,
  cutMs: number,
  packets: readonly TracedPacket[],
  flow: Flow,
  options: VerifyOptions,
): Finding {
  const longest = Math.max(0, ...measureSilences(packets, flow.every, 0).map(({ ms }) => ms));
  return finding(`${name} cut`, 'ms', {
    expected: cutMs,
    measured: longest,
    tolerance: 3 * flow.every + 10 * options.slackMs,
  });
}

function finding(what: string, unit: string, values: Pick<Finding, 'expected' | 'measured' | 'tolerance'>): Finding {
  // Written so that a measurement of nothing (NaN) is not met.
  const isMet = Math.abs(values.measured - values.expected) <= values.tolerance;
  return { what, unit, ...values, isMet };
}

/** One line for a person: `up rate      128 kbit/s, should be 128 ± 2.56`. */
export function describeFinding({ what, expected, measured, tolerance, unit, isMet }: Finding): string {
  const show = (value: number): string => String(Number(value.toPrecision(4)));
  return `${isMet ? '✓' : '✗'} ${what.padEnd(16)} ${show(measured).padStart(8)} ${unit}, should be ${show(expected)} ± ${show(tolerance)}`;
}
