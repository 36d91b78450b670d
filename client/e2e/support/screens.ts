import type { Page } from 'playwright-core';
import { newId } from '../../src/lib/ids.ts';
import { ask, specialists, today } from './rosters.ts';
import type { Scripted } from './scripted.ts';

/** Somebody who is signed in and can be asked what the server answers them. */
export type Asker = Pick<Page, 'request'>;

/** Where a screen is, for somebody who is signed in on this page. */
export type Address = (page: Asker) => Promise<string>;

interface Listed {
  readonly id: string;
  readonly status: string;
}

const at = (address: string) => () => Promise.resolve(address);

async function ofConsultation(page: Asker, view: string, states: readonly string[], rest: string): Promise<string> {
  const { consultations } = await ask<{ consultations: Listed[] }>(page, `/api/consultations?view=${view}&limit=200`);
  const found = consultations.find(({ status }) => states.includes(status));
  if (found === undefined) throw new Error(`nothing is ${states.join(' or ')} in ${view}`);
  return rest.replace('$requestId', found.id);
}

/** A new request for an answer in writing, of a patient of the station; answers its id. */
export async function askInWriting(page: Asker): Promise<string> {
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

/** Whose screen each of the router's is, by login and route; one of a call that rings is in the journeys of calls. */
export const SCREENS: Readonly<Record<string, Readonly<Record<string, Address>>>> = {
  feldsher: {
    '/': at('/'),
    '/requests/new': at('/requests/new'),
    '/requests/$requestId/result': (page) =>
      ofConsultation(page, 'recent', ['signed', 'delivered', 'acknowledged', 'closed'], '/requests/$requestId/result'),
    '/requests/$requestId/plan': (page) =>
      ofConsultation(page, 'open', ['booked', 'waitlisted', 'checked_in'], '/requests/$requestId/plan'),
    '/requests/$requestId/status': async (page) => `/requests/${await askInWriting(page)}/status`,
    '/patients/$patientId': async (page) => {
      const { patients } = await ask<{ patients: { id: string }[] }>(page, '/api/patients?limit=1');
      return `/patients/${patients[0]?.id}`;
    },
    '/today': at('/today'),
    '/follow-ups': at('/follow-ups'),
    '/link-check': at('/link-check'),
    '/notices': at('/notices'),
  },
  cardio: {
    '/worklist': at('/worklist'),
    '/sign': at('/sign'),
    '/consults/$requestId': (page) =>
      ofConsultation(
        page,
        'recent',
        ['signed', 'delivered', 'acknowledged', 'closed', 'booked'],
        '/consults/$requestId',
      ),
    '/my-roster': at('/my-roster'),
  },
  coordinator: {
    '/triage': at('/triage'),
    '/coordinator': at('/coordinator'),
    '/search': at('/search'),
    '/patients/duplicates': at('/patients/duplicates'),
    '/schedule': at('/schedule'),
    '/schedule/requests/$requestId': async (page) => {
      const { requests } = await ask<{ requests: { requestId: string }[] }>(page, '/api/unplaced-requests');
      return `/schedule/requests/${requests[0]?.requestId}`;
    },
    '/rosters': at('/rosters'),
    '/rosters/import': at('/rosters/import'),
    '/rosters/$practitionerId': async (page) => {
      const [person] = await specialists(page, 'cardiology');
      return `/rosters/${person?.id}?panel=window`;
    },
    '/services': at('/services'),
    '/special-days': at('/special-days'),
    '/day-list': at('/day-list'),
    '/network': at('/network'),
    '/day-end': async () => `/day-end?day=${today()}`,
    '/notices/sent': at('/notices/sent'),
  },
  admin: {
    '/overview': at('/overview'),
    '/protocols': at('/protocols'),
    '/conclusion-templates': at('/conclusion-templates'),
    '/audit': at('/audit'),
    '/consent-texts': at('/consent-texts'),
    '/ladders': at('/ladders'),
    '/waiting-limits': at('/waiting-limits'),
    '/evidence-limits': at('/evidence-limits'),
    '/licences': at('/licences'),
    '/terminologies': at('/terminologies'),
  },
};

/** It has its heading, and what it asked for has come. */
export async function settled(page: Scripted): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('h1, h2') !== null && document.querySelector('[data-loading]') === null,
  );
}
