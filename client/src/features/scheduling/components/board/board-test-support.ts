import type { PractitionerId, RosterEntryId, ServiceCode, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { localDate } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import type { BoardRow, BoardSession } from '@jaqyn/shared/scheduling/board.contract';
import { fromMinute, minuteAt } from '@jaqyn/shared/scheduling/local-day';
import type { Board } from '../../api/get-board.ts';
import { anAppointment, calendarDate } from '../../test-support.ts';

export const MONDAY = calendarDate('2026-11-23');
export const CARDIOLOGY = 'cardiology' as SpecialtyCode;

/** The minute of `HH:MM` on a day in Kazakhstan. */
export function at(time: string, day = MONDAY): number {
  const [hours = '', minutes = ''] = time.split(':');
  return minuteAt(day, Number(hours) * 60 + Number(minutes));
}

/** Nine to ten, twenty minutes each, unless changed. */
export function aSession(
  practitionerId: string,
  changes: Partial<BoardSession> & { from?: string; to?: string } = {},
): BoardSession {
  const { from = '09:00', to = '10:00', ...rest } = changes;
  return {
    practitionerId: practitionerId as PractitionerId,
    day: localDate(fromMinute(at(from))),
    service: 'cardiology-video' as ServiceCode,
    mode: 'video',
    startsAt: fromMinute(at(from)),
    endsAt: fromMinute(at(to)),
    slotMinutes: 20,
    bufferMinutes: 0,
    rank: null,
    source: { kind: 'template', id: 't' as RosterEntryId },
    closed: [],
    ...rest,
  };
}

export function aRow(id: string, sessions: readonly BoardSession[], specialty = CARDIOLOGY): BoardRow {
  return {
    practitioner: {
      id: id as PractitionerId,
      displayName: id,
      specialty,
      organization: { id: 'o' as BoardRow['practitioner']['organization']['id'], name: { kk: 'А', ru: 'А', en: 'A' } },
      region: null,
      languages: ['kk'],
    },
    slots: 0,
    taken: 0,
    sessions: [...sessions],
    closures: [],
  };
}

export function aBoard(rows: BoardRow[], changes: Partial<Board> = {}): Board {
  return {
    rows,
    total: rows.length,
    appointments: [],
    busy: [],
    holds: [],
    specialDays: [],
    at: fromMinute(at('08:00')),
    ...changes,
  };
}

/** An appointment of `id` with a specialist, twenty minutes from `time`. */
export function anAppointmentAt(
  id: string,
  practitionerId: string,
  time: string,
  changes: Partial<Appointment> = {},
): Appointment {
  return anAppointment({
    id: id as Appointment['id'],
    startsAt: fromMinute(at(time)),
    endsAt: fromMinute(at(time) + 20),
    practitioners: [{ id: practitionerId as PractitionerId, displayName: practitionerId }],
    ...changes,
  });
}
