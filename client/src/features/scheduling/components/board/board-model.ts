/** From the server's answer to what is drawn: groups of lines of cells. Pure; the minute of now is given. */
import type { PractitionerId, ServiceCode, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { CLAIMING_STATES, isAppointmentIn } from '@jaqyn/shared/scheduling/appointment.machine';
import type { BoardHold, BoardRow, BoardSession } from '@jaqyn/shared/scheduling/board.contract';
import { slotsOf } from '@jaqyn/shared/scheduling/expand';
import { dayOf, type Minute, overlaps, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { SLOT_MINUTES } from '@jaqyn/shared/scheduling/roster';
import type { Board } from '../../api/get-board.ts';

/**
 * `free`: can be booked. `past`: was free and has begun. `held`: somebody has a form open on it, `mine`: I have. `foreign`: taken,
 * by a station of another oblast. `closed`: a leave or a day off covers it.
 */
export type CellKind =
  | 'free'
  | 'past'
  | 'held'
  | 'mine'
  | 'offered'
  | 'asked'
  | 'booked'
  | 'here'
  | 'done'
  | 'foreign'
  | 'closed';

export interface BoardCell extends Span {
  /** Stays the same while the board is asked for again. */
  readonly key: string;
  readonly practitionerId: PractitionerId;
  readonly specialty: SpecialtyCode;
  readonly day: CalendarDate;
  readonly kind: CellKind;
  /** Null outside of the roster: an appointment that a change of the roster left where it was. */
  readonly service: ServiceCode | null;
  readonly mode: 'video' | 'async';
  /** More than one where the service lets a slot be overbooked, or in a batch. */
  readonly appointments: readonly Appointment[];
  readonly hold: BoardHold | null;
  /** Of an asynchronous batch: places in it, those still free, and the start of the next free one. */
  readonly batch: { readonly places: number; readonly free: number; readonly next: Minute | null } | null;
}

export interface BoardLine {
  readonly row: BoardRow;
  readonly cells: readonly BoardCell[];
  /** Two lines that read the same are drawn the same. */
  readonly signature: string;
}

export interface BoardGroup {
  readonly specialty: SpecialtyCode;
  readonly lines: readonly BoardLine[];
  readonly slots: number;
  readonly taken: number;
}

export function cellKey(practitionerId: string, from: Minute): string {
  return `${practitionerId}@${from}`;
}

export function buildBoard(board: Board, now: Minute): BoardGroup[] {
  const byPerson = new Map<string, Appointment[]>();
  for (const appointment of board.appointments) {
    if (appointment.startsAt === null || !isAppointmentIn(appointment.status, CLAIMING_STATES)) continue;
    for (const { id } of appointment.practitioners) {
      const list = byPerson.get(id);
      if (list) list.push(appointment);
      else byPerson.set(id, [appointment]);
    }
  }
  const groups: { specialty: SpecialtyCode; lines: BoardLine[]; slots: number; taken: number }[] = [];
  for (const row of board.rows) {
    const id = row.practitioner.id;
    const cells = cellsOf(row, {
      now,
      appointments: byPerson.get(id) ?? [],
      holds: board.holds.filter(({ practitionerId }) => practitionerId === id),
      busy: board.busy.filter(({ practitionerId }) => practitionerId === id).map(toSpan),
    });
    let group = groups.at(-1);
    if (group?.specialty !== row.practitioner.specialty) {
      group = { specialty: row.practitioner.specialty, lines: [], slots: 0, taken: 0 };
      groups.push(group);
    }
    group.lines.push({ row, cells, signature: signatureOf(row, cells) });
    group.slots += row.slots;
    group.taken += row.taken;
  }
  return groups;
}

interface Around {
  readonly now: Minute;
  readonly appointments: readonly Appointment[];
  readonly holds: readonly BoardHold[];
  readonly busy: readonly Span[];
}

function cellsOf(row: BoardRow, around: Around): BoardCell[] {
  const { id: practitionerId, specialty } = row.practitioner;
  const appointments = around.appointments.map((appointment) => ({ appointment, ...spanOf(appointment) }));
  const shown = new Set<string>();

  function slotCell(slot: Span, session: BoardSession, isClosed: boolean): BoardCell {
    const here = appointments.filter((one) => overlaps(one, slot));
    for (const { appointment } of here) shown.add(appointment.id);
    const hold = around.holds.find((one) => overlaps(toSpan(one), slot)) ?? null;
    return {
      ...slot,
      key: cellKey(practitionerId, slot.from),
      practitionerId,
      specialty,
      day: dayOf(slot.from),
      kind: kindOf({ slot, now: around.now, here, hold, busy: around.busy, isClosed }),
      service: session.service,
      mode: session.mode === 'async' ? 'async' : 'video',
      appointments: here.map(({ appointment }) => appointment),
      hold,
      batch: null,
    };
  }

  const cells: BoardCell[] = [];
  for (const session of row.sessions) {
    if (session.mode === 'on_call') continue;
    const grid = { ...session, ...toSpan(session) };
    const closed = session.closed.map(toSpan);
    const open = new Set(slotsOf({ ...grid, closed }).map(({ from }) => from));
    const slots = slotsOf({ ...grid, closed: [] }).map((slot) => slotCell(slot, session, !open.has(slot.from)));
    // Nobody waits for the minute of an asynchronous case: its session is one cell.
    if (session.mode === 'async') cells.push(toBatch(slots, grid, session));
    // A slot that lies under a longer appointment (the roster was changed) has no face of its own; the appointment has.
    else cells.push(...slots.filter(({ appointments, from }) => appointments.every((one) => startOf(one) === from)));
  }
  const drawn = new Set(cells.flatMap((cell) => cell.appointments.map(({ id }) => id)));
  for (const { appointment, from, to } of appointments) {
    if (drawn.has(appointment.id)) continue;
    drawn.add(appointment.id);
    cells.push({
      key: cellKey(practitionerId, from),
      practitionerId,
      specialty,
      day: dayOf(from),
      from,
      to,
      kind: kindOfAppointment(appointment),
      service: null,
      mode: appointment.mode,
      appointments: [appointment],
      hold: null,
      batch: null,
    });
  }
  return cells.sort((a, b) => a.from - b.from);
}

function kindOf({
  slot,
  now,
  here,
  hold,
  busy,
  isClosed,
}: {
  slot: Span;
  now: Minute;
  here: readonly { appointment: Appointment }[];
  hold: BoardHold | null;
  busy: readonly Span[];
  isClosed: boolean;
}): CellKind {
  const first = here[0]?.appointment;
  if (first !== undefined) return kindOfAppointment(first);
  if (busy.some((span) => overlaps(span, slot))) return 'foreign';
  if (isClosed) return 'closed';
  if (slot.from < now) return 'past';
  if (hold !== null) return hold.isMine ? 'mine' : 'held';
  return 'free';
}

function kindOfAppointment({ status }: Appointment): CellKind {
  switch (status) {
    case 'proposed':
      return 'offered';
    case 'pending':
      return 'asked';
    case 'arrived':
    case 'checked-in':
      return 'here';
    case 'fulfilled':
      return 'done';
    default:
      return 'booked';
  }
}

/** One face for a whole asynchronous session; a drop takes its next free place. */
function toBatch(slots: readonly BoardCell[], span: Span, session: BoardSession): BoardCell {
  const free = slots.filter(({ kind }) => kind === 'free');
  // A place that I hold is still the one I am about to book.
  const next = slots.find(({ kind }) => kind === 'free' || kind === 'mine')?.from ?? null;
  const appointments = slots.flatMap((slot) => slot.appointments);
  const isClosed = slots.every(({ kind }) => kind === 'closed');
  return {
    key: cellKey(session.practitionerId, span.from),
    practitionerId: session.practitionerId,
    specialty: slots[0]?.specialty ?? ('' as SpecialtyCode),
    day: session.day,
    from: span.from,
    to: span.to,
    kind: next !== null ? 'free' : isClosed ? 'closed' : appointments.length > 0 ? 'booked' : 'past',
    service: session.service,
    mode: 'async',
    appointments,
    hold: null,
    batch: { places: slots.length, free: free.length, next },
  };
}

/** Where a drop on this cell would begin; null where nothing can begin. */
export function targetStart(cell: BoardCell): Minute | null {
  return cell.batch === null ? cell.from : cell.batch.next;
}

/** The first and the last minute of the day that anything is drawn at, in whole hours; a usual day when there is nothing. */
export function hoursOf(
  groups: readonly BoardGroup[],
  day: CalendarDate,
  dayStart: Minute,
): { from: number; to: number } {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { lines } of groups) {
    for (const { cells } of lines) {
      for (const cell of cells) {
        if (cell.day !== day) continue;
        from = Math.min(from, cell.from - dayStart);
        to = Math.max(to, cell.to - dayStart);
      }
    }
  }
  if (from > to) return { from: 9 * 60, to: 18 * 60 };
  return { from: Math.floor(from / 60) * 60, to: Math.ceil(to / 60) * 60 };
}

/** The shortest cell; what the scale of the day is chosen by. */
export function shortestSlot(groups: readonly BoardGroup[]): number {
  let shortest: number = SLOT_MINUTES.max;
  for (const { lines } of groups) {
    for (const { cells } of lines) for (const { from, to } of cells) shortest = Math.min(shortest, to - from);
  }
  return shortest;
}

export function findCell(groups: readonly BoardGroup[], key: string | null): BoardCell | undefined {
  if (key === null) return undefined;
  for (const { lines } of groups) {
    for (const { cells } of lines) {
      const found = cells.find((cell) => cell.key === key);
      if (found) return found;
    }
  }
  return undefined;
}

function signatureOf(row: BoardRow, cells: readonly BoardCell[]): string {
  const { displayName, organization } = row.practitioner;
  const parts = cells.map(
    ({ key, to, kind, appointments, hold, batch }) =>
      `${key}-${to}${kind}${appointments.map(({ id, version }) => `${id}v${version}`).join()}${hold?.byName ?? ''}${batch?.free ?? ''}`,
  );
  return [displayName, organization.id, row.slots, row.taken, ...parts].join('|');
}

function toSpan({
  startsAt,
  endsAt,
}: {
  startsAt: Parameters<typeof toMinute>[0];
  endsAt: Parameters<typeof toMinute>[0];
}): Span {
  return { from: toMinute(startsAt), to: toMinute(endsAt) };
}

function startOf({ startsAt }: Appointment): Minute | null {
  return startsAt === null ? null : toMinute(startsAt);
}

function spanOf({ startsAt, endsAt }: Appointment): Span {
  return { from: startsAt === null ? 0 : toMinute(startsAt), to: endsAt === null ? 0 : toMinute(endsAt) };
}

/** The board with appointments as they are now; one that does not belong on it is drawn nowhere and harms nothing. */
export function withAppointments(board: Board, changed: readonly Appointment[]): Board {
  const ids = new Set<string>(changed.map(({ id }) => id));
  return { ...board, appointments: [...board.appointments.filter(({ id }) => !ids.has(id)), ...changed] };
}
