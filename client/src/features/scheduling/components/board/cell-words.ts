import type { LocalText } from '@jaqyn/shared/auth/auth.contract';
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

/** The texts of the screen's language. */
export interface Speech {
  t(descriptor: MessageDescriptor): string;
  localText(text: LocalText): string;
}

/** What a cell is, without whose row it stands in: a reader has heard that. */
export function describeCell(cell: BoardCell, { t, localText }: Speech): string {
  const parts = [describeTime(cell)];
  if (cell.batch === null) {
    parts.push(t(kindWords[cell.kind]));
    for (const { patient, station } of cell.appointments) parts.push(patient.shortName, localText(station.name));
    if (cell.hold !== null && !cell.hold.isMine) parts.push(cell.hold.byName);
    // With the figure that is drawn, as below.
    const figure = figureOf(cell);
    const isConsilium = cell.appointments.some(({ practitioners }) => practitioners.length > 1);
    if (isConsilium) parts.push(t(msg`consilium`));
    if (cell.appointments.some(({ isOverbooked }) => isOverbooked)) parts.push(t(msg`overbooked`));
    if (figure !== null) parts.push(figure);
    if (cell.service === null) parts.push(t(msg`outside of the roster`));
  } else {
    const { places, free } = cell.batch;
    // With the figure that is drawn, so that who speaks to the computer may say it.
    parts.push(t(msg`answered in writing`), `${places - free}/${places}`, describePlaces(cell.batch));
  }
  return parts.join(', ');
}

/** What the corner of a slot says: `2` appointments in it, or `+1` specialist besides. Null: one patient and one specialist. */
export function figureOf({ appointments, batch }: BoardCell): string | null {
  if (batch !== null) return null;
  if (appointments.length > 1) return String(appointments.length);
  const others = (appointments[0]?.practitioners.length ?? 0) - 1;
  return others > 0 ? `+${others}` : null;
}

/** `3 of 12 places are free`. */
export function describePlaces({ free, places }: { readonly free: number; readonly places: number }): string {
  return plural(places, { one: `${free} of # place is free`, other: `${free} of # places are free` });
}
