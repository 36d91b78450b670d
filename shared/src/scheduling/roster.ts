/** Rosters: what a specialist does every week, and what is different on some days. Pure rules; the server and the board share them. */
import type { FieldError } from '../errors/problem.ts';
import type { PractitionerId, RosterEntryId, ServiceCode } from '../kernel/ids.ts';
import type { CalendarDate } from '../kernel/time.ts';
import { DAY_MINUTES, type Span } from './local-day.ts';

/** `async`: cases answered one after another without anybody waiting. `on_call`: devices ring, nothing is booked. */
export const SLOT_MODES = ['video', 'async', 'on_call'] as const;
export type SlotMode = (typeof SLOT_MODES)[number];
/** What can be booked. */
export const BOOKABLE_MODES = ['video', 'async'] as const;
export type BookableMode = (typeof BOOKABLE_MODES)[number];

/** FHIR Schedule: the same window on some weekdays, for one service, from a day on. */
export interface RosterTemplate {
  readonly id: RosterEntryId;
  readonly practitionerId: PractitionerId;
  readonly service: ServiceCode;
  readonly mode: SlotMode;
  /** 1 Monday to 7 Sunday, each once. */
  readonly weekdays: readonly number[];
  /** Minutes after local midnight. Only an on-call window may end after the midnight that follows. */
  readonly startMinute: number;
  readonly endMinute: number;
  /** 0 on call. */
  readonly slotMinutes: number;
  /** Pause after each slot. */
  readonly bufferMinutes: number;
  /** Also on public holidays. */
  readonly worksOnHolidays: boolean;
  /** Rung of the on-call ladder, 1 rings first; null for what is booked. */
  readonly rank: number | null;
  readonly validFrom: CalendarDate;
  /** The last day; null: until further notice. */
  readonly validTo: CalendarDate | null;
}

export const CLOSURE_REASONS = ['vacation', 'sick', 'training', 'business_trip', 'equipment', 'other'] as const;
export type ClosureReason = (typeof CLOSURE_REASONS)[number];

/** No work in this span: a leave of whole days or a few hours. */
export interface Closure extends Span {
  readonly id: RosterEntryId;
  readonly reason: ClosureReason;
}

/** Work that no template has, on one day. Where it meets a template, it wins. */
export interface ExtraSession extends Span {
  readonly id: RosterEntryId;
  readonly service: ServiceCode;
  readonly mode: SlotMode;
  readonly slotMinutes: number;
  readonly bufferMinutes: number;
  readonly rank: number | null;
}

/** Everything that makes one specialist's days. */
export interface Roster {
  readonly templates: readonly RosterTemplate[];
  readonly closures: readonly Closure[];
  readonly extras: readonly ExtraSession[];
}

/** A slot is at least as long as an asynchronous case takes, and at most half a working day. */
export const SLOT_MINUTES = { min: 3, max: 240 } as const;
export const BUFFER_MINUTES = { min: 0, max: 60 } as const;
export const MAX_RANK = 9;

type TemplateRules = Pick<
  RosterTemplate,
  'mode' | 'weekdays' | 'startMinute' | 'endMinute' | 'slotMinutes' | 'bufferMinutes' | 'rank' | 'validFrom' | 'validTo'
>;

/** What no single field can tell; empty when the template makes sense. */
export function findTemplateProblems(template: TemplateRules): FieldError[] {
  const problems: FieldError[] = [];
  const { mode, startMinute, endMinute } = template;
  if (template.weekdays.length === 0 || new Set(template.weekdays).size !== template.weekdays.length) {
    problems.push({ path: 'weekdays', code: 'each_once' });
  }
  if (endMinute <= startMinute) problems.push({ path: 'endMinute', code: 'before_start' });
  if (template.validTo !== null && template.validTo < template.validFrom) {
    problems.push({ path: 'validTo', code: 'before_start' });
  }
  if (mode === 'on_call') {
    if (endMinute - startMinute > DAY_MINUTES) problems.push({ path: 'endMinute', code: 'longer_than_a_day' });
    if (template.rank === null) problems.push({ path: 'rank', code: 'required' });
    if (template.slotMinutes !== 0 || template.bufferMinutes !== 0) {
      problems.push({ path: 'slotMinutes', code: 'not_on_call' });
    }
    return problems;
  }
  if (endMinute > DAY_MINUTES) problems.push({ path: 'endMinute', code: 'after_midnight' });
  if (template.rank !== null) problems.push({ path: 'rank', code: 'only_on_call' });
  if (template.slotMinutes < SLOT_MINUTES.min || template.slotMinutes > SLOT_MINUTES.max) {
    problems.push({ path: 'slotMinutes', code: 'out_of_range' });
  } else if (endMinute > startMinute && endMinute - startMinute < template.slotMinutes) {
    problems.push({ path: 'slotMinutes', code: 'longer_than_window' });
  }
  return problems;
}

/**
 * Whether two templates of one specialist would put them in two places: the same weekday, minutes and days. Being on call beside
 * booked slots is allowed (a ring that meets a call goes to the next rung), being on call twice is not.
 */
export function templatesOverlap(a: TemplateRules, b: TemplateRules): boolean {
  if ((a.mode === 'on_call') !== (b.mode === 'on_call')) return false;
  // An on-call window may reach into the day after its last; a day too careful is better than a night covered twice.
  const spill = a.mode === 'on_call' ? '\uffff' : '';
  if (a.validTo !== null && `${a.validTo}${spill}` < b.validFrom) return false;
  if (b.validTo !== null && `${b.validTo}${spill}` < a.validFrom) return false;
  return a.weekdays.some((mine) =>
    b.weekdays.some((theirs) => {
      // Windows on a circle of one week; one of them may reach over its end.
      const shift = (theirs - mine) * DAY_MINUTES;
      return [shift - WEEK_MINUTES, shift, shift + WEEK_MINUTES].some(
        (by) => a.startMinute < b.endMinute + by && b.startMinute + by < a.endMinute,
      );
    }),
  );
}

const WEEK_MINUTES = 7 * DAY_MINUTES;
