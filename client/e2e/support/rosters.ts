import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import type { getBoard } from '@jaqyn/shared/scheduling/board.contract';
import { listBoardAppointments } from '@jaqyn/shared/scheduling/board-appointments';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import type { RosterException, Template } from '@jaqyn/shared/scheduling/roster.contract';
import type { Locator, Page } from 'playwright-core';

export interface Person {
  readonly id: PractitionerId;
  readonly name: string;
}

export function today(): CalendarDate {
  return localDate(new Date());
}

/** `2026-11-30` as it is typed. */
export function dotted(day: CalendarDate): string {
  return day.split('-').reverse().join('.');
}

/** The server's own word, beside what the screen shows. */
export async function ask<T>(page: Pick<Page, 'request'>, address: string): Promise<T> {
  const answer = await page.request.get(address);
  if (!answer.ok()) throw new Error(`${address}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

type Board = EndpointResponse<typeof getBoard>;

export async function specialists(page: Pick<Page, 'request'>, specialty: string, count = 1): Promise<Person[]> {
  const { rows } = await ask<Board>(page, `/api/board?from=${today()}&days=7&specialty=${specialty}&limit=${count}`);
  return rows.map(({ practitioner }) => ({ id: practitioner.id, name: practitioner.displayName }));
}

export function readRoster(
  page: Page,
  id: PractitionerId,
): Promise<{ templates: Template[]; exceptions: RosterException[] }> {
  return ask(page, `/api/rosters/${id}?from=${today()}&to=${addDays(today(), 60)}`);
}

/** A day to come on which somebody has at least so many booked patients. */
export async function findBusyDay(
  page: Page,
  least: number,
): Promise<{ person: Person; day: CalendarDate; booked: Appointment[] }> {
  for (let ahead = 1; ahead <= 21; ahead += 1) {
    const day = addDays(today(), ahead);
    const board = await ask<Board>(page, `/api/board?from=${day}&days=1&limit=60`);
    const appointments = listBoardAppointments(board);
    for (const { practitioner } of board.rows) {
      const theirs = appointments.filter(({ practitioners }) => practitioners.some(({ id }) => id === practitioner.id));
      const booked = theirs.filter(
        ({ status, practitioners }) => status === 'booked' && practitioners[0]?.id === practitioner.id,
      );
      // Nor anybody who is in the middle of it: late in the evening the demo's hours of now reach into tomorrow.
      if (booked.length >= least && booked.length === theirs.length)
        return { person: { id: practitioner.id, name: practitioner.displayName }, day, booked };
    }
  }
  throw new Error(`nobody has ${least} booked patients on a day`);
}

/** The row of the decisions that is about this appointment. */
export function rowOf(page: Page, appointment: Appointment): Locator {
  return page
    .getByRole('listitem')
    .filter({ hasText: `№ ${appointment.requestNumber}` })
    .filter({ has: page.getByRole('radio') });
}
