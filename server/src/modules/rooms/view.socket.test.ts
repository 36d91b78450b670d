import type { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import { afterEach, expect, it } from 'vitest';
import { LiveClient, type Refusal } from '../../../test/live-client.ts';
import { createLiveServer, type TestLiveServer } from '../../../test/live-server.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A file for each room, and both sides of two consultations in their rooms. */
async function twoCalls() {
  const ofRoom = new Map<RequestId, AttachmentId>();
  const assertShown = async (requestId: RequestId, id: AttachmentId) => {
    if (ofRoom.get(requestId) !== id) throw new DomainError('attachment.not_found');
  };
  const server = await createLiveServer({ workers: 1, assertShown });
  open.push(server);
  const calls = [await call(server), await call(server)] as const;
  for (const { requestId, file } of calls) ofRoom.set(requestId, file);
  return calls;
}

async function call(server: TestLiveServer) {
  const { requestId, station, specialist } = server.consult();
  const enter = async (token: string) => {
    const client = new LiveClient(server.origin, token);
    open.push(client);
    await client.connected();
    return { client, ...(await client.join(requestId)) };
  };
  const file = newId<AttachmentId>();
  return { requestId, file, station: await enter(station.token), specialist: await enter(specialist.token) };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (refused: Refusal) => refused.code,
  );

const viewOf = (attachmentId: AttachmentId) => ({
  attachmentId,
  page: 1,
  centre: { x: 0.5, y: 0.5 },
  zoom: 2,
  turn: 90 as const,
});
const pointerAt = (attachmentId: AttachmentId, x: number) => ({
  attachmentId,
  page: 1,
  mark: { kind: 'pointer' as const, at: { x, y: 0.5 } },
});

it('what one side looks at and points on is told to the other, and to nobody in another room', async () => {
  const [here, there] = await twoCalls();
  const { client } = here.specialist;
  await client.call('view:show', { view: viewOf(here.file) });
  expect(await here.station.client.hears('view:shown')).toEqual({
    peerId: here.specialist.peerId,
    view: viewOf(here.file),
  });
  await client.call('view:point', pointerAt(here.file, 0.25));
  expect(await here.station.client.hears('view:pointed')).toEqual({
    peerId: here.specialist.peerId,
    ...pointerAt(here.file, 0.25),
  });
  // The other side points as well, on what is shown.
  await here.station.client.call('view:point', pointerAt(here.file, 0.75));
  await client.hears('view:pointed');
  await client.call('view:show', { view: null });
  expect((await here.station.client.hears('view:shown', 2)).view).toBeNull();

  await there.station.client.call('view:show', { view: viewOf(there.file) });
  await there.specialist.client.hears('view:shown');
  expect(there.specialist.client.heard('view:shown')).toHaveLength(1);
  expect([...there.station.client.heard('view:pointed'), ...there.specialist.client.heard('view:pointed')]).toEqual([]);
  // Nobody hears oneself.
  expect(client.heard('view:shown')).toEqual([]);
});

it('files of others, files that nobody shows and places outside of a picture are refused', async () => {
  const [here, there] = await twoCalls();
  const { client } = here.specialist;
  expect(await refusal(client.call('view:show', { view: viewOf(there.file) }))).toBe('attachment.not_found');
  expect(await refusal(client.call('view:point', pointerAt(here.file, 0.5)))).toBe('attachment.not_shown');
  await client.call('view:show', { view: viewOf(here.file) });
  expect(await refusal(client.call('view:point', pointerAt(there.file, 0.5)))).toBe('attachment.not_shown');
  for (const outside of [1.01, -0.01]) {
    expect(await refusal(client.call('view:point', pointerAt(here.file, outside)))).toBe('request.invalid');
  }
  expect(await refusal(client.call('view:show', { view: { ...viewOf(here.file), zoom: 0 } }))).toBe('request.invalid');
  await client.call('room:leave', {});
  expect(await refusal(client.call('view:point', pointerAt(here.file, 0.5)))).toBe('room.not_joined');
  expect(here.station.client.heard('view:pointed')).toEqual([]);
});

it('a flood of marks does not go through to the other side', async () => {
  const [here] = await twoCalls();
  const { client } = here.specialist;
  await client.call('view:show', { view: viewOf(here.file) });
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, index) => refusal(client.call('view:point', pointerAt(here.file, index / 50)))),
  );
  expect(new Set(outcomes)).toEqual(new Set(['ok']));
  await client.call('view:show', { view: null });
  await here.station.client.hears('view:shown', 2);
  expect(here.station.client.heard('view:pointed').length).toBeLessThan(40);
  expect(here.station.client.heard('view:pointed').length).toBeGreaterThanOrEqual(16);
});
