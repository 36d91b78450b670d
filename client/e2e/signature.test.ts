import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { Cast } from './support/cast.ts';
import { CONCLUSION, DEMO, sign, writeConclusion } from './support/consult.ts';
import { readQrCodes } from './support/read-qr.ts';

const REASON = 'The dose was left out';
const REFUSED = 'Has no blood pressure meter at home';
const MEDICINE = 'Amlodipine 5 mg in the morning';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

/** Where the QR code of the newest edition leads. */
async function checkPageOf(page: Page): Promise<string> {
  const href = await page.getByRole('link', { name: 'Check page (QR)' }).first().getAttribute('href');
  expect(href).toMatch(/^\/v\/[\w-]{22}\?lang=en$/);
  return href ?? '';
}

/** Everything is said back and can be done. */
async function acknowledge(station: Page): Promise<void> {
  const said = station.getByRole('region', { name: 'Said back by the patient' });
  await said.getByLabel(/^Done/).first().waitFor();
  for (const done of await said.getByLabel(/^Done/).all()) await done.check();
  await said.getByRole('button', { name: 'Read and understood' }).click();
  await said.getByText(/^Read aloud on/).waitFor();
}

const statusOf = async (page: Page, requestId: string) =>
  ((await (await page.request.get(`/api/consultations/${requestId}`)).json()) as { status: string }).status;

interface Measured {
  readonly participants: readonly {
    readonly side: string;
    readonly tracks: readonly { readonly direction: string; readonly kind: string; readonly seconds: number }[];
  }[];
}

/** Voice and picture of both, to and from the server, that were measured for a while. */
function measuredWays({ participants }: Measured): string[] {
  return participants
    .flatMap(({ side, tracks }) =>
      tracks.filter(({ seconds }) => seconds > 0).map(({ direction, kind }) => `${side} ${direction} ${kind}`),
    )
    .toSorted();
}

const WAYS = ['specialist', 'station'].flatMap((side) =>
  ['from', 'to'].flatMap((direction) => ['audio', 'video'].map((kind) => `${side} ${direction} ${kind}`)),
);

/** The media server has seen enough of the talk. */
async function measured(specialist: Page, requestId: string): Promise<void> {
  const ways = async () => {
    const answer = await specialist.request.get(`/api/consultations/${requestId}/evidence`);
    return measuredWays(((await answer.json()) as { evidence: Measured }).evidence);
  };
  await expect.poll(ways, { timeout: 60_000 }).toEqual(WAYS);
}

/** What was measured is a part of what is signed, byte by byte. */
async function checkEvidence(page: Page, requestId: string): Promise<void> {
  const files = `/api/consultations/${requestId}/conclusion`;
  const evidence = await (await page.request.get(`${files}/evidence.json`)).body();
  const { parts } = (await (await page.request.get(`${files}/manifest.json`)).json()) as {
    parts: { name: string; sha256: string }[];
  };
  const sha256 = createHash('sha256').update(evidence).digest('hex');
  expect(parts.find(({ name }) => name === 'evidence.json')?.sha256).toBe(sha256);
  expect(measuredWays(JSON.parse(evidence.toString('utf8')) as Measured)).toEqual(WAYS);
}

/** One recommendation cannot be followed: it needs its reason, outlives a reload, and becomes something to be done. */
async function cannotFollow(station: Page, requestId: string, reason: string): Promise<void> {
  const said = station.getByRole('region', { name: 'Said back by the patient' });
  await said.getByLabel('Cannot, because…').first().check();
  await said.getByRole('button', { name: 'Read and understood' }).click();
  await said.getByText('Write why the patient cannot').waitFor();
  await said.getByLabel('Why not').fill(reason);
  // The server has it: nothing is lost with this page.
  const stored = async () =>
    JSON.stringify(await (await station.request.get(`/api/consultations/${requestId}/teach-back`)).json());
  await expect.poll(stored, { timeout: 45_000 }).toContain(reason);
  await station.reload();
  expect(await said.getByLabel('Why not').inputValue()).toBe(reason);
  expect(await axeViolations(station)).toEqual([]);
  await said.getByRole('button', { name: 'Read and understood' }).click();
  await said.getByText(/^Read aloud on/).waitFor();
}

/** As another window of the same specialist saves it; what the page has typed until now is saved before. */
async function writeElsewhere(page: Page, requestId: string, findings: string): Promise<void> {
  const path = `/api/consultations/${requestId}/conclusion`;
  const read = async () =>
    (await (await page.request.get(path)).json()) as { version: number; content: { recommendations: string[] } };
  await expect
    .poll(async () => (await read()).content?.recommendations, { timeout: 45_000 })
    .toEqual([CONCLUSION.recommendation]);
  const { version, content } = await read();
  const saved = await page.request.put(path, { data: { baseVersion: version, content: { ...content, findings } } });
  expect(saved.ok(), await saved.text()).toBe(true);
}

/** Presses Tab until the control has the focus: it can be reached, and is seen to be. */
async function tabTo(page: Page, role: 'button' | 'textbox', name: string): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true });
  await wanted.waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${name}`);
}

describe('a signed conclusion', () => {
  it('is verified by its QR code, amended, superseded, and read to the patient again', async () => {
    const { station, specialist, requestId } = await cast.talk();
    await writeConclusion(specialist);
    await measured(specialist, requestId);
    await sign(specialist);
    await specialist.getByRole('heading', { name: 'Conclusion signed', level: 2 }).waitFor();
    await checkEvidence(specialist, requestId);
    await station.waitForURL(`**/requests/${requestId}/result`);
    const first = await checkPageOf(station);

    const passerBy = await cast.open();
    await passerBy.goto(first);
    await passerBy.getByText('The document is valid').waitFor();
    const page = await passerBy.content();
    const { patient } = (await (await station.request.get(`/api/consultations/${requestId}`)).json()) as {
      patient: { familyName: string; iin: string | null };
    };
    expect(page).not.toContain(patient.familyName);
    expect(page).not.toContain(patient.iin ?? patient.familyName);
    expect(page).not.toContain('<script');
    expect(Buffer.byteLength(page)).toBeLessThan(15_000);
    // What is printed leads there, too: the code is read off the drawn page, as a telephone reads it off the paper.
    for (const path of ['pdf?language=kk', 'pdf?language=ru', 'slip?language=kk']) {
      const file = await station.request.get(`/api/consultations/${requestId}/conclusion/${path}`);
      const [code, ...others] = readQrCodes(await file.body());
      expect([path, others]).toEqual([path, []]);
      const printed = new URL(code ?? 'no-code:');
      expect(printed.pathname, path).toBe(new URL(first, cast.server.url).pathname);
      await passerBy.goto(`${printed.pathname}?lang=en`);
      await passerBy.getByText('The document is valid').waitFor();
    }
    // Another letter of it leads nowhere.
    await passerBy.goto(first.replace(/\/v\/./, (start) => (start.endsWith('A') ? '/v/B' : '/v/A')));
    await passerBy.getByText('There is no such document').waitFor();
    await passerBy.goto(first);
    await cannotFollow(station, requestId, REFUSED);
    expect(await statusOf(station, requestId)).toBe('follow_up_open');
    await specialist.getByText(REFUSED).waitFor();
    // The last thing that is to be done closes the request.
    await station.goto('/follow-ups');
    const task = station.getByRole('listitem').filter({ hasText: REFUSED });
    await task.getByRole('button', { name: /^Done: / }).click();
    await station.getByRole('dialog').getByLabel('What became of it').fill('The daughter brings the device.');
    await station.getByRole('dialog').getByRole('button', { name: 'It is done' }).click();
    await task.waitFor({ state: 'detached' });
    expect(await axeViolations(station)).toEqual([]);
    expect(await statusOf(station, requestId)).toBe('closed');

    await specialist.getByRole('button', { name: 'Amend' }).click();
    const dialog = specialist.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Write the amendment' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(REASON);
    await dialog.getByRole('button', { name: 'Write the amendment' }).click();
    await specialist.getByText('You are amending the conclusion').waitFor();
    // Until it is signed the first edition is in force, and the draft waits on the worklist.
    await passerBy.reload();
    await passerBy.getByText('The document is valid').waitFor();
    await specialist.goto('/worklist');
    await specialist.getByRole('heading', { name: /^Amendments begun, not signed/ }).waitFor();
    await specialist.goto(`/consults/${requestId}`);
    await specialist.getByLabel('Medicines').fill(MEDICINE);
    await sign(specialist);
    await specialist.getByRole('heading', { name: 'Conclusion signed', level: 2 }).waitFor();

    await passerBy.reload();
    await passerBy.getByText('The document was replaced').waitFor();
    await station.goto('/');
    await station.getByRole('heading', { name: 'Results to read' }).waitFor();
    await station.goto(`/requests/${requestId}/result`);
    const told = station.getByRole('status').filter({ hasText: 'The specialist has amended the conclusion' });
    await told.getByText(REASON).waitFor();
    expect(await told.getByRole('row', { name: /^Medicines/ }).textContent()).toContain(MEDICINE);
    expect(await axeViolations(station)).toEqual([]);
    const second = await checkPageOf(station);
    expect(second).not.toBe(first);
    await passerBy.goto(second);
    await passerBy.getByText('The document is valid').waitFor();
    await acknowledge(station);
    expect(await statusOf(station, requestId)).toBe('closed');
  });

  it('is checked, signed and amended by the keyboard alone', async () => {
    const { specialist, requestId } = await cast.talk();
    await writeConclusion(specialist);
    await writeElsewhere(specialist, requestId, 'Written in another window');
    // The same part twice: a person decides, and no number of Escapes is an answer.
    await specialist.getByLabel('Findings').fill(CONCLUSION.findings.toUpperCase());
    const twice = specialist.getByRole('dialog', { name: 'The same part was written twice' });
    await twice.getByText('Written in another window').waitFor({ timeout: 45_000 });
    for (let presses = 0; presses < 3; presses += 1) await specialist.keyboard.press('Escape');
    await twice.getByRole('radio', { name: /^Written here/ }).waitFor();
    expect(await axeViolations(specialist), 'two texts of one part').toEqual([]);
    await twice.getByRole('radio', { name: /^Written here/ }).focus();
    await specialist.keyboard.press('Space');
    await tabTo(specialist, 'button', 'Continue with this');
    await specialist.keyboard.press('Enter');
    await twice.waitFor({ state: 'detached' });
    expect(await specialist.getByLabel('Findings').inputValue()).toBe(CONCLUSION.findings.toUpperCase());
    await tabTo(specialist, 'button', 'Check and sign');
    await specialist.keyboard.press('Enter');
    await specialist.getByRole('heading', { name: 'Check before signing' }).waitFor();
    // Reading begins at the top of the page.
    expect(await specialist.evaluate(() => document.activeElement?.id)).toBe('check-title');
    await tabTo(specialist, 'textbox', 'Your password again');
    await specialist.keyboard.type('not it');
    await specialist.keyboard.press('Enter');
    await specialist.getByText('The password is wrong. Nothing was signed.').waitFor();
    await tabTo(specialist, 'textbox', 'Your password again');
    await specialist.keyboard.type(DEMO.password);
    await specialist.keyboard.press('Enter');
    await specialist.getByRole('heading', { name: 'Conclusion signed', level: 2 }).waitFor();
    await specialist.getByText(CONCLUSION.recommendation).first().waitFor();
    await tabTo(specialist, 'button', 'Amend');
    await specialist.keyboard.press('Enter');
    await specialist.getByRole('dialog').waitFor();
    await tabTo(specialist, 'textbox', 'What was wrong? It stands in the new document.');
    await specialist.keyboard.type(REASON);
    await tabTo(specialist, 'button', 'Write the amendment');
    await specialist.keyboard.press('Enter');
    await specialist.getByText('You are amending the conclusion').waitFor();
    await tabTo(specialist, 'button', 'Throw the amendment away');
  });
});
