import type { Appointment, CancelReason, NoShowCause } from '@jaqyn/shared/scheduling/appointment.contract';
import type { AppointmentState } from '@jaqyn/shared/scheduling/appointment.machine';
import type { DayListEntry } from '@jaqyn/shared/scheduling/board.contract';
import type { PartOfDay } from '@jaqyn/shared/scheduling/waitlist';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { StatusTone } from '../../../../ui/status-badge.tsx';

interface Words {
  readonly tone: StatusTone;
  readonly label: MessageDescriptor;
}

const stateWords: Record<AppointmentState, Words> = {
  proposed: { tone: 'heed', label: msg`Offered, waits for an answer` },
  pending: { tone: 'heed', label: msg`Asked for, the coordinator confirms` },
  waitlist: { tone: 'accent', label: msg`On the waiting list` },
  booked: { tone: 'accent', label: msg`Booked` },
  arrived: { tone: 'accent', label: msg`Patient is at the station` },
  'checked-in': { tone: 'well', label: msg`Ready for the call` },
  fulfilled: { tone: 'well', label: msg`They met` },
  noshow: { tone: 'heed', label: msg`Did not take place` },
  cancelled: { tone: 'quiet', label: msg`Cancelled` },
};
const IN_CALL: Words = { tone: 'well', label: msg`In the call` };
const INTERRUPTED: Words = { tone: 'heed', label: msg`Interrupted` };

/** The state of an appointment as people say it: a talk that goes on is more than its appointment. */
export function appointmentWords({ status, requestStatus }: Pick<Appointment, 'status' | 'requestStatus'>): Words {
  if (requestStatus === 'in_call') return IN_CALL;
  if (requestStatus === 'interrupted') return INTERRUPTED;
  return stateWords[status];
}

export const cancelWords: Record<CancelReason, MessageDescriptor> = {
  patient_asked: msg`The patient asked for it`,
  patient_unwell: msg`The patient is too unwell to come`,
  no_longer_needed: msg`It is no longer needed`,
  specialist_away: msg`The specialist is away`,
  station_cannot: msg`The station cannot`,
  no_link: msg`No link at the station`,
  booked_by_mistake: msg`Booked by mistake`,
  other: msg`Another reason`,
};

export const causeWords: Record<NoShowCause, MessageDescriptor> = {
  patient: msg`the patient did not come`,
  specialist: msg`the specialist was not there`,
  network: msg`the link failed`,
  station: msg`the station could not`,
};

export const missingWords: Record<DayListEntry['missing'][number], MessageDescriptor> = {
  consent: msg`Consent is missing`,
  vitals: msg`Vital signs are missing`,
  equipment: msg`Equipment is missing`,
  check_in: msg`Not checked in yet`,
  confirmation: msg`The coordinator has not confirmed yet`,
};

export const partOfDayWords: Record<PartOfDay, MessageDescriptor> = {
  any: msg`Any time`,
  morning: msg`Before 13:00`,
  afternoon: msg`After 13:00`,
};
