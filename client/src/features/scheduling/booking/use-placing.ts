import type { AppointmentId, HoldId, PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Appointment, Changed } from '@jaqyn/shared/scheduling/appointment.contract';
import { useState } from 'react';
import { newId } from '../../../lib/ids.ts';
import { useBookAppointment } from '../api/book-appointment.ts';
import { useMoveAppointment } from '../api/move-appointment.ts';
import { useRebookAppointment } from '../api/rebook-appointment.ts';

/** Why a slot is looked for. */
export type Purpose =
  | { readonly kind: 'book'; readonly requestId: RequestId; readonly patientName: string }
  | { readonly kind: 'move' | 'rebook'; readonly appointment: Appointment };

export interface Place {
  readonly practitionerId: PractitionerId;
  readonly startsAt: Instant;
  readonly alsoPractitionerIds: PractitionerId[];
  readonly holdId: HoldId | null;
}

const NONE = '' as AppointmentId;

/** Puts a request or an appointment on a slot, whatever the purpose; sent again it has one effect. */
export function usePlacing(purpose: Purpose) {
  const [id] = useState(() => newId() as AppointmentId);
  const appointment = purpose.kind === 'book' ? undefined : purpose.appointment;
  const book = useBookAppointment();
  const move = useMoveAppointment(appointment?.id ?? NONE);
  const rebook = useRebookAppointment(appointment?.id ?? NONE);
  const { isPending, error, reset } = { book, move, rebook }[purpose.kind];

  function place(where: Place, note: string, onSuccess: (changed: Changed) => void) {
    switch (purpose.kind) {
      case 'book':
        book.mutate({ id, requestId: purpose.requestId, ...where, note }, { onSuccess });
        break;
      case 'move':
        move.mutate({ version: purpose.appointment.version, ...where }, { onSuccess });
        break;
      case 'rebook':
        rebook.mutate({ id, version: purpose.appointment.version, ...where }, { onSuccess });
        break;
    }
  }
  return { place, isPending, error, reset };
}
