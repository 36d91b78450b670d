import type { Page } from 'playwright-core';
import { DEMO } from '../../../client/e2e/support/consult.ts';
import { ask } from '../../../client/e2e/support/rosters.ts';
import { newId } from '../../../client/src/lib/ids.ts';
import type { Story } from '../look.ts';
import { refuse } from './steps.ts';

/** Grade, way, kbit/s each way, ms there and back, % of made up sound, step of the picture. */
const CHECKS = [
  ['pass', 'udp', 1600, 60, 0.2, 'sharp'],
  ['pass', 'turn_udp', 900, 85, 0.6, 'sharp'],
  ['warn', 'turn_tcp', 260, 430, 3.1, 'small'],
  ['warn', 'turn_tls', 70, 610, 5.4, 'still'],
  ['fail', 'tcp', 30, 1450, 18.7, 'voice'],
  ['fail', null, null, null, null, null],
] as const;

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** What becomes of a village's link in two weeks; the days cannot be waited for. */
function fortnight() {
  const checks = Array.from({ length: 28 }, (_, index) => {
    const [grade, way, kbps, rttMs, concealedPercent, step] = CHECKS[(index * 5) % CHECKS.length] ?? CHECKS[0];
    const bps = kbps === null ? null : kbps * 1000;
    return {
      id: newId(),
      at: hoursAgo(12 * (28 - index)),
      stationId: null,
      userName: 'Әбдірахманова-Құдайбергенқызы Айсұлу',
      camera: 'works',
      microphone: 'works',
      speaker: 'heard',
      connectMs: 700,
      lostPercent: 1,
      receivedFps: 14,
      seconds: 12,
      grade,
      way,
      rttMs,
      sentBps: bps,
      receivedBps: bps,
      concealedPercent,
      step,
    };
  });
  const calls = Array.from({ length: 9 }, (_, index) => ({
    requestId: newId(),
    at: hoursAgo(36 * index + 5),
    minutes: 4 + 7 * index,
    rttMs: index === 3 ? null : 90 + 60 * index,
    sentBps: 620_000 / (index + 1),
    receivedBps: 540_000 / (index + 1),
    concealedPercent: index === 3 ? null : index / 2,
  }));
  return { checks, calls };
}

const answerWith = (page: Page, json: unknown) =>
  page.route('**/api/link-checks?**', (route) => route.fulfill({ json }));

const diary: Story = {
  name: 'network diary',
  login: DEMO.coordinator,
  async play({ page, look }) {
    const { stations } = await ask<{ stations: { stationId: string }[] }>(page, '/api/station-links');
    const address = `/network?station=${stations[0]?.stationId}`;
    await answerWith(page, { checks: [], calls: [] });
    await page.goto(address);
    await page.getByText(/^Nothing was measured/).waitFor();
    await look('nothing measured');
    await answerWith(page, fortnight());
    await page.getByLabel('Days').selectOption('30');
    await page.getByRole('table').waitFor();
    await look('two weeks');
    await refuse(page, '**/api/link-checks?**', 'server.internal', 'GET');
    await page.getByLabel('Days').selectOption('90');
    await page.getByRole('alert').waitFor();
    await look('not read');
  },
};

const own: Story = {
  name: 'network diary of one’s own',
  login: DEMO.station,
  async play({ page, look }) {
    await answerWith(page, fortnight());
    await page.goto('/link-check');
    await page.getByRole('table').waitFor();
    await look('two weeks');
  },
};

export const network: readonly Story[] = [diary, own];
