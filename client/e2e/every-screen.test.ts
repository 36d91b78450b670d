import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newId } from '../src/lib/ids.ts';
import { axeViolations } from './support/axe.ts';
import { Cast } from './support/cast.ts';
import { ask, specialists, today } from './support/rosters.ts';
import { readTexts } from './support/texts.ts';

const source = path.resolve(import.meta.dirname, '../src');

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

type Address = string | ((page: Page) => Promise<string>);

interface Listed {
  readonly id: string;
  readonly status: string;
}

async function ofConsultation(page: Page, view: string, states: readonly string[], rest: string): Promise<string> {
  const { consultations } = await ask<{ consultations: Listed[] }>(page, `/api/consultations?view=${view}&limit=200`);
  const found = consultations.find(({ status }) => states.includes(status));
  if (found === undefined) throw new Error(`nothing is ${states.join(' or ')} in ${view}`);
  return rest.replace('$requestId', found.id);
}

/** A new request for an answer in writing, of a patient of the station; answers its id. */
async function askInWriting(page: Page): Promise<string> {
  const { consultations } = await ask<{ consultations: { patient: { id: string } | null }[] }>(
    page,
    '/api/consultations?view=recent',
  );
  const id = newId();
  const answer = await page.request.post('/api/planned-consultations', {
    data: {
      id,
      patientId: consultations.find(({ patient }) => patient !== null)?.patient?.id,
      specialty: 'dermatology',
      urgency: 'routine',
      reason: 'A rash for two weeks',
      isWritten: true,
    },
  });
  if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
  return id;
}

/** Whose screen each of the router's is; one of a call that rings is in the journeys of calls. */
const SCREENS: Record<string, Record<string, Address>> = {
  feldsher: {
    '/': '/',
    '/requests/new': '/requests/new',
    '/requests/$requestId/result': (page) =>
      ofConsultation(page, 'recent', ['signed', 'delivered', 'acknowledged', 'closed'], '/requests/$requestId/result'),
    '/requests/$requestId/plan': (page) =>
      ofConsultation(page, 'open', ['booked', 'waitlisted', 'checked_in'], '/requests/$requestId/plan'),
    '/requests/$requestId/status': async (page) => `/requests/${await askInWriting(page)}/status`,
    '/patients/$patientId': async (page) => {
      const { patients } = await ask<{ patients: { id: string }[] }>(page, '/api/patients?limit=1');
      return `/patients/${patients[0]?.id}`;
    },
    '/today': '/today',
    '/follow-ups': '/follow-ups',
    '/link-check': '/link-check',
    '/notices': '/notices',
  },
  cardio: {
    '/worklist': '/worklist',
    '/sign': '/sign',
    '/consults/$requestId': (page) =>
      ofConsultation(
        page,
        'recent',
        ['signed', 'delivered', 'acknowledged', 'closed', 'booked'],
        '/consults/$requestId',
      ),
    '/my-roster': '/my-roster',
  },
  coordinator: {
    '/triage': '/triage',
    '/coordinator': '/coordinator',
    '/search': '/search',
    '/patients/duplicates': '/patients/duplicates',
    '/schedule': '/schedule',
    '/schedule/requests/$requestId': async (page) => {
      const { requests } = await ask<{ requests: { requestId: string }[] }>(page, '/api/unplaced-requests');
      return `/schedule/requests/${requests[0]?.requestId}`;
    },
    '/rosters': '/rosters',
    '/rosters/import': '/rosters/import',
    '/rosters/$practitionerId': async (page) => {
      const [person] = await specialists(page, 'cardiology');
      return `/rosters/${person?.id}?panel=window`;
    },
    '/services': '/services',
    '/special-days': '/special-days',
    '/day-list': '/day-list',
    '/network': '/network',
    '/day-end': `/day-end?day=${today()}`,
    '/notices/sent': '/notices/sent',
  },
  admin: {
    '/overview': '/overview',
    '/protocols': '/protocols',
    '/conclusion-templates': '/conclusion-templates',
    '/audit': '/audit',
    '/consent-texts': '/consent-texts',
    '/ladders': '/ladders',
    '/waiting-limits': '/waiting-limits',
    '/evidence-limits': '/evidence-limits',
    '/licences': '/licences',
    '/terminologies': '/terminologies',
  },
};

/** Without a signed-in person, or only while a call rings or goes on: other journeys. The wall has nothing to press, so no language either. */
const ELSEWHERE = ['/sign-in', '/requests/$requestId/call', '/invitations/$requestId', '/schedule/wall'];

const LANGUAGES = { kk: 'ҚАЗ', ru: 'РУС', en: 'ENG' } as const;

it('has every screen of the router', () => {
  const router = readFileSync(path.join(source, 'app/router.tsx'), 'utf8');
  const paths = [...router.matchAll(/^ {2}path: '([^']+)'/gm)].map(([, found]) => found ?? '');
  const seen = [...Object.values(SCREENS).flatMap((of) => Object.keys(of)), ...ELSEWHERE];
  expect(paths.toSorted()).toEqual(seen.toSorted());
});

it.each(Object.keys(SCREENS))('%s: nothing is wider than a telephone, untranslated or against axe', async (login) => {
  const page = await cast.enter(login, { viewport: { width: 390, height: 844 } });
  const found: string[] = [];
  for (const [name, address] of Object.entries(SCREENS[login] ?? {})) {
    await page.goto(typeof address === 'string' ? address : await address(page));
    await settled(page);
    for (const [language, word] of Object.entries(LANGUAGES)) {
      await page.getByRole('button', { name: word, exact: true }).click();
      await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.push(`${name}, ${language}: ${wide} px too wide`);
      const english = language === 'en' ? [] : await readTexts(page, language as 'kk' | 'ru');
      for (const text of english) found.push(`${name}, ${language}: “${text}” is not translated`);
      if (language === 'kk') found.push(...(await axeViolations(page)).map((one) => `${name}: ${one}`));
    }
  }
  expect(found).toEqual([]);
});

it('goes on past the first page of what is open, to the last one, and says how many there are', async () => {
  const page = await cast.enter('coordinator');
  await page.goto('/coordinator');
  await page.getByRole('button', { name: 'ENG', exact: true }).click();
  const told = page.getByText(/^\d+ of \d+ shown$/);
  await told.waitFor({ timeout: 60_000 });
  const [shown, total] = [...((await told.textContent()) ?? '').matchAll(/\d+/g)].map(Number);
  expect(shown).toBe(200);
  await page.getByText(`open: ${total}`).waitFor();
  // How many pages there are depends on the hour: the demo is drawn by the time of day.
  const cards = page.getByText('What happened when');
  for (let before = await cards.count(); (await told.count()) > 0; before = await cards.count()) {
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => cards.count(), { timeout: 60_000 }).toBeGreaterThan(before);
  }
  expect(await cards.count()).toBe(total);
});

/** It has its heading, and what it asked for has come. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1, h2').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
}
