import type { Page } from 'playwright-core';
import type { Cast } from '../../../client/e2e/support/cast.ts';
import { callSpecialist, DEMO } from '../../../client/e2e/support/consult.ts';
import { ask } from '../../../client/e2e/support/rosters.ts';
import { askInWriting } from '../../../client/e2e/support/screens.ts';
import { newId } from '../../../client/src/lib/ids.ts';
import type { Consultation } from '../../../shared/src/consultations/consultation.contract.ts';
import type { Story } from '../look.ts';
import { cancelRequest } from './station-request.ts';
import { dialogOf, escape, press } from './steps.ts';

/** What the coordinator decides about a request, told to the page that waits for it. */
async function decide(office: Page, requestId: string, how: string, data: Record<string, unknown>): Promise<void> {
  const address = `/api/consultations/${requestId}`;
  const { version } = await ask<Consultation>(office, address);
  const answer = await office.request.post(`${address}/triage/${how}`, { data: { baseVersion: version, ...data } });
  if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
}

const question: Story = {
  name: 'asked back',
  login: DEMO.station,
  async play({ cast, page, look }) {
    const requestId = await askInWriting(page);
    await page.goto(`/requests/${requestId}/status`);
    await page.getByRole('button', { name: 'Cancel the request' }).waitFor();
    const office = await cast.enter(DEMO.coordinator);
    await decide(office, requestId, 'ask', {
      id: newId(),
      question: 'Бөртпе қышый ма? Екінші қолдың суретін жіберіңіз.',
    });
    const asks = page.getByRole('region', { name: "The specialist's side asks" });
    await asks.getByLabel('Your answer').fill('Қышыйды, әсіресе түнде. Сурет қосылды.');
    await look('the answer is written');
    await press(asks, 'Add vital signs');
    await dialogOf(page).waitFor();
    await look('vital signs for the answer');
    await escape(page);
    const { questions } = await ask<Consultation>(page, `/api/consultations/${requestId}`);
    const sent = await page.request.post(`/api/consultations/${requestId}/questions/${questions[0]?.id}/answer`, {
      data: { answer: 'Екі қолда да бар', vitals: {} },
    });
    if (!sent.ok()) throw new Error(await sent.text());
    await page.getByText('The question was answered already').waitFor();
    await look('a colleague has answered meanwhile');
    await press(page, 'Delete what was not sent');
    await page.getByText('The question was answered already').waitFor({ state: 'detached' });
    await look('answered');
  },
};

const declined: Story = {
  name: 'declined',
  login: DEMO.station,
  async play({ cast, page, look }) {
    const office = await cast.enter(DEMO.coordinator);
    for (const reason of ['emergency_103', 'in_person_needed', 'incomplete']) {
      const requestId = await askInWriting(page);
      await decide(office, requestId, 'decline', { reason, note: 'Қан қысымы тым төмен, уақыт оздырмаңыз.' });
      await page.goto(`/requests/${requestId}/status`);
      await page.getByRole('region', { name: 'What to do next' }).waitFor();
      await look(reason);
    }
    await press(page, 'New request from this one');
    await page.waitForURL(/\/requests\/new/);
    await page.getByLabel('What is the question?').waitFor();
    await look('a new request from this one');
  },
};

const elsewhere: Story = {
  name: 'sent elsewhere',
  login: DEMO.station,
  async play({ cast, page, look }) {
    const requestId = await askInWriting(page);
    const office = await cast.enter(DEMO.coordinator);
    await decide(office, requestId, 'redirect', { specialty: 'neurology', region: null, reason: 'wrong_specialty' });
    await page.goto(`/requests/${requestId}/status`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await look('to another specialty');
  },
};

/** Two rungs as short as may be on which nobody sits, and then the numbers. */
async function setShortLadder(cast: Cast): Promise<void> {
  const office = await cast.enter(DEMO.coordinator);
  const saved = await office.request.put(`/api/escalation-ladders/${newId()}`, {
    data: {
      specialty: 'dermatology',
      region: null,
      seenId: null,
      effectiveFrom: new Date().toISOString(),
      steps: [
        { kind: 'on_call', seconds: 10, reach: 'country' },
        { kind: 'backup', seconds: 10, reach: 'country' },
        { kind: 'phone', phones: [{ label: 'Облыстық аурухананың қабылдау бөлімі', phone: '+7 7172 55 01 02' }] },
      ],
    },
  });
  if (!saved.ok()) throw new Error(await saved.text());
}

const nobody: Story = {
  name: 'nobody answers',
  login: DEMO.station,
  async play({ cast, page, look }) {
    await setShortLadder(cast);
    await callSpecialist(page, { specialty: 'Dermatology', reason: 'A spot on the back that has grown' });
    await page.getByRole('heading', { name: 'Nobody answered' }).waitFor({ timeout: 90_000 });
    await page.getByRole('link', { name: /55 01 02/ }).waitFor();
    await look('numbers to call');
    await press(page, 'Call again');
    await page.getByRole('heading', { name: 'Calling the specialist' }).waitFor();
    await look('called again');
    await cancelRequest(page);
  },
};

/** The specialist is gone for good; the station chooses how it goes on. */
const gone: Story = {
  name: 'specialist gone',
  login: DEMO.station,
  async play({ cast, look }) {
    const { station, specialist } = await cast.talk({ reason: 'Pressing pain behind the breastbone' });
    await press(station, 'Complete the card');
    await dialogOf(station).getByLabel('Complaints').waitFor();
    await look('card in the call', station);
    await escape(station);
    await press(station, 'Add vital signs');
    await dialogOf(station).waitFor();
    await look('vital signs in the call', station);
    await escape(station);
    await specialist.request.delete('/api/session');
    await specialist.close();
    const offers = station.getByRole('region', { name: 'How to go on' });
    await offers.waitFor({ timeout: 60_000 });
    await look('how to go on', station);
    await press(offers, 'Ask for an answer in writing');
    await station.waitForURL(/\/status/);
    await station.getByText('The answer comes to this station by itself.').waitFor();
    await look('waits for an answer in writing', station);
  },
};

export const stationAnswers: readonly Story[] = [question, declined, elsewhere, nobody, gone];
