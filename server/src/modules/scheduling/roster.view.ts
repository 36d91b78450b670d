import type { AppointmentId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { BoardSession } from '@jaqyn/shared/scheduling/board.contract';
import type { Session } from '@jaqyn/shared/scheduling/expand';
import { fromMinute } from '@jaqyn/shared/scheduling/local-day';
import type { RosterTemplate } from '@jaqyn/shared/scheduling/roster';
import type { Affected, RosterException, Template } from '@jaqyn/shared/scheduling/roster.contract';
import type { Tx } from '../../db/store.ts';
import type { AppointmentRow } from './appointment.repository.ts';
import { listAppointmentViews } from './appointment.view.ts';
import type { ExceptionRow } from './roster.repository.ts';

export function toBoardSession(practitionerId: PractitionerId, session: Session): BoardSession {
  return {
    practitionerId,
    day: session.day,
    service: session.service,
    mode: session.mode,
    startsAt: fromMinute(session.from),
    endsAt: fromMinute(session.to),
    slotMinutes: session.slotMinutes,
    bufferMinutes: session.bufferMinutes,
    rank: session.rank,
    source: session.source,
    closed: session.closed.map(({ from, to }) => ({ startsAt: fromMinute(from), endsAt: fromMinute(to) })),
  };
}

export function toTemplateView(template: RosterTemplate): Template {
  return { ...template, weekdays: [...template.weekdays] };
}

export function toException(row: ExceptionRow): RosterException {
  const { createdAt: _at, createdBy: _by, withdrawnAt: _withdrawn, ...rest } = row;
  return rest as RosterException;
}

export async function toAffected(
  tx: Tx,
  rows: readonly AppointmentRow[],
  suggestions: ReadonlyMap<AppointmentId, { practitionerId: PractitionerId; startsAt: Instant }>,
): Promise<Affected[]> {
  const views = await listAppointmentViews(
    tx,
    rows.map(({ id }) => id as AppointmentId),
  );
  return views.map((appointment) => ({ appointment, suggestion: suggestions.get(appointment.id) ?? null }));
}
