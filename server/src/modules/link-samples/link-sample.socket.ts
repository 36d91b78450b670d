import type { LiveHandlers } from '../../realtime/handle.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import type { LinkSampleService } from './link-sample.service.ts';

/** Of one's own end of the room one sits in, and of nobody else's. */
export function linkSampleHandlers({
  rooms,
  linkSamples,
}: {
  rooms: Pick<RoomRegistry, 'getSeat'>;
  linkSamples: LinkSampleService;
}): Pick<LiveHandlers, 'link:report'> {
  return {
    'link:report': {
      access: ['feldsher', 'specialist'],
      run: async ({ actor, connection }, { samples }) => {
        const { room, peer } = rooms.getSeat(connection);
        const { side } = peer;
        if (side !== 'coordinator') await linkSamples.report(actor, room.requestId, side, samples);
        return {};
      },
    },
  };
}
