import type { PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Outbox } from '../../kernel/outbox.ts';

/** Where an appointment can bring its request. */
export type RequestStage =
  | 'accepted'
  | 'waitlisted'
  | 'booked'
  /** Booked for an answer in writing: nobody has to come. */
  | 'async_assigned'
  | 'checked_in'
  | 'in_call'
  | 'no_show'
  | 'cancelled';

/**
 * What scheduling asks of the requests, which belong to a later module: it fills this port. Every call is part of the caller's
 * unit of work.
 */
export interface RequestLife {
  /**
   * Brings a request to a stage by the events of its own machine; there already, only its specialist changes.
   * Throws `consultation.state_conflict` where no way leads there, `consultation.specialist_busy` where a call would begin
   * beside another.
   */
  bring(
    tx: Tx,
    outbox: Outbox,
    to: {
      readonly requestId: RequestId;
      readonly stage: RequestStage;
      readonly actor: Actor | null;
      readonly at: Instant;
      /** Whom it is booked with; null while it waits. */
      readonly practitionerId: PractitionerId | null;
    },
  ): Promise<void>;

  /** A request for a later date of a series: patient, question and urgency of its source; accepted, its appointment brings it on. */
  createFollowUp(
    tx: Tx,
    outbox: Outbox,
    from: {
      readonly sourceId: RequestId;
      readonly requestId: RequestId;
      readonly actor: Actor;
      readonly at: Instant;
    },
  ): Promise<void>;
}
