import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Cast } from './support/cast.ts';
import { accept, callSpecialist, DEMO, signIn, waitForRing, writeConclusion } from './support/consult.ts';
import { FakeNcaLayer, FakeNcaNode } from './support/fake-ncalayer.ts';

/** The demo's cardiologist, as a national key writes her, and somebody else. */
const OWN = { commonName: 'АХМЕТОВА АЙГҮЛ', iin: '800101400123' };
const OTHER = { commonName: 'ИВАНОВ ИВАН', iin: '750505300456' };

let node: FakeNcaNode;
let cast: Cast;
let layer: FakeNcaLayer | undefined;

beforeAll(async () => {
  node = await FakeNcaNode.create();
  cast = await Cast.create({ JAQYN_SIGNER: 'ncalayer', JAQYN_NCANODE_URL: node.url });
});
afterEach(async () => {
  await cast.closeWindows();
  await layer?.close();
  layer = undefined;
});
afterAll(async () => {
  await cast.close();
  await node.close();
});

/** A specialist whose browser believes NCALayer's certificate, and somebody who calls. */
async function open(): Promise<{ specialist: Page; station: Page }> {
  const specialist = await cast.open({ flags: ['--ignore-certificate-errors'] });
  await signIn(specialist, DEMO.specialist);
  return { specialist, station: await cast.enter(DEMO.station) };
}

/** A call that was answered, its conclusion written; the call is over. */
async function consult({ specialist, station }: { specialist: Page; station: Page }, reason: string): Promise<string> {
  const requestId = await callSpecialist(station, { reason });
  await specialist.goto('/worklist');
  await waitForRing(specialist);
  await accept(specialist);
  await writeConclusion(specialist);
  await specialist
    .getByText(/^Saved/)
    .first()
    .waitFor();
  const ended = await specialist.request.post(`/api/consultations/${requestId}/end-call`);
  expect(ended.ok()).toBe(true);
  return requestId;
}

async function trySigning(page: Page): Promise<void> {
  await page.getByLabel('Your password again').fill(DEMO.password);
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
}

describe('a signature by NCALayer', () => {
  it('says what is wrong until the own key signs, and then it is valid', async () => {
    const people = await open();
    const { specialist } = people;
    const requestId = await consult(people, 'Signed by a national key');
    await specialist.goto(`/consults/${requestId}`);
    await specialist.getByRole('button', { name: 'Check and sign' }).click();
    await specialist.getByText('NCALayer on this computer asks for your key').waitFor();

    await trySigning(specialist);
    await specialist.getByText('NCALayer does not run on this computer').waitFor();

    layer = await FakeNcaLayer.create('closes the window');
    await trySigning(specialist);
    await specialist.getByText('The signature was cancelled in NCALayer').waitFor();
    layer.holder = 'fails';
    await trySigning(specialist);
    await specialist.getByText('NCALayer could not sign').waitFor();
    layer.holder = OTHER;
    await trySigning(specialist);
    await specialist.getByText('This key belongs to somebody else').waitFor();
    layer.holder = OWN;
    await trySigning(specialist);
    await specialist.getByRole('heading', { name: 'Conclusion signed', level: 2 }).waitFor();

    const [request] = layer.requests.slice(-1);
    expect(request).toMatchObject({
      module: 'kz.gov.pki.knca.basics',
      method: 'sign',
      args: {
        format: 'cms',
        signingParams: { decode: true, encapsulate: false, digested: false, tsaProfile: {} },
        signerParams: { extKeyUsageOids: ['1.3.6.1.5.5.7.3.4'] },
        locale: 'en',
      },
    });
    const href = await specialist.getByRole('link', { name: 'Check page (QR)' }).getAttribute('href');
    await specialist.goto(href ?? '');
    await specialist.getByText('The document is valid').waitFor();
  });

  it('signs several at once, each with a signature of its own', async () => {
    const people = await open();
    const { specialist } = people;
    layer = await FakeNcaLayer.create(OWN);
    const ids = [await consult(people, 'First of two'), await consult(people, 'Second of two')];
    await specialist.goto('/worklist');
    await specialist.getByRole('link', { name: /^Written and not signed/ }).click();
    await specialist.waitForURL('**/sign');
    for (const id of ids) {
      const { number } = (await (await specialist.request.get(`/api/consultations/${id}`)).json()) as {
        number: string;
      };
      const item = specialist.locator('section', { hasText: number }).last();
      await item.locator('summary, button').first().click();
      await item.getByRole('checkbox').check();
    }
    await specialist.getByLabel('Your password again').fill(DEMO.password);
    const answered = specialist.waitForResponse('**/api/conclusions/sign');
    await specialist.getByRole('button', { name: 'Sign 2 conclusions' }).click();
    const { outcomes } = (await (await answered).json()) as { outcomes: { requestId: string; problem: unknown }[] };
    expect(outcomes.map(({ problem }) => problem)).toEqual([null, null]);
    expect(outcomes.map(({ requestId }) => requestId).sort()).toEqual([...ids].sort());
    await specialist.getByText('2 conclusions signed').waitFor();
    expect(layer.requests.map(({ args }) => args?.data.length)).toEqual([2]);
    for (const id of ids) {
      const answer = await specialist.request.get(`/api/consultations/${id}/conclusion/evidence`);
      const { editions } = (await answer.json()) as { editions: { status: string; method: string }[] };
      expect(editions).toMatchObject([{ status: 'valid', method: 'ncalayer' }]);
    }
  });
});
