import type { AuditEntry } from '../../../server/src/modules/audit/audit-log.ts';
import { FRESH_LIFE, URGENCY_RANK } from '../../../server/src/modules/consultations/consultation.repository.ts';
import { demoId, instant, MINUTE_MS } from '../demo-id.ts';
import { Random } from '../random.ts';
import type { ObservationRow, RequestRow } from '../rows.ts';
import { buildContent } from './build-consultation.ts';
import { ConsultationLife } from './consultation-life.ts';
import { fillText, measure } from './fill-text.ts';
import type { AppointmentPlan } from './plan-appointments.ts';
import type { UserPlan } from './staff.ts';

/** A request that was asked for, looked at and accepted; what scheduling makes of it are steps of the services. */
export interface ScheduledRequest {
  readonly plan: AppointmentPlan;
  readonly request: RequestRow;
  readonly observations: readonly ObservationRow[];
  readonly acceptedAt: Date;
  /** What the specialist writes when the call has ended at this moment. */
  readonly conclusionAt: (endedAt: Date) => ReturnType<typeof buildContent>;
  readonly audit: readonly AuditEntry[];
}

/** A coordinator looks at what came in soon. */
const TRIAGE_MINUTES = [4, 22] as const;

export function buildScheduledRequest(plan: AppointmentPlan, number: string, coordinator: UserPlan): ScheduledRequest {
  const { template, urgency, patient, requester, specialty, createdAt } = plan;
  const random = new Random(`scheduled ${number}`);
  const id = demoId<string>(`request ${number}`, createdAt);
  const first = measure(random, template.vitals);
  const second = measure(random, template.recheck ?? {});
  const days = random.int(2, 4);
  const fill = (text: string) => fillText(text, first, second, days);

  const detail = { specialty, urgency, patientId: patient.row.id };
  const life = new ConsultationLife(id, createdAt, requester, detail);
  life.move('submit', createdAt, requester);
  const acceptedAt = new Date(createdAt.getTime() + random.int(...TRIAGE_MINUTES) * MINUTE_MS + random.int(0, 59_999));
  life.move('start_triage', acceptedAt, coordinator);
  life.move('accept_triage', acceptedAt, coordinator);

  return {
    plan,
    acceptedAt,
    conclusionAt: (endedAt) => buildContent(template, { fill }, endedAt),
    audit: life.audit,
    observations: [
      {
        id: demoId<string>(`observations 1 of ${id}`, createdAt),
        requestId: id,
        takenAt: instant(createdAt),
        takenBy: requester.id,
        vitals: JSON.stringify(first),
      },
    ],
    request: {
      id,
      number,
      status: life.status,
      version: life.version,
      urgency,
      urgencyRank: URGENCY_RANK[urgency],
      specialty,
      isPlanned: true,
      isWritten: false,
      ...FRESH_LIFE,
      reason: fill(random.pick(template.reasons)),
      patientId: patient.row.id,
      stationId: patient.station.row.id,
      requestedBy: requester.id,
      practitionerId: null,
      ringDeadline: null,
      createdAt: instant(createdAt),
      statusChangedAt: instant(life.statusChangedAt),
      answeredAt: null,
      endedAt: null,
      cancelReason: null,
      preliminaryCode: null,
      isDemo: true,
    },
  };
}
