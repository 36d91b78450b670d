import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { CareTaskId, CompositionId, PatientId, RequestId, SpecialtyCode, StationId } from '../kernel/ids.ts';
import { freeText, requiredText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { RegionCode } from '../scheduling/region.ts';
import { ANSWERS, CARE_TASK_KINDS, CARE_TASK_STATES } from './care-plan.ts';
import { Consultation } from './consultation.contract.ts';

/** The answer to one recommendation; a "cannot" may wait for its reason while it is a draft. */
const Answer = z.object({
  index: z.number().check(z.int(), z.minimum(0), z.maximum(29)),
  kind: z.enum(ANSWERS),
  reason: freeText(500),
});
const answers = z.array(Answer).check(z.maxLength(30));

/** What the patient answered to each recommendation of one edition. */
export const TeachBack = z.object({
  requestId: RequestId,
  /** The edition that was read. */
  compositionId: CompositionId,
  edition: z.number(),
  /** Counts saves; 0 before the first. */
  version: z.number(),
  answers: z.array(Answer),
  savedAt: z.nullable(Instant),
  /** Null while it is a draft. */
  completedAt: z.nullable(Instant),
  completedByName: z.nullable(z.string()),
});
export type TeachBack = z.infer<typeof TeachBack>;

/** FHIR CarePlan activity: something to be done for a patient by a day. */
export const CareTask = z.object({
  id: CareTaskId,
  requestId: RequestId,
  requestNumber: z.string(),
  kind: z.enum(CARE_TASK_KINDS),
  /** What is to be done; empty for a visit, which its kind says. */
  text: z.string(),
  /** Of what the patient cannot do: why. */
  reason: z.string(),
  dueOn: CalendarDate,
  status: z.enum(CARE_TASK_STATES),
  version: z.number(),
  specialty: SpecialtyCode,
  specialistName: z.nullable(z.string()),
  patient: z.object({
    id: PatientId,
    familyName: z.string(),
    givenName: z.string(),
    middleName: z.string(),
    birthDate: CalendarDate,
    phone: z.string(),
  }),
  station: z.object({ id: StationId, name: LocalText, phone: z.string() }),
  createdAt: Instant,
  /** How often it was moved to another day, and why the last time. */
  moves: z.number(),
  moveReason: z.string(),
  doneAt: z.nullable(Instant),
  doneByName: z.nullable(z.string()),
  note: z.string(),
});
export type CareTask = z.infer<typeof CareTask>;

const params = z.object({ requestId: RequestId });

export const getTeachBack = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/teach-back',
  summary: 'What the patient answered to each recommendation of the signed conclusion, and what is to be done',
  params,
  response: z.object({ teachBack: TeachBack, tasks: z.array(CareTask) }),
});

export const saveTeachBack = endpoint({
  method: 'PUT',
  path: '/api/consultations/:requestId/teach-back',
  summary:
    'Autosave the answers; 409 when they were changed elsewhere since `baseVersion`, or the conclusion was amended',
  params,
  body: z.object({ compositionId: CompositionId, baseVersion: z.number().check(z.int(), z.minimum(0)), answers }),
  response: TeachBack,
});

export const acknowledgeConclusion = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/acknowledge',
  summary: 'The station has read the conclusion to the patient, and each recommendation is answered',
  params,
  body: z.object({
    compositionId: CompositionId,
    answers,
    /** What the station puts on its list besides. */
    tasks: z._default(
      z.array(z.object({ id: CareTaskId, text: requiredText(500), dueOn: CalendarDate })).check(z.maxLength(10)),
      [],
    ),
  }),
  response: Consultation,
});

/** A place in the list of tasks, made by the server: whoever wants what comes after it gives it back as it is. */
export const CareTaskPlace = z.string().check(z.regex(/^\S{10,30} \S{15,30} \S{36}$/));
export type CareTaskPlace = z.infer<typeof CareTaskPlace>;

export const listCareTasks = endpoint({
  method: 'GET',
  path: '/api/care-tasks',
  summary: 'What is to be done for patients, the longest overdue first; a station sees its own',
  query: z.object({
    status: z._default(z.enum(['open', 'done']), 'open'),
    region: z.optional(RegionCode),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 200),
    /** `next` of the page before. */
    after: z.optional(CareTaskPlace),
  }),
  response: z.object({
    tasks: z.array(CareTask),
    /** The place to go on from; null when this is all. */
    next: z.nullable(CareTaskPlace),
    total: z.number(),
    /** Of the whole list, whatever the page: open and past their day, and open for today. */
    overdue: z.number(),
    dueToday: z.number(),
  }),
});

const taskParams = z.object({ taskId: CareTaskId });
const version = z.number().check(z.int(), z.minimum(1));

export const finishCareTask = endpoint({
  method: 'POST',
  path: '/api/care-tasks/:taskId/finish',
  summary: 'It is done; with the last one the request closes',
  params: taskParams,
  body: z.object({ version, note: requiredText(500) }),
  response: CareTask,
});

export const moveCareTask = endpoint({
  method: 'POST',
  path: '/api/care-tasks/:taskId/move',
  summary: 'To another day, with the reason',
  params: taskParams,
  body: z.object({ version, dueOn: CalendarDate, reason: requiredText(300) }),
  response: CareTask,
});
