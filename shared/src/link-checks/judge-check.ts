/** What the figures of a check mean for a consult. Pure; the same on the screen and in the diary. */
import { assertUnreachable } from '../kernel/assert-unreachable.ts';
import type { CallStep } from '../media/call-step.ts';
import type { WayOut } from '../media/way-out.ts';

export const CHECK_GRADES = ['pass', 'warn', 'fail'] as const;
export type CheckGrade = (typeof CHECK_GRADES)[number];

export const CHECK_PARTS = ['camera', 'microphone', 'speaker', 'way', 'picture', 'voice', 'delay'] as const;
export type CheckPart = (typeof CHECK_PARTS)[number];

type DeviceState = 'works' | 'silent' | 'missing' | 'refused' | 'busy';

/** What the judgement needs of a check. */
export interface CheckFacts {
  readonly camera: DeviceState;
  readonly microphone: DeviceState;
  readonly speaker: 'heard' | 'not_heard' | 'not_asked';
  readonly way: WayOut | null;
  readonly rttMs: number | null;
  readonly concealedPercent: number | null;
  readonly step: CallStep | null;
}

/** One thing that was found; the words for it are the screen's. */
export type CheckFinding =
  | { readonly part: 'camera' | 'microphone'; readonly grade: CheckGrade; readonly found: DeviceState }
  | { readonly part: 'speaker'; readonly grade: CheckGrade; readonly found: CheckFacts['speaker'] }
  | { readonly part: 'way'; readonly grade: CheckGrade; readonly found: WayOut | 'none' }
  | { readonly part: 'picture'; readonly grade: CheckGrade; readonly found: CallStep }
  | { readonly part: 'voice'; readonly grade: CheckGrade; readonly found: 'clear' | 'gaps' | 'broken' }
  | { readonly part: 'delay'; readonly grade: CheckGrade; readonly found: 'short' | 'long' };

/** % of the sound that was made up, over the way up and the way down: a word is lost now and then; sentences are. */
const GAPS = 2;
const BROKEN = 12;
/** ms there and back: from here on people begin to talk at the same time (G.107 counts from 177 ms one way). */
const LONG_DELAY = 400;

/** Each part once, in the order of {@link CHECK_PARTS}; what was not measured because nothing got out is left to `way`. */
export function judgeCheck(facts: CheckFacts): CheckFinding[] {
  const findings: CheckFinding[] = [
    // A consult goes on without a picture from here, not without a voice.
    { part: 'camera', grade: facts.camera === 'works' ? 'pass' : 'warn', found: facts.camera },
    { part: 'microphone', grade: facts.microphone === 'works' ? 'pass' : 'fail', found: facts.microphone },
    { part: 'speaker', grade: gradeOfSpeaker(facts.speaker), found: facts.speaker },
    { part: 'way', grade: gradeOfWay(facts.way), found: facts.way ?? 'none' },
  ];
  if (facts.way === null) return findings;
  if (facts.step !== null && facts.camera === 'works') {
    const isMoving = facts.step === 'sharp' || facts.step === 'small';
    findings.push({ part: 'picture', grade: isMoving ? 'pass' : 'warn', found: facts.step });
  }
  if (facts.concealedPercent !== null) findings.push(voiceOf(facts.concealedPercent));
  if (facts.rttMs !== null) {
    const isLong = facts.rttMs > LONG_DELAY;
    findings.push({ part: 'delay', grade: isLong ? 'warn' : 'pass', found: isLong ? 'long' : 'short' });
  }
  return findings;
}

/** The worst of what was found. */
export function gradeOfCheck(facts: CheckFacts): CheckGrade {
  const grades = judgeCheck(facts).map(({ grade }) => grade);
  return grades.includes('fail') ? 'fail' : grades.includes('warn') ? 'warn' : 'pass';
}

function voiceOf(concealedPercent: number): CheckFinding {
  if (concealedPercent <= GAPS) return { part: 'voice', grade: 'pass', found: 'clear' };
  return concealedPercent <= BROKEN
    ? { part: 'voice', grade: 'warn', found: 'gaps' }
    : { part: 'voice', grade: 'fail', found: 'broken' };
}

function gradeOfSpeaker(found: CheckFacts['speaker']): CheckGrade {
  switch (found) {
    case 'heard':
      return 'pass';
    case 'not_asked':
      return 'warn';
    case 'not_heard':
      return 'fail';
    default:
      return assertUnreachable(found);
  }
}

function gradeOfWay(way: WayOut | null): CheckGrade {
  switch (way) {
    case 'udp':
    case 'turn_udp':
      return 'pass';
    // One lost packet holds up all that follow it.
    case 'tcp':
    case 'turn_tcp':
    case 'turn_tls':
      return 'warn';
    case null:
      return 'fail';
    default:
      return assertUnreachable(way);
  }
}
