import type { CalendarDate } from '../../../shared/src/kernel/time.ts';
import { CONDITIONS, type Condition } from '../content/conditions.ts';
import { DAY_MS } from '../demo-id.ts';
import type { PatientRow } from '../rows.ts';
import type { StationPlan } from './places.ts';

export interface PatientPlan {
  readonly row: PatientRow;
  readonly station: StationPlan;
  /** The language the card is written in. */
  readonly language: 'kk' | 'ru';
  readonly conditions: Set<Condition>;
}

/** The words on the card for the tags. */
export function conditionWords(conditions: ReadonlySet<Condition>, language: 'kk' | 'ru'): string {
  return [...conditions].map((tag) => CONDITIONS[tag][language === 'kk' ? 0 : 1]).join('; ');
}

/** Years and parts of a year that a person has lived on a day. */
export function ageOn(birthDate: string, day: CalendarDate): number {
  return (Date.parse(day) - Date.parse(birthDate)) / DAY_MS / 365.25;
}
