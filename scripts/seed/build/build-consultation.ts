import type { AuditEntry } from '../../../server/src/modules/audit/audit-log.ts';
import { FRESH_LIFE, URGENCY_RANK } from '../../../server/src/modules/consultations/consultation.repository.ts';
import { listRecommendations } from '../../../shared/src/consultations/care-plan.ts';
import type { ConclusionContent } from '../../../shared/src/consultations/conclusion.contract.ts';
import type { Vitals } from '../../../shared/src/consultations/vitals.ts';
import { localDate } from '../../../shared/src/kernel/time.ts';
import { CANCEL_REASONS } from '../content/cancel-reasons.ts';
import type { CaseTemplate } from '../content/case-template.ts';
import { addDays, demoId, instant } from '../demo-id.ts';
import { Random } from '../random.ts';
import type {
  CareTaskRow,
  CompositionRow,
  MessageRow,
  ObservationRow,
  RequestRow,
  RingRow,
  TeachBackRow,
} from '../rows.ts';
import { auditEntry, ConsultationLife } from './consultation-life.ts';
import { fillText, measure } from './fill-text.ts';
import type { ConsultationPlan } from './plan-consultations.ts';
import type { SpecialistPlan } from './staff.ts';
import { between, type CallTiming } from './timing.ts';

/** The draft before it is signed: the bytes to sign are made from the stored rows, as the server does. */
export type DraftRow = Omit<CompositionRow, 'status' | 'signedAt' | 'signedBytes' | 'sha256'>;

export interface BuiltConsultation {
  readonly request: RequestRow;
  readonly rings: readonly RingRow[];
  readonly observations: readonly ObservationRow[];
  readonly messages: readonly MessageRow[];
  readonly draft: DraftRow | undefined;
  readonly teachBack: TeachBackRow | undefined;
  readonly tasks: readonly CareTaskRow[];
  readonly signedAt: Date | undefined;
  /** In the order of time. The hash of what was signed is added to `consultation.sign` when it is known. */
  readonly audit: readonly AuditEntry[];
}

/** What the case says with this patient's numbers in it. */
export interface Story {
  readonly first: Vitals;
  readonly second: Vitals;
  readonly fill: (text: string) => string;
}

export function buildConsultation(plan: ConsultationPlan, number: string): BuiltConsultation {
  const { specialty, template, patient, requester, outcome, timing } = plan;
  const random = new Random(`consultation ${number}`);
  const id = demoId<string>(`request ${number}`, timing.createdAt);
  const first = measure(random, template.vitals);
  const second = measure(random, template.recheck ?? {});
  // The forms of the words after it are those that go with two, three and four.
  const days = random.int(2, 4);
  const story: Story = { first, second, fill: (text) => fillText(text, first, second, days) };

  const life = new ConsultationLife(id, timing.createdAt, requester, {
    specialty,
    urgency: template.urgency,
    patientId: patient.row.id,
  });
  const rings = ringThrough(plan, id, life);
  const specialist = timing.call && plan.onCall[rings.length - 1];
  const called = timing.call && specialist && hold(plan, id, life, story, specialist, timing.call);

  const request: RequestRow = {
    id,
    number,
    status: life.status,
    version: life.version,
    urgency: template.urgency,
    urgencyRank: URGENCY_RANK[template.urgency],
    specialty,
    isPlanned: false,
    isWritten: false,
    ...FRESH_LIFE,
    reason: story.fill(random.pick(template.reasons)),
    patientId: patient.row.id,
    stationId: patient.station.row.id,
    requestedBy: requester.id,
    practitionerId: specialist?.practitioner.id ?? null,
    ringDeadline: null,
    createdAt: instant(timing.createdAt),
    statusChangedAt: instant(life.statusChangedAt),
    answeredAt: timing.call ? instant(timing.call.answeredAt) : null,
    endedAt: timing.call ? instant(timing.call.endedAt) : outcome === 'cancelled' ? instant(timing.lastAt) : null,
    cancelReason: outcome === 'cancelled' ? random.pick(CANCEL_REASONS[patient.station.settlement.language]) : null,
    preliminaryCode: null,
    isDemo: true,
  };
  return {
    request,
    rings,
    observations: observe(plan, id, story),
    messages: called?.messages ?? [],
    draft: called?.draft,
    teachBack: called?.teachBack,
    tasks: called?.tasks ?? [],
    signedAt: timing.call?.signedAt,
    audit: life.audit.concat(called?.audit ?? []).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  };
}

/** Up the ladder, to the answer, the cancelling or the end of the ladder. */
function ringThrough(
  { outcome, ladder, onCall, requester, timing }: ConsultationPlan,
  id: string,
  life: ConsultationLife,
) {
  life.move('call_now', timing.createdAt, requester);
  return timing.rings.map(([startedAt, endedAt], index): RingRow => {
    const rung = onCall[index];
    if (rung === undefined) throw new Error(`nobody is on call at rank ${index + 1}`);
    const isMissed = index < ladder.missed;
    const isDeclined = isMissed && ladder.declined && index === ladder.missed - 1;
    if (isDeclined) life.note('consultation.decline_call', endedAt, rung.user, { reason: 'busy' });
    if (isMissed) {
      const by = isDeclined ? rung.user : null;
      if (index + 1 < timing.rings.length) life.move('escalate', endedAt, by, { rank: index + 2 });
      else life.move('exhaust_ladder', endedAt, by);
    } else if (outcome === 'cancelled') {
      life.move('cancel', endedAt, requester);
    } else {
      life.move('answer', endedAt, rung.user);
    }
    return {
      id: demoId<string>(`ring ${index} of ${id}`, startedAt),
      requestId: id,
      practitionerId: rung.practitioner.id,
      rank: index + 1,
      attempt: 1,
      startedAt: instant(startedAt),
      endedAt: instant(endedAt),
      outcome: isDeclined ? 'declined' : isMissed ? 'timed_out' : outcome === 'cancelled' ? 'cancelled' : 'answered',
      declineReason: isDeclined ? 'busy' : null,
      declineNote: isDeclined ? '' : null,
    };
  });
}

/** The call, the writing, the signature, and what the station did with it. */
function hold(
  plan: ConsultationPlan,
  id: string,
  life: ConsultationLife,
  story: Story,
  { user }: SpecialistPlan,
  call: CallTiming,
) {
  const { requester, outcome } = plan;
  const [firstSave, lastSave] = call.savedAt;
  const draft: DraftRow = {
    id: demoId<string>(`composition of ${id}`, firstSave),
    requestId: id,
    version: 2,
    content: JSON.stringify(buildContent(plan.template, story, call.endedAt)),
    authorId: user.id,
    savedAt: instant(lastSave),
  };
  const saved = (at: Date, version: number) =>
    auditEntry(at, user, 'conclusion.save', 'conclusion', draft.id, { requestId: id, version });
  const audit = [saved(firstSave, 1), saved(lastSave, 2)];

  if (plan.template.recheck !== undefined) life.touch('consultation.add_observations', call.recheckAt, requester);
  life.move('end_call', call.endedAt, user);
  if (call.signedAt !== undefined) {
    life.move('present_for_signature', call.signedAt, user);
    life.move('sign', call.signedAt, user);
  }
  if (call.deliveredAt !== undefined) {
    life.move('deliver', call.deliveredAt, requester);
    audit.push(auditEntry(call.deliveredAt, requester, 'conclusion.read', 'conclusion', draft.id, { requestId: id }));
  }
  if (call.acknowledgedAt !== undefined) {
    life.move('acknowledge', call.acknowledgedAt, requester);
    life.move(outcome === 'closed' ? 'close' : 'open_follow_up', call.acknowledgedAt, requester);
  }
  const read = call.acknowledgedAt && readAloud(plan, draft, call.acknowledgedAt);
  return {
    draft,
    audit: [...audit, ...(read?.audit ?? [])],
    messages: buildChat(plan, id, story, user.id, call),
    teachBack: read?.teachBack,
    tasks: read?.tasks ?? [],
  };
}

/** The patient said everything back; what is to be done later keeps the request open. */
function readAloud({ requester, outcome }: ConsultationPlan, draft: DraftRow, at: Date) {
  const content = JSON.parse(draft.content) as ConclusionContent;
  const teachBack: TeachBackRow = {
    compositionId: draft.id,
    requestId: draft.requestId,
    version: 1,
    answers: JSON.stringify(listRecommendations(content).map(({ index }) => ({ index, kind: 'done', reason: '' }))),
    savedAt: instant(at),
    savedBy: requester.id,
    completedAt: instant(at),
  };
  const audit = [
    auditEntry(at, requester, 'teach_back.complete', 'conclusion', draft.id, {
      requestId: draft.requestId,
      version: 1,
    }),
  ];
  if (outcome === 'closed') return { teachBack, tasks: [], audit };
  const task: CareTaskRow = {
    id: demoId<string>(`task of ${draft.requestId}`, at),
    requestId: draft.requestId,
    compositionId: draft.id,
    kind: content.followUpDate === null ? 'other' : 'visit',
    text: content.followUpDate === null ? 'Қоңырау шалып, хал-жағдайын сұрау' : '',
    reason: '',
    dueOn: content.followUpDate ?? addDays(localDate(at), 5),
    status: 'open',
    version: 1,
    createdAt: instant(at),
    createdBy: requester.id,
  };
  const { id, requestId, kind, dueOn } = task;
  audit.push(auditEntry(at, requester, 'care_task.create', 'care_task', id, { requestId, kind, dueOn }));
  return { teachBack, tasks: [task], audit };
}

export function buildContent(template: CaseTemplate, { fill }: Pick<Story, 'fill'>, endedAt: Date): ConclusionContent {
  return {
    findings: fill(template.findings),
    diagnosis: { code: template.code, text: fill(template.diagnosis), certainty: template.certainty },
    recommendations: template.recommendations.map(fill),
    medicines: fill(template.medicines),
    furtherTests: fill(template.tests),
    referral: fill(template.referral),
    followUpDate: template.followUp === undefined ? null : addDays(localDate(endedAt), template.followUp),
    limits: fill(template.limits),
  };
}

function observe(
  { template, requester, timing }: ConsultationPlan,
  id: string,
  { first, second }: Story,
): ObservationRow[] {
  const set = (order: number, at: Date, vitals: Vitals): ObservationRow => ({
    id: demoId<string>(`observations ${order} of ${id}`, at),
    requestId: id,
    takenAt: instant(at),
    takenBy: requester.id,
    vitals: JSON.stringify(vitals),
  });
  const sets = [set(1, timing.createdAt, first)];
  if (template.recheck !== undefined && timing.call) sets.push(set(2, timing.call.recheckAt, second));
  return sets;
}

/** Spread over the call; what tells of the second measurement comes after it. */
function buildChat(
  { template, requester }: ConsultationPlan,
  id: string,
  { fill }: Story,
  specialistId: string,
  { answeredAt, recheckAt, endedAt }: CallTiming,
): MessageRow[] {
  const aboutRecheck = template.chat.findIndex(([, text]) => text.includes('_2}'));
  const before = aboutRecheck < 0 ? template.chat.length : aboutRecheck;
  return template.chat.map(([by, text], index) => {
    const at =
      index < before
        ? between(answeredAt, recheckAt, (index + 1) / (before + 1))
        : between(recheckAt, endedAt, (index - before + 1) / (template.chat.length - before + 1));
    return {
      id: demoId<string>(`message ${index + 1} of ${id}`, at),
      requestId: id,
      seq: index + 1,
      authorId: by === 'S' ? requester.id : specialistId,
      text: fill(text),
      sentAt: instant(at),
    };
  });
}
