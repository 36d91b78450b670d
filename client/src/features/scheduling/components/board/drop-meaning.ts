/** What putting something down somewhere would do, as far as the page knows by itself. The server is asked besides. */

import { assertUnreachable } from '@jaqyn/shared/kernel/assert-unreachable';
import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { nextAppointmentState } from '@jaqyn/shared/scheduling/appointment.machine';
import { fromMinute, type Minute } from '@jaqyn/shared/scheduling/local-day';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import { CONFLICTS, type ConflictCode } from '@jaqyn/shared/scheduling/placement';
import { type BoardCell, targetStart } from './board-model.ts';

export interface Target {
  readonly practitionerId: PractitionerId;
  readonly startsAt: Instant;
}

export type DropMeaning =
  /** It is there already: putting it down gives it up. */
  | { readonly kind: 'same' }
  | { readonly kind: 'book' | 'move'; readonly target: Target }
  | { readonly kind: 'refused'; readonly conflicts: readonly Conflict[] };

/** Whether it can be picked up at all: what is over, offered or being answered elsewhere stays. */
export function canPickUp({ status }: Pick<Appointment, 'status'>): boolean {
  return status === 'waitlist' || nextAppointmentState(status, 'move', 'coordinator') !== undefined;
}

export function meaningOf(carried: Appointment, cell: BoardCell, now: Minute): DropMeaning {
  const from = targetStart(cell);
  const isThere = cell.appointments.some(({ id }) => id === carried.id);
  if (isThere) return { kind: 'same' };
  const codes: ConflictCode[] = [];
  if (carried.specialty !== cell.specialty) codes.push('specialty_differs');
  const stands = standsAgainst(cell);
  if (stands !== null) codes.push(stands);
  if (from !== null && from < now) codes.push('in_the_past');
  if (codes.length > 0 || from === null) {
    const known = codes.length > 0 ? codes : (['slot_taken'] as const);
    return { kind: 'refused', conflicts: known.map((code) => toConflict(code, cell)) };
  }
  return {
    kind: carried.status === 'waitlist' ? 'book' : 'move',
    target: { practitionerId: cell.practitionerId, startsAt: fromMinute(from) },
  };
}

/** A booked slot is left to the server: its service may allow one more. */
function standsAgainst(cell: BoardCell): ConflictCode | null {
  switch (cell.kind) {
    case 'closed':
      return 'on_leave';
    case 'past':
      return 'in_the_past';
    case 'held':
    case 'done':
    case 'here':
    case 'foreign':
      return 'slot_taken';
    case 'free':
    case 'mine':
    case 'offered':
    case 'asked':
    case 'booked':
      return null;
    default:
      return assertUnreachable(cell.kind);
  }
}

/** What a drop meets, by the server's answer: it is never sent against a refusal, nor past a warning that nobody has read. */
export function verdictOf(conflicts: readonly Conflict[]): 'refused' | 'warned' | 'possible' {
  if (conflicts.some(({ severity }) => severity === 'refuses')) return 'refused';
  return conflicts.length > 0 ? 'warned' : 'possible';
}

function toConflict(code: ConflictCode, cell: BoardCell): Conflict {
  return {
    code,
    severity: CONFLICTS[code],
    ...(code === 'slot_taken' && cell.hold !== null && { heldUntil: cell.hold.expiresAt }),
  };
}
