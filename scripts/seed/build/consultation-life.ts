import type { AuditEntry } from '../../../server/src/modules/audit/audit-log.ts';
import type { AuditAction } from '../../../shared/src/audit/audit-actions.ts';
import {
  type ConsultationActor,
  type ConsultationEvent,
  type ConsultationState,
  nextState,
} from '../../../shared/src/consultations/consultation.machine.ts';
import { instant } from '../demo-id.ts';
import type { UserPlan } from './staff.ts';

type Detail = NonNullable<AuditEntry['detail']>;

/**
 * The life of one request as the services would have written it down: state, version and the audit rows of every step,
 * each step checked against the machine.
 */
export class ConsultationLife {
  readonly #requestId: string;
  readonly audit: AuditEntry[] = [];
  status: ConsultationState = 'draft';
  statusChangedAt: Date;
  version = 1;

  constructor(requestId: string, createdAt: Date, by: UserPlan, detail: Detail) {
    this.#requestId = requestId;
    this.statusChangedAt = createdAt;
    this.note('consultation.create', createdAt, by, detail);
  }

  /** One step of the machine; `by` null is the system's own clock. Throws where the machine does not allow it. */
  move(event: ConsultationEvent, at: Date, by: UserPlan | null, detail: Detail = {}): void {
    const to = nextState(this.status, event, partOf(by));
    if (to === undefined) throw new Error(`${event} does not apply in ${this.status}`);
    this.note(`consultation.${event}`, at, by, { from: this.status, to, ...detail });
    this.status = to;
    this.statusChangedAt = at;
    this.version += 1;
  }

  /** A change that is no step of the machine. */
  touch(action: AuditAction, at: Date, by: UserPlan): void {
    this.note(action, at, by);
    this.version += 1;
  }

  note(action: AuditAction, at: Date, by: UserPlan | null, detail: Detail = {}): void {
    this.audit.push(auditEntry(at, by, action, 'consultation', this.#requestId, detail));
  }
}

function partOf(by: UserPlan | null): ConsultationActor {
  if (by === null) return 'system';
  if (by.role === 'coordinator') return 'coordinator';
  return by.role === 'feldsher' ? 'station' : 'specialist';
}

export function auditEntry(
  at: Date,
  by: UserPlan | null,
  action: AuditAction,
  entityType: AuditEntry['entityType'],
  entityId: string,
  detail: Detail = {},
): AuditEntry {
  const actor = by && { userId: by.id as NonNullable<AuditEntry['actor']>['userId'], role: by.role };
  return { at: instant(at), actor, action, entityType, entityId, detail };
}
