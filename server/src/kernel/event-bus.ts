import type { AttachmentState } from '@jaqyn/shared/attachments/attachment.contract';
import type { ChatMessage } from '@jaqyn/shared/consultations/consultation.contract';
import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type { ErrorCode } from '@jaqyn/shared/errors/error-catalog';
import type {
  AppointmentId,
  AttachmentId,
  NoticeId,
  PractitionerId,
  RequestId,
  SpecialtyCode,
  StationId,
  UserId,
} from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Logger } from './logger.ts';

/** Why a session is over. */
export type SessionEndReason = 'signed_out' | 'expired' | 'revoked' | 'user_disabled';

/** What happened inside, told after the commit and never before. Payloads carry ids, no clinical text but the chat's. */
export interface DomainEvents {
  'session:ended': { sessionId: string; userId: UserId; reason: SessionEndReason };
  'consultation:changed': {
    requestId: RequestId;
    status: ConsultationState;
    version: number;
    stationId: StationId;
    specialty: SpecialtyCode;
    practitionerId: PractitionerId | null;
    /** Null for the system's own clocks. */
    actorId: UserId | null;
  };
  /** Who is asked into a call is not who was; `userIds`: whose part it is. */
  'participants:changed': {
    requestId: RequestId;
    userIds: UserId[];
    stationId: StationId;
    practitionerId: PractitionerId | null;
  };
  'ring:started': { requestId: RequestId; userIds: UserId[] };
  'ring:stopped': { requestId: RequestId; userIds: UserId[]; why: RingStopReason; code?: ErrorCode };
  /** Appointments, holds or rosters are not what they were; who shows these people or days asks again. */
  'schedule:changed': {
    practitionerIds: PractitionerId[];
    stationIds: StationId[];
    days: CalendarDate[];
    appointmentIds: AppointmentId[];
    /** The display name of who did it; absent for the system's own clocks. */
    actorName?: string | undefined;
  };
  'waitlist:changed': { specialties: SpecialtyCode[]; stationIds: StationId[] };
  /** Somebody has a new notice. */
  'notice:arrived': { userId: UserId; noticeId: NoticeId };
  'attachment:changed': {
    requestId: RequestId;
    attachmentId: AttachmentId;
    status: AttachmentState;
    stationId: StationId;
    practitionerId: PractitionerId | null;
    specialty: SpecialtyCode;
  };
  'chat:sent': {
    message: ChatMessage;
    stationId: StationId;
    practitionerId: PractitionerId | null;
    /** Further specialists in the call. */
    userIds: UserId[];
  };
}

export type RingStopReason = 'answered' | 'cancelled' | 'declined' | 'escalated' | 'exhausted';

type Listener<Name extends keyof DomainEvents> = (payload: DomainEvents[Name]) => void | Promise<void>;

/** In-process publish and subscribe. A listener that throws is logged and hurts neither the publisher nor its neighbours. */
export class EventBus {
  readonly #listeners = new Map<keyof DomainEvents, Set<Listener<keyof DomainEvents>>>();
  readonly #logger: Pick<Logger, 'error'>;

  constructor(logger: Pick<Logger, 'error'>) {
    this.#logger = logger;
  }

  on<Name extends keyof DomainEvents>(name: Name, listener: Listener<Name>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener as Listener<keyof DomainEvents>);
    return () => listeners.delete(listener as Listener<keyof DomainEvents>);
  }

  publish<Name extends keyof DomainEvents>(name: Name, payload: DomainEvents[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      Promise.resolve()
        .then(() => listener(payload))
        .catch((error: unknown) => this.#logger.error({ err: error, event: name }, 'event listener failed'));
    }
  }
}
