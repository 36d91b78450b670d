import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Peer } from './peer.ts';
import type { RoomRegistry } from './room-registry.ts';

/** What can be measured of everybody who sits on a side of a consult. Whoever only looks in is no part of it. */
export function describeSeated(rooms: Pick<RoomRegistry, 'listSeated'>) {
  return rooms.listSeated().flatMap(({ requestId, peer }) => {
    const { side } = peer;
    return side === 'station' || side === 'specialist' ? [describe(requestId, peer, side)] : [];
  });
}

function describe(requestId: RequestId, peer: Peer, side: 'station' | 'specialist') {
  const from = [...peer.producers.values()].map(({ source, producer }) => ({
    id: `from:${producer.id}`,
    direction: 'from' as const,
    kind: producer.kind,
    source,
    count: () => producer.count(),
  }));
  const to = [...peer.consumers.values()].map(({ source, consumer }) => ({
    id: `to:${consumer.id}`,
    direction: 'to' as const,
    kind: consumer.kind,
    source,
    count: () => consumer.count(),
  }));
  return {
    peerId: peer.id,
    requestId,
    userId: peer.actor.userId,
    sessionId: peer.actor.sessionId,
    side,
    isReachable: peer.isReachable,
    remoteAddress: peer.send.remoteAddress ?? peer.recv.remoteAddress,
    tracks: [...from, ...to],
    measure: async () => ({ send: await peer.send.measure(), recv: await peer.recv.measure() }),
  };
}
