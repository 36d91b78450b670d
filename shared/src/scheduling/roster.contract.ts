import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { AppointmentId, PractitionerId, RosterEntryId, ServiceCode } from '../kernel/ids.ts';
import { freeText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { Appointment, Changed } from './appointment.contract.ts';
import { BoardSession } from './board.contract.ts';
import { Conflict, operationFields } from './operation.contract.ts';
import { BUFFER_MINUTES, CLOSURE_REASONS, MAX_RANK, SLOT_MODES } from './roster.ts';

const minutes = (most: number) => z.number().check(z.int(), z.minimum(0), z.maximum(most));

/** A weekly window as it is entered; `roster.ts` says what goes together. */
export const TemplateInput = z.object({
  service: ServiceCode,
  mode: z.enum(SLOT_MODES),
  weekdays: z.array(z.number().check(z.int(), z.minimum(1), z.maximum(7))).check(z.minLength(1), z.maxLength(7)),
  startMinute: minutes(1439),
  endMinute: minutes(2880),
  slotMinutes: minutes(240),
  bufferMinutes: minutes(BUFFER_MINUTES.max),
  worksOnHolidays: z.boolean(),
  rank: z.nullable(z.number().check(z.int(), z.minimum(1), z.maximum(MAX_RANK))),
  validFrom: CalendarDate,
  validTo: z.nullable(CalendarDate),
});
export type TemplateInput = z.infer<typeof TemplateInput>;

export const Template = z.extend(TemplateInput, { id: RosterEntryId, practitionerId: PractitionerId });
export type Template = z.infer<typeof Template>;

export const RosterException = z.object({
  id: RosterEntryId,
  practitionerId: PractitionerId,
  kind: z.enum(['closure', 'extra']),
  startsAt: Instant,
  endsAt: Instant,
  /** Of a closure. */
  reason: z.nullable(z.enum(CLOSURE_REASONS)),
  /** Of extra work. */
  service: z.nullable(ServiceCode),
  mode: z.nullable(z.enum(SLOT_MODES)),
  slotMinutes: z.nullable(z.number()),
  bufferMinutes: z.nullable(z.number()),
  rank: z.nullable(z.number()),
  /** The substitution it came with. */
  substitutionId: z.nullable(RosterEntryId),
  note: z.string(),
});
export type RosterException = z.infer<typeof RosterException>;

/** What becomes of a booked appointment that a change of the roster touches. Nothing moves without being named here. */
export const Decision = z.object({
  appointmentId: AppointmentId,
  version: z.number(),
  decision: z.discriminatedUnion('kind', [
    /** Stays where it is, outside of the roster. */
    z.object({ kind: z.literal('keep') }),
    z.object({ kind: z.literal('move'), practitionerId: PractitionerId, startsAt: Instant }),
    z.object({ kind: z.literal('put_back') }),
  ]),
});
export type Decision = z.infer<typeof Decision>;
const decisions = z._default(z.array(Decision).check(z.maxLength(500)), []);

/** A booked appointment that would lose its slot, with what could become of it. */
export const Affected = z.object({
  appointment: Appointment,
  /** The substitute at the same time, else the nearest free slot of the same specialist within 14 days. */
  suggestion: z.nullable(z.object({ practitionerId: PractitionerId, startsAt: Instant })),
});
export type Affected = z.infer<typeof Affected>;

const preview = z.object({
  affected: z.array(Affected),
  /** Slots of the next four weeks before and after. */
  slotsBefore: z.number(),
  slotsAfter: z.number(),
  /** Templates of the same specialist that overlap; with any of them it cannot be saved. */
  overlapping: z.array(Template),
});
export const RosterPreview = preview;
export type RosterPreview = z.infer<typeof RosterPreview>;

const RosterChanged = z.extend(Changed, { rosterEntryIds: z.array(RosterEntryId) });
export type RosterChanged = z.infer<typeof RosterChanged>;

const ofPractitioner = z.object({ practitionerId: PractitionerId });

export const getRoster = endpoint({
  method: 'GET',
  path: '/api/rosters/:practitionerId',
  summary: 'Templates in force or to come, exceptions and sessions of at most 62 days',
  params: ofPractitioner,
  query: z.object({ from: CalendarDate, to: CalendarDate }),
  response: z.object({
    templates: z.array(Template),
    exceptions: z.array(RosterException),
    sessions: z.array(BoardSession),
  }),
});

/**
 * `replaces`: this template ends the day before `validFrom`; without one it is new. A template never changes but for its last day,
 * so that day, as it was seen, says whether somebody ended or replaced it meanwhile.
 */
const templateChange = { template: TemplateInput, replaces: z._default(z.nullable(RosterEntryId), null) };

export const previewTemplate = endpoint({
  method: 'POST',
  path: '/api/rosters/:practitionerId/templates/preview',
  summary: 'What a template would change: slots, booked appointments, overlaps; changes nothing',
  params: ofPractitioner,
  body: z.object(templateChange),
  response: preview,
});

export const saveTemplate = endpoint({
  method: 'POST',
  path: '/api/rosters/:practitionerId/templates',
  summary: 'Add a template or replace one from a day on; every booked appointment it touches needs a decision',
  params: ofPractitioner,
  body: z.object({
    ...operationFields,
    id: RosterEntryId,
    ...templateChange,
    /** `validTo` of the replaced one, as it was seen; null without one. */
    seenValidTo: z.nullable(CalendarDate),
    decisions,
  }),
  response: RosterChanged,
});

export const previewEnd = endpoint({
  method: 'POST',
  path: '/api/rosters/:practitionerId/templates/:templateId/end/preview',
  summary: 'What ending a template would touch; changes nothing',
  params: z.object({ practitionerId: PractitionerId, templateId: RosterEntryId }),
  body: z.object({ lastDay: CalendarDate }),
  response: preview,
});

export const endTemplate = endpoint({
  method: 'POST',
  path: '/api/rosters/:practitionerId/templates/:templateId/end',
  summary: 'The template applies until a day; nothing booked after it moves without a decision',
  params: z.object({ practitionerId: PractitionerId, templateId: RosterEntryId }),
  body: z.object({
    ...operationFields,
    /** Before the template's first day: it never was. */
    lastDay: CalendarDate,
    /** `validTo` as it was seen. */
    seenValidTo: z.nullable(CalendarDate),
    decisions,
  }),
  response: RosterChanged,
});

const closureChange = {
  startsAt: Instant,
  endsAt: Instant,
  reason: z.enum(CLOSURE_REASONS),
  /** Takes over the sessions and, where decided so, the appointments. */
  substituteId: z._default(z.nullable(PractitionerId), null),
};

export const previewClosure = endpoint({
  method: 'POST',
  path: '/api/rosters/:practitionerId/closures/preview',
  summary: 'What a leave or a few hours off would touch, and what a substitute could take',
  params: ofPractitioner,
  body: z.object(closureChange),
  response: z.extend(preview, {
    /** Sessions the substitute would take over, with what stands against each. */
    substituted: z.array(z.object({ session: BoardSession, conflicts: z.array(Conflict) })),
  }),
});

export const saveClosure = endpoint({
  method: 'POST',
  path: '/api/rosters/:practitionerId/closures',
  summary: 'Enter a leave or hours off, with a substitute in the same action',
  params: ofPractitioner,
  body: z.object({
    ...operationFields,
    id: RosterEntryId,
    ...closureChange,
    note: z._default(freeText(300), ''),
    decisions,
  }),
  response: RosterChanged,
});

export const saveExtra = endpoint({
  method: 'POST',
  path: '/api/rosters/:practitionerId/extras',
  summary: 'Work that no template has, on one day',
  params: ofPractitioner,
  body: z.object({
    ...operationFields,
    id: RosterEntryId,
    service: ServiceCode,
    mode: z.enum(SLOT_MODES),
    startsAt: Instant,
    endsAt: Instant,
    slotMinutes: minutes(240),
    bufferMinutes: minutes(BUFFER_MINUTES.max),
    rank: z.nullable(z.number().check(z.int(), z.minimum(1), z.maximum(MAX_RANK))),
    note: z._default(freeText(300), ''),
  }),
  response: RosterChanged,
});

export const previewWithdrawal = endpoint({
  method: 'POST',
  path: '/api/rosters/:practitionerId/exceptions/:exceptionId/withdraw/preview',
  summary: 'What taking an entry back would touch, with its whole substitution; changes nothing',
  params: z.object({ practitionerId: PractitionerId, exceptionId: RosterEntryId }),
  response: preview,
});

export const withdrawException = endpoint({
  method: 'POST',
  path: '/api/rosters/:practitionerId/exceptions/:exceptionId/withdraw',
  summary: 'Take a closure, extra work or a whole substitution back; booked appointments need decisions',
  params: z.object({ practitionerId: PractitionerId, exceptionId: RosterEntryId }),
  body: z.object({ ...operationFields, decisions }),
  response: RosterChanged,
});
