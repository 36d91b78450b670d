import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { findChromium, openPerson } from '../../client/e2e/support/browser.ts';
import { DEMO, signIn } from '../../client/e2e/support/consult.ts';
import { readReceived } from '../../client/e2e/support/media-stats.ts';
import { ProductServer } from '../../client/e2e/support/server.ts';
import { LAB_FLAGS, LAB_ORIGIN, productEnvironment } from './consult-lab.ts';
import { Firewall } from './firewall.ts';
import { Lab } from './lab.ts';
import { bothWays } from './link-words.ts';
import { getProfile } from './profiles.ts';
import { Relay } from './relay.ts';

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** How the browser says that its packets get out, up and down: its own candidates, and how a relay is reached. */
function readWays(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const ways: string[] = [];
    for (const connection of window.__peerConnections ?? []) {
      if (connection.connectionState !== 'connected') continue;
      const rows = [...(await connection.getStats()).values()];
      const transport = rows.find(({ type }) => type === 'transport');
      const pair = rows.find(({ id }) => id === transport?.selectedCandidatePairId);
      const local = rows.find(({ id }) => id === pair?.localCandidateId);
      if (local)
        ways.push(local.candidateType === 'relay' ? `relay ${local.relayProtocol}` : `direct ${local.protocol}`);
    }
    return ways;
  });
}

/** A practice call: sound and picture out to the media server and back, by whatever ways there are. */
async function waysOf(page: Page): Promise<string[]> {
  await page.goto('/link-check');
  await page.getByRole('button', { name: 'Start the check' }).click();
  await expect
    .poll(
      async () => {
        const { framesDecoded, audioPackets } = await readReceived(page);
        return framesDecoded > 5 && audioPackets > 5;
      },
      { timeout: 60_000, interval: 100 },
    )
    .toBe(true);
  return readWays(page);
}

/**
 * Of a village's copper line. A browser looks for ways by TCP a tenth of a second after it has begun, and stops looking as soon as one
 * is found: where a relay is a few ms away that may be the relay (docs/decisions/050).
 */
const RTT_MS = 60;

const TO_MEDIA = 'th dport 40000-40009';

test('sound and picture find a way out of a network that closes one after the other', async () => {
  const lab = await Lab.create();
  closing.push(() => lab.close());
  const village = await lab.addSite('village', getProfile('good'));
  await village.link.set(bothWays({ rate: 0, delay: RTT_MS / 2, jitter: 0 }));
  const relay = await Relay.create(lab);
  closing.push(() => relay.close());
  const server = await ProductServer.create(
    productEnvironment({ ...Relay.environment, JAQYN_MEDIA_WORKERS: '1' }),
    lab.server.createLauncher(lab.folder, process.execPath),
  );
  closing.push(() => server.close());
  const { browser, page } = await openPerson(LAB_ORIGIN, {
    launcher: village.namespace.createLauncher(lab.folder, findChromium()),
    // The relay's certificate is the lab's own.
    flags: [...LAB_FLAGS, '--ignore-certificate-errors'],
  });
  closing.push(() => browser.close());
  await signIn(page, DEMO.station);

  const firewall = await Firewall.create(village.namespace);
  for (const [name, blocked, way] of [
    ['all open', [], 'direct udp'],
    ['no UDP', ['meta l4proto udp'], 'direct tcp'],
    ['nothing to the media server', [TO_MEDIA], 'relay udp'],
    ['nothing to the media server, no UDP', [TO_MEDIA, 'meta l4proto udp'], 'relay tcp'],
    ['only web ports', [TO_MEDIA, 'meta l4proto udp', 'tcp dport 3478'], 'relay tls'],
  ] as const) {
    firewall.block(blocked);
    // A direct way goes before a relay, which may have answered first.
    await waysOf(page);
    await expect.poll(() => readWays(page), { timeout: 45_000, message: name }).toEqual([way, way]);
  }
});
