import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { expect, test, vi } from 'vitest';
import { createLogger } from '../../kernel/logger.ts';
import { CallPresence } from './call-presence.ts';

const id = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as RequestId;
const other = '019aa6b0-9c1e-7d3a-8f00-0123456789ac' as RequestId;

function createPresence({ live = [] as RequestId[], returnMs = 60_000 } = {}) {
  const told: [RequestId, boolean][] = [];
  const calling = {
    roomPresenceChanged: (requestId: RequestId, both: boolean) => {
      told.push([requestId, both]);
      return Promise.resolve();
    },
    listLiveCalls: () => Promise.resolve(live),
  };
  const logger = createLogger({ level: 'silent', pretty: false });
  return { told, presence: CallPresence.create({ calling, logger, returnMs }) };
}

test('both sides there: the call goes on; one leaves: it is interrupted, once', () => {
  const { told, presence } = createPresence();
  presence.sidesChanged(id, ['station']);
  expect(told).toEqual([]);
  presence.sidesChanged(id, ['station', 'specialist']);
  presence.sidesChanged(id, ['specialist']);
  expect(told).toEqual([
    [id, true],
    [id, false],
  ]);
  presence.close();
});

test('the first one back in an empty room interrupts nothing', () => {
  const { told, presence } = createPresence();
  presence.sidesChanged(id, ['specialist']);
  presence.sidesChanged(id, []);
  presence.sidesChanged(id, ['station']);
  presence.sidesChanged(id, ['station', 'specialist']);
  expect(told).toEqual([
    [id, false],
    [id, true],
  ]);
  presence.close();
});

test('after a restart: calls that did not come back in time are interrupted, the others are left alone', async () => {
  const { told, presence } = createPresence({ live: [id, other], returnMs: 20 });
  presence.sidesChanged(other, ['station', 'specialist']);
  await vi.waitFor(() => expect(told).toContainEqual([id, false]));
  expect(told).toEqual([
    [other, true],
    [id, false],
  ]);
  presence.close();
});
