import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { findChromium, openPerson } from '../../client/e2e/support/browser.ts';
import { DEMO, signIn } from '../../client/e2e/support/consult.ts';
import { readReceived } from '../../client/e2e/support/media-stats.ts';
import { ProductServer } from '../../client/e2e/support/server.ts';
import { LAB_FLAGS, LAB_ORIGIN, productEnvironment } from './consult-lab.ts';
import { Firewall } from './firewall.ts';
import { Lab } from './lab.ts';
import { Relay } from './relay.ts';

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** How the browser says that its packets get out: its own candidate, and how a relay is reached. */
function readWay(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    for (const connection of window.__peerConnections ?? []) {
      if (connection.connectionState !== 'connected') continue;
      const rows = [...(await connection.getStats()).values()];
      const transport = rows.find(({ type }) => type === 'transport');
      const pair = rows.find(({ id }) => id === transport?.selectedCandidatePairId);
      const local = rows.find(({ id }) => id === pair?.localCandidateId);
      if (local) return local.candidateType === 'relay' ? `relay ${local.relayProtocol}` : `direct ${local.protocol}`;
    }
    return undefined;
  });
}

/** A practice call: sound and picture out to the media server and back, by whatever way there is. */
async function wayOf(page: Page): Promise<string | undefined> {
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
  return readWay(page);
}

const TO_MEDIA = 'th dport 40000-40009';

test('sound and picture find a way out of a network that closes one after the other', async () => {
  const lab = await Lab.create();
  closing.push(() => lab.close());
  const village = await lab.addSite('village');
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
  for (const [name, blocked, ways] of [
    ['all open', [], ['direct udp']],
    // Either gets out. Which of the two answers first is chance, and Chromium then mostly stays with it.
    ['no UDP', ['meta l4proto udp'], ['direct tcp', 'relay tcp']],
    ['nothing to the media server', [TO_MEDIA], ['relay udp']],
    ['nothing to the media server, no UDP', [TO_MEDIA, 'meta l4proto udp'], ['relay tcp']],
    ['only web ports', [TO_MEDIA, 'meta l4proto udp', 'tcp dport 3478'], ['relay tls']],
  ] as const) {
    firewall.block(blocked);
    expect(ways, name).toContain(await wayOf(page));
  }
});
