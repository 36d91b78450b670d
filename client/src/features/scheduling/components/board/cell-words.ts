import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { fromMinute } from '@jaqyn/shared/scheduling/local-day';
import type { MessageDescriptor } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { formatDayMonth, formatTime } from '../../../../lib/format.ts';
import type { BoardCell, CellKind } from './board-model.ts';

/** The legend: every shape has its word. */
export const kindWords: Record<CellKind, MessageDescriptor> = {
  free: msg`free`,
  past: msg`passed unused`,
  held: msg`being filled in`,
  mine: msg`held by you`,
  offered: msg`offered`,
  asked: msg`asked for`,
  booked: msg`booked`,
  here: msg`at the station`,
  done: msg`done`,
  foreign: msg`taken`,
  closed: msg`closed`,
};

/** `24 November, 09:20–09:40`. */
export function describeTime({ from, to }: { from: number; to: number }): string {
  const [starts, ends] = [fromMinute(from), fromMinute(to)];
  return `${formatDayMonth(starts)}, ${formatTime(starts)}–${formatTime(ends)}`;
}

/** What a cell is, without whose row it stands in: a reader has heard that. */
export function describeCell(cell: BoardCell, t: (descriptor: MessageDescriptor) => string): string {
  const parts = [describeTime(cell)];
  if (cell.batch === null) {
    parts.push(t(kindWords[cell.kind]), ...cell.appointments.map(describeAppointment));
    if (cell.hold !== null && !cell.hold.isMine) parts.push(cell.hold.byName);
    if (cell.appointments.some(({ isOverbooked }) => isOverbooked)) parts.push(t(msg`overbooked`));
    if (cell.service === null) parts.push(t(msg`outside of the roster`));
  } else {
    const { free, places } = cell.batch;
    const count = plural(free, { one: '# place is free', other: '# places are free' });
    parts.push(t(msg`in writing`), `${count} / ${places}`);
  }
  return parts.join(', ');
}

export function describeAppointment({ patient, station }: Appointment): string {
  return [patient.shortName, station.name.kk || station.name.ru].join(', ');
}
