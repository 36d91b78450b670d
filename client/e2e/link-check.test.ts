import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { Cast } from './support/cast.ts';
import { accept, callSpecialist, DEMO, waitForRing } from './support/consult.ts';
import { readReceived } from './support/media-stats.ts';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

const PATIENT = { timeout: 60_000 };

async function check(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start the check' }).click();
  // One's own picture and sound come back through the media server.
  await expect.poll(async () => (await readReceived(page)).framesDecoded, PATIENT).toBeGreaterThan(10);
  await page.getByText('The check is done.').waitFor();
}

/** What is said of a part: its grade and what it means. */
async function finding(page: Page, part: string): Promise<string> {
  const row = page.getByRole('listitem').filter({ has: page.getByText(part, { exact: true }) });
  return (await row.first().innerText()).replaceAll(/\s+/g, ' ');
}

describe('a check of camera, sound and link', () => {
  it('is made from the start page, kept in the diary, and seen by the coordinator', async () => {
    const page = await cast.enter(DEMO.station);
    await page.getByRole('link', { name: 'Check camera, sound and link' }).click();
    await check(page);
    expect(await finding(page, 'Camera')).toMatch(/Works.*will see the patient/);
    expect(await finding(page, 'Microphone')).toMatch(/Works.*will be heard/);
    expect(await finding(page, 'Loudspeaker')).toMatch(/Works with limits.*Nobody said/);
    expect(await finding(page, 'Way out')).toMatch(/Works.*straight to the server/);
    expect(await finding(page, 'Voice')).toMatch(/arrives|word/);
    await page.getByText('Kept in the network diary').waitFor();
    await page.getByRole('button', { name: 'Hear yourself as the specialist would' }).waitFor();

    await page.getByRole('button', { name: 'Yes, I heard them' }).click();
    await expect.poll(() => finding(page, 'Loudspeaker'), PATIENT).toMatch(/Works.*will hear/);
    const table = page.getByRole('region', { name: 'Table of the network diary' });
    // The newest comes first; the demo's calls of this station stand below, without a way out.
    await expect.poll(() => table.getByRole('row').nth(1).innerText(), PATIENT).toMatch(/direct \(UDP\)/);
    expect(await table.getByRole('row').filter({ hasText: 'direct (UDP)' }).count()).toBe(1);
    expect(await axeViolations(page)).toEqual([]);
    // Camera and microphone are let go.
    expect(
      await page.evaluate(() => (window.__peerConnections ?? []).every((one) => one.connectionState === 'closed')),
    ).toBe(true);

    const coordinator = await cast.enter('coordinator', { devices: 'none' });
    await coordinator.goto('/network');
    const station = coordinator.getByRole('listitem').filter({ hasText: 'seven days: 1, failed: 0' });
    await station.getByRole('button').click();
    await coordinator.getByRole('region', { name: 'Table of the network diary' }).getByText('direct (UDP)').waitFor();
    expect(await axeViolations(coordinator)).toEqual([]);
  });

  it('says what is missing, tries the link all the same, and gives way to whoever answers', async () => {
    const specialist = await cast.enter(DEMO.specialist);
    const page = await cast.enter(DEMO.station);
    await page.addInitScript(() => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      let isRefusing = true;
      Object.assign(window, { allowDevices: () => (isRefusing = false) });
      navigator.mediaDevices.getUserMedia = async (constraints) => {
        if (!isRefusing || !location.pathname.startsWith('/link-check')) return real(constraints);
        // No camera, and the microphone is not allowed.
        throw new DOMException('', constraints?.audio && !constraints.video ? 'NotAllowedError' : 'NotFoundError');
      };
    });
    await callSpecialist(page, { reason: 'Checked while it rings' });
    await page.getByRole('link', { name: 'Check camera, sound and link' }).click();
    await check(page);
    expect(await finding(page, 'Camera')).toMatch(/Works with limits.*No camera was found/);
    expect(await finding(page, 'Microphone')).toMatch(/Does not work.*choose "Allow"/);
    expect(await finding(page, 'Way out')).toMatch(/Works.*straight to the server/);
    await page.getByText('The browser does not let this page use the camera or microphone').first().waitFor();
    await page.evaluate(() => (window as unknown as { allowDevices: () => void }).allowDevices());

    await waitForRing(specialist);
    await accept(specialist);
    await page.waitForURL(/\/requests\/[0-9a-f-]+\/call/);
    await cast.flows({ station: page, specialist });
  });
});
