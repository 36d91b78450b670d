import { RequestId } from '@jaqyn/shared/kernel/ids';
import { expect, it, vi } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { RoomClient } from './room-client.ts';
import { FakeSignalling } from './test-support.ts';

it('says at once, and once, that a browser without WebRTC cannot hold calls', async () => {
  // As it is here: Node has none.
  expect(globalThis.RTCPeerConnection).toBeUndefined();
  const signalling = new FakeSignalling();
  const room = RoomClient.create({
    requestId: RequestId.parse(newId()),
    signalling,
    mediaDevices: undefined,
    loadMessages: async () => [],
  });
  room.start({ sources: [] });
  await vi.waitFor(() =>
    expect(room.getState().connection).toMatchObject({ kind: 'failed', problem: { code: 'browser.no_calls' } }),
  );
  expect(signalling.count('room:join')).toBe(0);
  await room.leave();
});
