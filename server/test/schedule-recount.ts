import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { AppointmentState } from '@jaqyn/shared/scheduling/appointment.machine';
import { addDays, dayOf, eachDay, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { Database } from 'better-sqlite3';
import { expect } from 'vitest';
import type { BoardService } from '../src/modules/scheduling/board.service.ts';

/** What the claims must be, counted anew from appointments and holds; and whatever else of the schedule follows from something. */

interface ClaimRow {
  readonly kind: 'practitioner' | 'patient' | 'station';
  readonly resource_id: string;
  readonly lane: number;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly holder_kind: 'appointment' | 'hold';
  readonly holder_id: string;
  readonly expires_at: string | null;
}

interface AppointmentRow {
  readonly id: string;
  readonly request_id: string;
  readonly status: AppointmentState;
  readonly version: number;
  readonly mode: 'video' | 'async';
  readonly service: string | null;
  readonly patient_id: string;
  readonly station_id: string;
  readonly practitioner_id: string | null;
  readonly lane: number;
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly expires_at: string | null;
}

const all = <T>(raw: Database, sql: string, ...values: unknown[]) => raw.prepare(sql).all(...values) as T[];

const HAS_TIME: readonly AppointmentState[] = ['proposed', 'pending', 'booked', 'arrived', 'checked-in', 'fulfilled'];

const line = (
  kind: string,
  id: string | null,
  row: { starts_at: string | null; ends_at: string | null },
  rest: unknown[],
) => [kind, id, row.starts_at, row.ends_at, ...rest].join(' ');

export function listAppointments(raw: Database): AppointmentRow[] {
  return all<AppointmentRow>(raw, 'select * from appointment order by id');
}

/** Nobody is in two places, and what is taken is exactly what appointments and holds take. */
export function expectClaims(raw: Database): void {
  const claims = all<ClaimRow>(raw, 'select * from slot_claim');
  const members = all<{ appointment_id: string; practitioner_id: string }>(raw, 'select * from appointment_member');

  const expected: string[] = [];
  for (const row of listAppointments(raw)) {
    if (!HAS_TIME.includes(row.status)) continue;
    const rest = ['appointment', row.id, row.expires_at];
    expected.push(line('practitioner', row.practitioner_id, row, rest));
    for (const member of members.filter(({ appointment_id }) => appointment_id === row.id)) {
      expected.push(line('practitioner', member.practitioner_id, row, rest));
    }
    if (row.mode !== 'video') continue;
    expected.push(line('patient', row.patient_id, row, rest), line('station', row.station_id, row, rest));
  }
  type HoldRow = { id: string; practitioner_id: string; starts_at: string; ends_at: string; expires_at: string };
  for (const hold of all<HoldRow>(raw, 'select * from slot_hold')) {
    expected.push(line('practitioner', hold.practitioner_id, hold, ['hold', hold.id, hold.expires_at]));
  }
  const found = claims.map((claim) =>
    line(claim.kind, claim.resource_id, claim, [claim.holder_kind, claim.holder_id, claim.expires_at]),
  );
  expect(found.sort()).toEqual(expected.sort());

  const overlapping = claims.flatMap((a) =>
    claims.filter(
      (b) =>
        a !== b &&
        a.kind === b.kind &&
        a.resource_id === b.resource_id &&
        a.lane === b.lane &&
        a.starts_at < b.ends_at &&
        b.starts_at < a.ends_at,
    ),
  );
  expect(overlapping).toEqual([]);
  const leads = new Map(listAppointments(raw).map((row) => [`${row.id} ${row.practitioner_id}`, row.lane]));
  for (const { kind, lane, holder_id, resource_id } of claims) {
    if (kind === 'patient') expect(lane).toBe(0);
    if (kind === 'practitioner') expect(lane, 'lane').toBe(leads.get(`${holder_id} ${resource_id}`) ?? 0);
  }
}

/** A request has one live appointment at most, and stands where that one has brought it. */
export function expectRequests(raw: Database): void {
  const live: Partial<Record<AppointmentState, ConsultationState>> = {
    proposed: 'waitlisted',
    pending: 'waitlisted',
    waitlist: 'waitlisted',
    booked: 'booked',
    arrived: 'booked',
    'checked-in': 'checked_in',
  };
  const appointments = listAppointments(raw).filter(({ status }) => live[status] !== undefined);
  expect(new Set(appointments.map((row) => row.request_id)).size).toBe(appointments.length);
  type Request = { id: string; status: ConsultationState; practitioner_id: string | null };
  for (const request of all<Request>(raw, 'select * from service_request')) {
    const mine = appointments.find(({ request_id }) => request_id === request.id);
    if (mine === undefined) expect(['in_triage', 'accepted', 'no_show', 'cancelled']).toContain(request.status);
    else {
      // An asynchronous case lies with its specialist from the booking on; nobody comes to it.
      const isAssigned = mine.mode === 'async' && ['booked', 'arrived', 'checked-in'].includes(mine.status);
      expect(request.status).toBe(isAssigned ? 'async_assigned' : live[mine.status]);
      expect(request.practitioner_id).toBe(request.status === 'waitlisted' ? null : mine.practitioner_id);
    }
  }
}

/** Templates of one specialist never want the same time. */
export function expectTemplates(raw: Database): void {
  type Template = {
    practitioner_id: string;
    weekdays: number;
    start_minute: number;
    end_minute: number;
    valid_from: string;
    valid_to: string | null;
  };
  const templates = all<Template>(
    raw,
    "select * from roster_template where mode <> 'on_call' and withdrawn_at is null",
  );
  const clashes = templates.flatMap((a, index) =>
    templates
      .slice(index + 1)
      .filter(
        (b) =>
          a.practitioner_id === b.practitioner_id &&
          (a.weekdays & b.weekdays) !== 0 &&
          a.start_minute < b.end_minute &&
          b.start_minute < a.end_minute &&
          a.valid_from <= (b.valid_to ?? '9999') &&
          b.valid_from <= (a.valid_to ?? '9999'),
      ),
  );
  expect(clashes).toEqual([]);
}

/**
 * `day_load` against the slots that the services answer, marked by hand: every claim that stands there takes them. From `from` on,
 * as what is over is left alone.
 */
export async function expectLoads(
  raw: Database,
  boards: Pick<BoardService, 'listSlots'>,
  practitionerIds: readonly PractitionerId[],
  from: CalendarDate,
  days: number,
): Promise<void> {
  const to = addDays(from, days - 1);
  const claims = all<ClaimRow>(raw, "select * from slot_claim where kind = 'practitioner'");
  for (const practitionerId of practitionerIds) {
    const expected = new Map<string, { slots: number; free: string[] }>();
    for (const slot of await boards.listSlots(practitionerId, from, to)) {
      const key = `${dayOf(toMinute(slot.startsAt))} ${slot.service}`;
      const load = expected.get(key) ?? { slots: 0, free: [] };
      expected.set(key, load);
      load.slots += 1;
      const isTaken = claims.some(
        (claim) =>
          claim.resource_id === practitionerId && claim.starts_at < slot.endsAt && slot.startsAt < claim.ends_at,
      );
      if (!isTaken) load.free.push(slot.startsAt);
    }
    const found = all<{
      day: string;
      service: string;
      slots: number;
      free: number;
      first_free_at: Instant | null;
      last_free_at: Instant | null;
    }>(raw, 'select * from day_load where practitioner_id = ? and day between ? and ?', practitionerId, from, to);
    const inOrder = (loads: readonly (readonly unknown[])[]) => loads.map((load) => load.join(' ')).toSorted();
    expect(
      inOrder(found.map((row) => [row.day, row.service, row.slots, row.free, row.first_free_at, row.last_free_at])),
    ).toEqual(
      inOrder(
        [...expected].map(([key, { slots, free }]) => {
          const sorted = free.toSorted();
          return [key, slots, free.length, sorted[0] ?? null, sorted.at(-1) ?? null];
        }),
      ),
    );
  }
  expect(eachDay(from, to)).toHaveLength(days);
}
