import type { Urgency } from '../../../shared/src/consultations/consultation.contract.ts';
import type { VitalCode } from '../../../shared/src/consultations/vitals.ts';
import type { Condition } from './conditions.ts';

export type VitalRanges = Partial<Record<VitalCode, readonly [low: number, high: number]>>;

/**
 * One plausible case. Texts may hold `{systolic}` and the other vital codes, `{systolic2}` … for the second measurement,
 * and `{days}`: they are filled with what was measured, so that the words and the numbers agree.
 */
export interface CaseTemplate {
  readonly key: string;
  readonly urgency: Urgency;
  /** Whole or part years, both ends included; the condition is a tag of the patient's card. */
  readonly patient: {
    readonly ages: readonly [from: number, to: number];
    readonly sex?: 'male' | 'female';
    readonly condition?: Condition;
  };
  /** The feldsher's words; one of them is used. */
  readonly reasons: readonly string[];
  readonly vitals: VitalRanges;
  /** A second set taken during the call. */
  readonly recheck?: VitalRanges;
  /** `S` station, `D` doctor; the chat beside the video. */
  readonly chat: readonly (readonly [by: 'S' | 'D', text: string])[];
  readonly findings: string;
  readonly code: string;
  readonly diagnosis: string;
  readonly certainty: 'preliminary' | 'final';
  readonly recommendations: readonly string[];
  readonly medicines: string;
  readonly tests: string;
  readonly referral: string;
  /** Days until the follow-up; none for those who go to hospital. */
  readonly followUp?: number;
  readonly limits: string;
}

/** The cases of one specialty by the language of the station. */
export interface SpecialtyCases {
  readonly kk: readonly CaseTemplate[];
  readonly ru: readonly CaseTemplate[];
}
