import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Cast } from './support/cast.ts';
import { CONCLUSION, callSpecialist, DEMO, signIn, writeConclusion } from './support/consult.ts';
import { readReceived } from './support/media-stats.ts';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

describe('in the middle of a consult', () => {
  it('a reload on either side comes back into the same call by itself', async () => {
    const talk = await cast.talk();
    await talk.specialist.getByLabel('Findings').fill('Written before the reload');
    await talk.specialist
      .getByText(/^Saved/)
      .first()
      .waitFor();

    talk.specialist.once('dialog', (dialog) => void dialog.accept());
    await talk.specialist.reload();
    await cast.flows(talk);
    await expect.poll(() => talk.specialist.getByLabel('Findings').inputValue()).toBe('Written before the reload');

    await talk.station.reload();
    await cast.flows(talk);
    // No ghost of the one who left: each sees one other.
    expect(await talk.specialist.locator('video').count()).toBeLessThanOrEqual(2);
  });

  it.each(['stop', 'kill'] as const)('a server that is restarted (%s) finds both sides coming back', async (how) => {
    const talk = await cast.talk({ reason: `Restart by ${how}` });
    await talk.specialist.getByLabel('Findings').fill(CONCLUSION.findings);
    await talk.specialist
      .getByText(/^Saved/)
      .first()
      .waitFor();
    await cast.server[how]();
    // The form stays usable while nobody answers.
    await talk.specialist.getByLabel('Findings').fill(`${CONCLUSION.findings} Added while the server was away.`);
    await cast.server.start();
    await cast.flows(talk);
    await talk.specialist
      .getByText(/^Saved/)
      .first()
      .waitFor();
    await talk.specialist.reload();
    await expect
      .poll(() => talk.specialist.getByLabel('Findings').inputValue())
      .toBe(`${CONCLUSION.findings} Added while the server was away.`);
  });

  it('a worker that is killed is replaced; its room comes back, the other one does not notice', async () => {
    const one = await cast.talk({ reason: 'First room' });
    const two = await cast.talk({
      station: 'feldsher2',
      specialist: DEMO.neurologist,
      specialty: 'Neurology',
      reason: 'Second room',
    });
    const before = await Promise.all([connectionCount(one.station), connectionCount(two.station)]);

    const [worker] = workerPids(cast.server.pid);
    expect(worker).toBeDefined();
    process.kill(Number(worker), 'SIGKILL');

    await Promise.all([cast.flows(one), cast.flows(two)]);
    const after = await Promise.all([connectionCount(one.station), connectionCount(two.station)]);
    const hasMoved = after.map((count, i) => count > (before[i] ?? 0));
    // One room per worker: exactly one had to make new connections.
    expect(hasMoved.filter(Boolean)).toHaveLength(1);
    expect(workerPids(cast.server.pid)).toHaveLength(2);
  });

  it('a sign-out ends media at once, keeps the request open, and a new sign-in leads back', async () => {
    const talk = await cast.talk({ reason: 'Signed out in the middle' });
    await writeConclusion(talk.specialist);
    await talk.specialist
      .getByText(/^Saved/)
      .first()
      .waitFor();
    // The same cookie in another place: an administrator, another tab.
    const response = await talk.specialist.request.delete('/api/session');
    expect(response.ok()).toBe(true);

    await talk.specialist.waitForURL(/\/sign-in/);
    await expect.poll(() => hasGoneSilent(talk.station), { timeout: 20_000 }).toBe(true);

    await signIn(talk.specialist, DEMO.specialist);
    await talk.specialist.goto(`/consults/${talk.requestId}`);
    await cast.flows(talk);
    await expect.poll(() => talk.specialist.getByLabel('Findings').inputValue()).toBe(CONCLUSION.findings);
  });

  it('a sign-out of the station while it rings leaves the request on its start page', async () => {
    const station = await cast.enter('feldsher2');
    await callSpecialist(station, { reason: 'Signed out while ringing', specialty: 'Dermatology' });
    await station.getByRole('button', { name: 'Sign out' }).click();
    await station.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await station.waitForURL(/\/sign-in/);
    await signIn(station, 'feldsher2');
    await station.getByText('Dermatology').first().waitFor();
  });
});

function connectionCount(page: Page): Promise<number> {
  return page.evaluate(() => window.__peerConnections?.length ?? 0);
}

/** Nothing came for a second. */
async function hasGoneSilent(page: Page): Promise<boolean> {
  const before = await readReceived(page);
  await page.waitForTimeout(1000);
  const now = await readReceived(page);
  return now.audioPackets <= before.audioPackets && now.framesDecoded <= before.framesDecoded;
}

/** The mediasoup workers among the server's children. */
function workerPids(serverPid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
        return parent === serverPid && status.includes('mediasoup');
      } catch {
        return false; // gone meanwhile
      }
    })
    .map(Number);
}
