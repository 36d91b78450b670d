import { isMoreUrgent, type Urgency } from '../consultations/urgency.ts';
import type { Vitals } from '../consultations/vitals.ts';
import { ageInDays } from '../patients/age.ts';
import type { Pregnancy } from './pregnancy.ts';
import type { DangerContent, DangerProtocol, DangerSign } from './protocol.contract.ts';

/** Of whom signs are asked. */
interface DangerSubject {
  readonly sex: 'male' | 'female';
  readonly birthDate: string;
}

/** Whether the signs are asked of this patient on that day. */
export function doesApply(
  { applies }: Pick<DangerContent, 'applies'>,
  subject: DangerSubject,
  pregnancy: Pregnancy,
  onDate: string,
): boolean {
  const days = ageInDays(subject.birthDate, onDate);
  if (days < applies.fromDays || (applies.toDays !== null && days >= applies.toDays)) return false;
  return applies.pregnancy === null || (subject.sex === 'female' && applies.pregnancy === pregnancy);
}

export function listApplicable<P extends Pick<DangerProtocol, 'content'>>(
  protocols: readonly P[],
  subject: DangerSubject | null,
  pregnancy: Pregnancy,
  onDate: string,
): P[] {
  if (subject === null) return [];
  return protocols.filter(({ content }) => doesApply(content, subject, pregnancy, onDate));
}

/** A value that shows the sign by itself, whatever was ticked. */
export function isShownBy({ vital }: DangerSign, vitals: Vitals): boolean {
  const measured = vital && vitals[vital.code];
  if (vital === undefined || measured === undefined) return false;
  return vital.is === 'at_least' ? measured >= vital.value : measured <= vital.value;
}

/** The urgency that the signs ask for; undefined when there is none. */
export function raisedBy(signs: readonly Pick<DangerSign, 'raisesTo'>[]): Urgency | undefined {
  return signs.reduce<Urgency | undefined>(
    (highest, { raisesTo }) => (highest === undefined || isMoreUrgent(raisesTo, highest) ? raisesTo : highest),
    undefined,
  );
}

/** Whether a reason is owed: the signs ask for more urgency than was chosen. */
export function needsOverride(chosen: Urgency, raisedTo: Urgency | undefined): boolean {
  return raisedTo !== undefined && isMoreUrgent(raisedTo, chosen);
}
