import type { Page } from 'playwright-core';
import {
  cardOf,
  cellAt,
  cellsOf,
  dragTo,
  findScene,
  isPossible,
  openDay,
  type Scene,
} from '../../../client/e2e/support/board.ts';
import { DEMO } from '../../../client/e2e/support/consult.ts';
import { ask as read } from '../../../client/e2e/support/rosters.ts';
import { newId } from '../../../client/src/lib/ids.ts';
import { fromMinute } from '../../../shared/src/scheduling/local-day.ts';
import type { Stage, Story } from '../look.ts';
import { dialogOf, escape, press, refuse } from './steps.ts';

const login = DEMO.coordinator;

/** The server would book it, and somebody should know of something first. */
async function isWarnedOf(page: Page, { requestId }: Scene['waiter'], cell: Scene['free'][number]): Promise<boolean> {
  const { practitionerId, from } = cell;
  const answer = await page.request.post('/api/appointments/check', {
    data: { requestId, practitionerId, startsAt: fromMinute(from) },
  });
  const check = (await answer.json()) as { isPossible: boolean; conflicts: unknown[] };
  return check.isPossible && check.conflicts.length > 0;
}

/** A grown patient of the station who waits for a slot of this specialty; another one each time. */
function waiterOf({ cast }: Stage, urgency = 'routine'): (specialty: string) => Promise<void> {
  let added = 0;
  return async (specialty) => {
    const station = await cast.enter(DEMO.station);
    const { patients } = await read<{ patients: { id: string; birthDate: string }[] }>(
      station,
      '/api/patients?limit=50',
    );
    const patientId = patients.filter(({ birthDate }) => birthDate < '2000')[added]?.id;
    added += 1;
    const requestId = newId();
    await station.request.post('/api/planned-consultations', {
      data: { id: requestId, patientId, specialty, urgency, reason: 'Бас ауыруы, үш апта' },
    });
    const wishes = { language: null, partOfDay: 'any', preferredPractitionerId: null };
    const joined = await station.request.post('/api/waitlist', {
      data: { operationId: newId(), id: newId(), requestId, mode: 'video', wishes },
    });
    if (!joined.ok()) throw new Error(await joined.text());
  };
}

/** A booked one who may be moved, and where to. */
async function movable(page: Stage['page'], { date, waiter, booked }: Scene) {
  for (const free of await cellsOf(page, date, waiter.specialty)) {
    if (free.kind !== 'free' || free.batch !== null) continue;
    for (const from of booked) {
      const [one] = from.appointments;
      if (one !== undefined && (await isPossible(page, one, free, one.id))) return { from, free, one };
    }
  }
  throw new Error('Nobody can be moved on this day');
}

const placing: Story = {
  name: 'board put somebody down',
  login,
  async play(stage) {
    const { page, look } = stage;
    const scene = await findScene(page, waiterOf(stage));
    const [free] = scene.free;
    const [taken] = scene.booked;
    if (free === undefined || taken === undefined) throw new Error('no cells');
    await openDay(page, scene);
    const search = page.getByLabel('Find in the waiting list');
    await search.fill('Ъъъъ');
    await look('nobody found in the waiting list');
    await search.fill('');
    await cardOf(page, scene.waiter).getByRole('button').first().click();
    await page.getByRole('button', { name: 'Leave it' }).waitFor();
    await look('in the hand');
    await cellAt(page, taken).hover();
    await page
      .getByRole('region', { name: scene.waiter.patient.shortName })
      .getByText(/Somebody (else has this time|is booked there already)/)
      .waitFor();
    await look('what stands against it');
    await cellAt(page, taken).click();
    const back = page.getByRole('button', { name: 'Go back' });
    await page.getByRole('alert').or(back).first().waitFor();
    await look('put down on a taken one');
    if (await back.isVisible()) await back.click();
    if (await page.getByRole('button', { name: 'Leave it' }).isVisible()) await press(page, 'Leave it');
    await dragTo(page, cardOf(page, scene.waiter), cellAt(page, free));
    const yes = page.getByRole('button', { name: 'Yes, put it there' });
    const booked = page.getByText(/^Booked: /);
    await booked.or(yes).first().waitFor();
    if (await yes.isVisible()) await yes.click();
    await booked.waitFor();
    // It stands for ten seconds: on a slow machine the last pictures come too late for it.
    await look('may be undone');
  },
};

/** A rule that may be broken by whoever has read it: the patient should have been seen by then. */
const breaking: Story = {
  name: 'board put down all the same',
  login,
  async play(stage) {
    const { page, look } = stage;
    const scene = await findScene(page, waiterOf(stage, 'urgent'), 1, isWarnedOf);
    const [free] = scene.free;
    if (free === undefined) throw new Error('no cell');
    await openDay(page, scene);
    await dragTo(page, cardOf(page, scene.waiter), cellAt(page, free));
    const dialog = dialogOf(page);
    await dialog.getByRole('button', { name: 'Yes, put it there' }).waitFor();
    await look('put it there?');
    const refused = await refuse(page, '**/api/appointments', 'server.overloaded');
    await press(dialog, 'Yes, put it there');
    await page.getByRole('alert').first().waitFor();
    await look('not put there');
    await refused.lift();
    await dragTo(page, cardOf(page, scene.waiter), cellAt(page, free));
    await press(dialog, 'Yes, put it there');
    await page.getByText(/^Booked: /).waitFor();
    await look('put there');
  },
};

const moving: Story = {
  name: 'board appointment',
  login,
  async play(stage) {
    const { page, look } = stage;
    const scene = await findScene(page, waiterOf(stage));
    await openDay(page, scene);
    const { from, free } = await movable(page, scene);
    await cellAt(page, from).click();
    const pickUp = page.getByRole('button', { name: 'Move on the board' });
    await pickUp.waitFor();
    await look('details');
    await press(page, /^More for/);
    await look('more to do');
    await press(page, 'Cancel the appointment');
    await dialogOf(page).waitFor();
    await look('cancel?');
    const refused = await refuse(page, '**/cancel', 'server.internal');
    await dialogOf(page).getByRole('radio').first().check({ force: true });
    await press(dialogOf(page), 'Cancel the appointment');
    await dialogOf(page).getByRole('alert').waitFor();
    await look('not cancelled');
    await refused.lift();
    await escape(page);
    await pickUp.click();
    await cellAt(page, free).hover();
    await page
      .getByText('Nothing stands against it.')
      .or(page.getByRole('region').getByRole('listitem'))
      .first()
      .waitFor();
    await look('over a free slot');
    await press(page, 'Leave it');
    await cellAt(page, free).click();
    await page
      .getByRole('region', { name: 'Free slot' })
      .getByText(/^\d:\d\d$/)
      .waitFor();
    await look('free slot kept');
  },
};

const request: Story = {
  name: 'place a request',
  login,
  async play({ page, look }) {
    const { requests } = await read<{ requests: { requestId: string }[] }>(page, '/api/unplaced-requests');
    await page.goto(`/schedule/requests/${requests[0]?.requestId}`);
    await page
      .getByRole('button', { name: /^Choose: / })
      .first()
      .click();
    await dialogOf(page).getByText('Kept for you').waitFor();
    await look('book this time?');
    const refused = await refuse(page, /\/api\/appointments$/, 'server.internal');
    await press(dialogOf(page), /^(Book|Ask for this time)$/);
    await dialogOf(page).getByRole('alert').first().waitFor();
    await look('not booked');
    await refused.lift();
    await press(dialogOf(page), /^(Book|Ask for this time)$/);
    await dialogOf(page).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'The appointment' }).waitFor();
    await look('booked');
    await page.goto('/schedule/requests/00000000-0000-7000-8000-000000000000');
    await page.getByRole('link', { name: 'To the board' }).waitFor();
    await look('no such request');
  },
};

export const schedule: readonly Story[] = [placing, breaking, moving, request];
