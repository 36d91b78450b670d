import { practiceRoomOf } from '@jaqyn/shared/signalling/practice';
import { afterEach, expect, it } from 'vitest';
import { LiveClient, type Refusal } from '../../../test/live-client.ts';
import { createLiveServer, type TestLiveServer } from '../../../test/live-server.ts';

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(options: Parameters<typeof createLiveServer>[0] = {}): Promise<TestLiveServer> {
  const server = await createLiveServer({ workers: 1, ...options });
  open.push(server);
  return server;
}

async function connect(server: TestLiveServer, token: string): Promise<LiveClient> {
  const client = new LiveClient(server.origin, token);
  open.push(client);
  return client.connected();
}

async function practise(server: TestLiveServer, role: 'feldsher' | 'specialist' = 'feldsher') {
  const somebody = server.sessions.signIn(role);
  const tab = await connect(server, somebody.token);
  const requestId = practiceRoomOf(somebody.actor.userId);
  return { ...somebody, tab, requestId, joined: await tab.join(requestId) };
}

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (refused: Refusal) => refused.code,
  );

it('gives somebody back what they send, and nobody else is there', async () => {
  const server = await serve();
  const { tab, joined, actor } = await practise(server);
  expect(joined.peers).toEqual([
    expect.objectContaining({ peerId: joined.peerId, userId: actor.userId, side: 'station' }),
  ]);
  expect(joined.consumers).toEqual([]);
  const microphone = await tab.produce('microphone');
  const camera = await tab.produce('camera');
  await tab.hears('consumer:created', 2);
  const created = tab.heard('consumer:created');
  expect(created.map(({ source, producerId, peerId }) => [source, producerId, peerId])).toEqual([
    ['microphone', microphone.producerId, joined.peerId],
    ['camera', camera.producerId, joined.peerId],
  ]);
  // How it arrives is told to who sends it: the controller of a call works as in a call.
  const report = { queueMs: 1, jitterMs: 2, lostPercent: 3, burstMs: 4, receivedBps: 5, rttMs: 6 };
  await tab.call('receiver:report', { peerId: joined.peerId, ...report });
  expect(await tab.hears('sender:advised')).toEqual({ peerId: joined.peerId, ...report });
});

it('is nobody else’s, and no part of any consult', async () => {
  const server = await serve();
  const { tab, requestId } = await practise(server);
  await tab.produce('microphone');
  const other = server.sessions.signIn('feldsher');
  expect(await code((await connect(server, other.token)).join(requestId))).toBe('consultation.not_found');
  expect(server.rooms.roomCount).toBe(1);
  // Neither the evidence of a consult nor its record sees it.
  expect(server.rooms.listSeated()).toEqual([]);
  expect(server.diary.lines).toEqual([]);
  await tab.call('room:leave', {});
  expect(server.rooms.roomCount).toBe(0);
});

it('is found again by another socket of the same session, and ends by itself', async () => {
  const server = await serve({ practiceMs: 1500 });
  const { tab, joined, requestId, token } = await practise(server, 'specialist');
  tab.close();
  const again = await connect(server, token);
  const content = await again.call('room:resume', { requestId, peerId: joined.peerId });
  expect(content.peers.map(({ peerId, side }) => [peerId, side])).toEqual([[joined.peerId, 'specialist']]);
  expect(await again.hears('room:closed')).toEqual({ requestId, reason: 'room_closed' });
  expect(server.rooms.roomCount).toBe(0);
});
