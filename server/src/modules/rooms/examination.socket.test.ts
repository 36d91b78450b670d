import type { AttachmentId, PeerId } from '@jaqyn/shared/kernel/ids';
import { afterEach, expect, it } from 'vitest';
import { LiveClient, type Refusal } from '../../../test/live-client.ts';
import { createLiveServer } from '../../../test/live-server.ts';
import { newId } from '../../kernel/ids.ts';

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function twoCalls() {
  const server = await createLiveServer({ workers: 1 });
  open.push(server);
  const call = async () => {
    const { requestId, station, specialist } = server.consult();
    const enter = async (token: string) => {
      const client = new LiveClient(server.origin, token);
      open.push(client);
      await client.connected();
      return { client, ...(await client.join(requestId)) };
    };
    const atStation = await enter(station.token);
    await atStation.client.produce('examination');
    return { station: atStation, specialist: await enter(specialist.token) };
  };
  return [await call(), await call()] as const;
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (refused: Refusal) => refused.code,
  );

const pointer = (x: number) => ({ kind: 'pointer' as const, at: { x, y: 0.5 } });
const markOn = (peerId: PeerId, x = 0.5) => ({ peerId, source: 'examination' as const, mark: pointer(x) });

it('what is pointed at, asked for and told is heard in the room, and in no other', async () => {
  const [here, there] = await twoCalls();
  const { client } = here.specialist;
  await client.call('examination:mark', markOn(here.station.peerId, 0.25));
  expect(await here.station.client.hears('examination:marked')).toEqual({
    ...markOn(here.station.peerId, 0.25),
    by: here.specialist.peerId,
  });
  await client.call('examination:ask', { what: 'still' });
  expect((await here.station.client.hears('examination:asked')).what).toBe('still');
  const file = { attachmentId: newId<AttachmentId>(), sentBytes: 10, totalBytes: 100, secondsLeft: 9 };
  const state = { isFrozen: true, stethoscope: 'off' as const, file };
  await here.station.client.call('examination:tell', state);
  expect(await client.hears('examination:told')).toEqual({ peerId: here.station.peerId, state });
  const stroke = { kind: 'stroke' as const, id: 'a', points: [{ x: 0, y: 1 }] };
  await here.station.client.call('examination:mark', { ...markOn(here.station.peerId), mark: stroke });
  expect((await client.hears('examination:marked')).mark).toEqual(stroke);
  for (const { client: other } of [there.station, there.specialist]) {
    expect(other.told.filter(({ name }) => name.startsWith('examination:'))).toEqual([]);
  }
});

it('pictures of others, places outside of them and words of the wrong side are refused', async () => {
  const [here, there] = await twoCalls();
  const { client } = here.specialist;
  const { peerId } = here.station;
  expect(await refusal(client.call('examination:mark', markOn(there.station.peerId)))).toBe('producer.not_found');
  expect(await refusal(client.call('examination:mark', { ...markOn(peerId), source: 'camera' }))).toBe(
    'producer.not_found',
  );
  for (const outside of [1.01, -0.01]) {
    expect(await refusal(client.call('examination:mark', markOn(peerId, outside)))).toBe('request.invalid');
  }
  const points = Array.from({ length: 49 }, () => ({ x: 0, y: 0 }));
  const long = { ...markOn(peerId), mark: { kind: 'stroke' as const, id: 'a', points } };
  expect(await refusal(client.call('examination:mark', long))).toBe('request.invalid');
  const state = { isFrozen: false, stethoscope: 'off' as const, file: null };
  expect(await refusal(client.call('examination:tell', state))).toBe('auth.forbidden');
  await client.call('room:leave', {});
  expect(await refusal(client.call('examination:mark', markOn(peerId)))).toBe('room.not_joined');
  expect(here.station.client.heard('examination:marked')).toEqual([]);
});

it('a flood of marks and of asking does not go through', async () => {
  const [here] = await twoCalls();
  const { client } = here.specialist;
  const { peerId } = here.station;
  await Promise.all(
    Array.from({ length: 50 }, (_, index) => refusal(client.call('examination:mark', markOn(peerId, index / 50)))),
  );
  const marks = here.station.client.heard('examination:marked').length;
  expect(marks).toBeGreaterThanOrEqual(16);
  expect(marks).toBeLessThan(40);
  for (let again = 0; again < 8; again += 1) await refusal(client.call('examination:ask', { what: 'camera' }));
  expect(here.station.client.heard('examination:asked').length).toBeLessThan(7);
});
