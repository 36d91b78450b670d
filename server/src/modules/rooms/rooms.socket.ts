import type { EventBus } from '../../kernel/event-bus.ts';
import type { MediaPort } from '../../media/media-port.ts';
import type { LiveHandlers } from '../../realtime/handle.ts';
import type { SessionWatch } from '../../realtime/session-watch.ts';
import type { RoomRegistry } from './room-registry.ts';
import { renewStanding } from './whole-pictures.ts';

type RoomEventName = Exclude<
  keyof LiveHandlers,
  'chat:send' | 'link:report' | `upload:${string}` | `view:${string}` | `examination:${string}`
>;

/** Who sits in rooms. Which room is decided by the consultation, each time. */
const PARTICIPANTS = ['feldsher', 'specialist', 'coordinator'] as const;

/** Everything about rooms and media that comes in over the socket. */
export function roomHandlers({
  rooms,
  media,
}: {
  rooms: RoomRegistry;
  media: Pick<MediaPort, 'capabilities'>;
}): Pick<LiveHandlers, RoomEventName> {
  const access = PARTICIPANTS;
  return {
    'media:capabilities': { access, run: async () => media.capabilities },
    'room:join': { access, run: (context, data) => rooms.join(context, data) },
    'room:resume': { access, run: (context, data) => rooms.resume(context, data) },
    'room:leave': {
      access,
      run: async ({ connection }) => {
        rooms.leave(connection);
        return {};
      },
    },
    'transport:connect': {
      access,
      run: async ({ connection }, { transportId, dtlsParameters }) => {
        await rooms.getSeat(connection).peer.getTransport(transportId).connect(dtlsParameters);
        return {};
      },
    },
    'transport:restart-ice': {
      access,
      run: async ({ connection }, { transportId, inUse }) => ({
        iceParameters: await rooms.getSeat(connection).peer.getTransport(transportId).restartIce(inUse),
      }),
    },
    'link:probe': { access, run: async () => ({}) },
    'producer:create': { access, run: (context, data) => rooms.createProducer(context, data) },
    'producer:pause': {
      access,
      run: async ({ connection }, { producerKey }) => {
        const { room, peer } = rooms.getSeat(connection);
        await room.setPaused(peer, producerKey, true);
        return {};
      },
    },
    'producer:resume': {
      access,
      run: async ({ connection }, { producerKey }) => {
        const { room, peer } = rooms.getSeat(connection);
        await room.setPaused(peer, producerKey, false);
        return {};
      },
    },
    'producer:close': {
      access,
      run: async ({ connection }, { producerKey }) => {
        const { room, peer } = rooms.getSeat(connection);
        room.closeProducer(peer, producerKey);
        return {};
      },
    },
    'consumer:resume': {
      access,
      run: async ({ connection }, { consumerIds }) => {
        await rooms.getSeat(connection).peer.setWanted(consumerIds, true);
        return {};
      },
    },
    'sender:step': {
      access,
      run: async ({ connection }, step) => {
        const { room, peer } = rooms.getSeat(connection);
        room.step(peer, step);
        return {};
      },
    },
    'curtain:set': { access, run: (context, data) => rooms.setCurtain(context, data) },
    'receiver:report': {
      access,
      run: async ({ connection }, report) => {
        const { room, peer } = rooms.getSeat(connection);
        room.report(peer, report, 'socket');
        return {};
      },
    },
    'consumer:pause': {
      access,
      run: async ({ connection }, { consumerIds }) => {
        await rooms.getSeat(connection).peer.setWanted(consumerIds, false);
        return {};
      },
    },
    'consumer:renew': {
      access,
      run: async ({ connection }, { consumerIds }) => {
        renewStanding(rooms.getSeat(connection).peer, consumerIds);
        return {};
      },
    },
  };
}

/** Rooms follow sessions and consultations: who may not be in one any more is out within the second. */
export function connectRooms({ rooms, watch, bus }: { rooms: RoomRegistry; watch: SessionWatch; bus: EventBus }): void {
  watch.onEnded(({ sessionId }) => rooms.endSession(sessionId));
  watch.onChanged(({ sessionId }) => rooms.endSession(sessionId, 'access_ended'));
  bus.on('consultation:changed', ({ requestId }) => rooms.recheck(requestId));
  bus.on('participants:changed', ({ requestId }) => rooms.recheck(requestId));
}
