import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { isMainSide } from '@jaqyn/shared/signalling/room';
import type { Peer } from './peer.ts';
import type { RoomRegistry } from './room-registry.ts';

/** What can be measured of everybody who sits in a consult's room. */
export function describeSeated(rooms: Pick<RoomRegistry, 'listSeated'>) {
  return rooms.listSeated().map(({ requestId, peer }) => describe(requestId, peer));
}

/** Of the two sides alone. */
export function describeSides(rooms: Pick<RoomRegistry, 'listSeated'>) {
  return describeSeated(rooms).flatMap(({ side, ...rest }) => (isMainSide(side) ? [{ ...rest, side }] : []));
}

function describe(requestId: RequestId, peer: Peer) {
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
    side: peer.side,
    isReachable: peer.isReachable,
    remoteAddress: peer.send.remoteAddress ?? peer.recv.remoteAddress,
    tracks: [...from, ...to],
    measure: async () => ({ send: await peer.send.measure(), recv: await peer.recv.measure() }),
  };
}
