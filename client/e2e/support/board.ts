import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { localDate, toInstant } from '@jaqyn/shared/kernel/time';
import { type Appointment, checkPlacement } from '@jaqyn/shared/scheduling/appointment.contract';
import { getBoard } from '@jaqyn/shared/scheduling/board.contract';
import { listBoardAppointments } from '@jaqyn/shared/scheduling/board-appointments';
import { addDays, fromMinute, minuteAt, toMinute } from '@jaqyn/shared/scheduling/local-day';
import {
  listFits,
  listUnplaced,
  listWaitlist,
  type UnplacedRequest,
  type WaitlistEntry,
} from '@jaqyn/shared/scheduling/waitlist.contract';
import type { Locator, Page } from 'playwright-core';
import * as z from 'zod/mini';
import { type BoardCell, buildBoard } from '../../src/features/scheduling/components/board/board-model.ts';

/** Cells of one day and specialty, by the board's own rules, as the server has them now. */
export async function cellsOf(page: Page, date: CalendarDate, specialty: string): Promise<BoardCell[]> {
  const answer = await page.request.get(`/api/board?from=${date}&days=1&specialty=${specialty}`);
  const board = z.parse(getBoard.response, await answer.json());
  const now = toMinute(toInstant(new Date()));
  return buildBoard({ ...board, appointments: listBoardAppointments(board) }, now).flatMap(({ lines }) =>
    lines.flatMap(({ cells }) => cells),
  );
}

export async function waiters(page: Page): Promise<WaitlistEntry[]> {
  const answer = await page.request.get('/api/waitlist');
  const { entries } = z.parse(listWaitlist.response, await answer.json());
  return entries.filter(({ appointment }) => appointment.status === 'waitlist');
}

/** Requests without a time that are not on the list. */
export async function newcomers(page: Page): Promise<UnplacedRequest[]> {
  const answer = await page.request.get('/api/unplaced-requests');
  return z.parse(listUnplaced.response, await answer.json()).requests;
}

export interface Scene {
  readonly date: CalendarDate;
  readonly waiter: Appointment;
  readonly free: readonly BoardCell[];
  readonly booked: readonly BoardCell[];
}

/** Whether a waiter may have a cell. */
type Suits = (page: Page, waiter: Appointment, cell: BoardCell) => Promise<boolean>;

/** Specialties with hours every week, in which a waiter is made when the demo of the day has none that suits. */
const COMMON = ['neurology', 'cardiology', 'endocrinology', 'traumatology'] as const;
const DAYS_AHEAD = 12;

/**
 * A day to come on which a waiter of the list has free slots of their specialty, `least` of them, and somebody is booked. The demo is
 * another one each day; where it has no such waiter, `addWaiter` makes one.
 */
export async function findScene(
  page: Page,
  addWaiter: (specialty: string) => Promise<void>,
  least = 2,
  suits: Suits = isPossible,
): Promise<Scene> {
  for (const specialty of [undefined, ...COMMON]) {
    if (specialty !== undefined) await addWaiter(specialty);
    const found = await lookForScene(page, least, suits);
    if (found !== undefined) return found;
  }
  throw new Error('No day has a waiter, free slots and bookings');
}

async function lookForScene(page: Page, least: number, suits: Suits): Promise<Scene | undefined> {
  for (const { appointment } of await waiters(page)) {
    if (appointment.mode !== 'video') continue;
    for (const date of daysAhead()) {
      const cells = (await cellsOf(page, date, appointment.specialty)).filter(({ batch }) => batch === null);
      const booked = cells.filter(({ kind, appointments }) => kind === 'booked' && appointments.length === 1);
      if (booked.length === 0) continue;
      const free: BoardCell[] = [];
      for (const cell of cells) {
        if (cell.kind === 'free' && free.length < least && (await suits(page, appointment, cell))) free.push(cell);
      }
      if (free.length >= least) return { date, waiter: appointment, free, booked };
    }
  }
  return undefined;
}

/** Two waiters of one specialty, and a slot that the server would give to either. */
export async function findRivals(page: Page, addWaiter: (specialty: string) => Promise<void>) {
  for (const specialty of [undefined, ...COMMON]) {
    if (specialty !== undefined) {
      await addWaiter(specialty);
      await addWaiter(specialty);
    }
    const found = await lookForRivals(page);
    if (found !== undefined) return found;
  }
  throw new Error('No two waiters want the same slot');
}

async function lookForRivals(page: Page): Promise<{ scene: Scene; rival: Appointment } | undefined> {
  const all = (await waiters(page)).map(({ appointment }) => appointment).filter(({ mode }) => mode === 'video');
  for (const [specialty, several] of Map.groupBy(all, (one) => one.specialty)) {
    const [waiter, ...others] = several;
    if (waiter === undefined || others.length === 0) continue;
    for (const date of daysAhead()) {
      for (const cell of await cellsOf(page, date, specialty)) {
        if (cell.kind !== 'free' || cell.batch !== null || !(await isPossible(page, waiter, cell))) continue;
        for (const rival of others) {
          if (await isPossible(page, rival, cell)) return { scene: { date, waiter, free: [cell], booked: [] }, rival };
        }
      }
    }
  }
  return undefined;
}

function daysAhead(): CalendarDate[] {
  const today = localDate(toInstant(new Date()));
  return Array.from({ length: DAYS_AHEAD }, (_, index) => addDays(today, index + 1));
}

/** The server has nothing against it: the patient and a camera of the station are free too. */
export async function isPossible(
  page: Page,
  { requestId }: Pick<Appointment, 'requestId'>,
  { practitionerId, from }: BoardCell,
  appointmentId: string | null = null,
): Promise<boolean> {
  const answer = await page.request.post('/api/appointments/check', {
    data: { requestId, appointmentId, practitionerId, startsAt: fromMinute(from) },
  });
  return z.parse(checkPlacement.response, await answer.json()).isPossible;
}

/** They are among those the slot is offered to: what only warns at the booking, as equipment does, keeps them from it. */
export async function isAmongFits(
  page: Page,
  waiter: Appointment,
  { practitionerId, from }: BoardCell,
): Promise<boolean> {
  const query = new URLSearchParams({ practitionerId, startsAt: fromMinute(from) });
  const answer = await page.request.get(`/api/waitlist/fits?${query}`);
  return z.parse(listFits.response, await answer.json()).fits.some(({ entry }) => entry.appointment.id === waiter.id);
}

/** A free cell of a day to come on which a new request can be seen. */
export async function findFreeFor(page: Page, request: Pick<UnplacedRequest, 'requestId' | 'specialty'>) {
  for (const date of daysAhead()) {
    for (const cell of await cellsOf(page, date, request.specialty)) {
      if (cell.kind !== 'free' || cell.batch !== null) continue;
      if (await isPossible(page, request, cell)) return { date, cell };
    }
  }
  throw new Error('Nobody is free for the new request');
}

export async function openDay(page: Page, { date, waiter }: Scene): Promise<void> {
  await page.goto(`/schedule?view=day&date=${date}&specialty=${waiter.specialty}`);
  await page.getByRole('grid').waitFor();
  await cardOf(page, waiter).waitFor();
}

export function cellAt(page: Page, { key }: Pick<BoardCell, 'key'>): Locator {
  return page.locator(`[data-cell="${key}"]`);
}

export function cardOf(page: Page, { id }: Pick<Appointment, 'id'>): Locator {
  return page.locator(`li[data-carry="${id}"]`);
}

/** With the mouse, in steps, as a hand does it; rests over the target so that the board may say what it thinks. */
export async function dragTo(page: Page, from: Locator, to: Locator, whileOver?: () => Promise<void>): Promise<void> {
  await to.scrollIntoViewIfNeeded();
  await from.scrollIntoViewIfNeeded();
  const [start, end] = [await middleOf(from), await middleOf(to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 10, start.y + 10, { steps: 3 });
  await page.mouse.move(end.x, end.y, { steps: 12 });
  await whileOver?.();
  await page.mouse.up();
}

/**
 * A finger, by the browser's own input: it rests where it came down until `rested`, goes to the target in steps and leaves. What the
 * browser makes of it (a scroll, a menu) it does as on a tablet.
 */
export async function touchTo(
  page: Page,
  from: Locator,
  to: { x: number; y: number },
  rested?: () => Promise<unknown>,
): Promise<void> {
  const start = await middleOf(from);
  const session = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', [start]);
  await rested?.();
  const steps = 12;
  for (let step = 1; step <= steps; step += 1) {
    const part = step / steps;
    await send('touchMove', [{ x: start.x + (to.x - start.x) * part, y: start.y + (to.y - start.y) * part }]);
  }
  await send('touchEnd', []);
  await session.detach();
}

export async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('It is not on the screen');
  // A card's middle may be a button.
  return { x: box.x + Math.min(box.width / 2, 60), y: box.y + Math.min(box.height / 2, 20) };
}

/** `09:20` of a cell, as the board writes it. */
export function timeOf({ from }: Pick<BoardCell, 'from'>): string {
  const minute = from - minuteAt(localDate(fromMinute(from)), 0);
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
