import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { isMainSide, type RoomSide } from '@jaqyn/shared/signalling/room';
import type { Connection } from '../../realtime/connection.ts';
import type { LiveHandlers } from '../../realtime/handle.ts';
import type { LinkSampleService } from './link-sample.service.ts';

/** Who sits where. Throws `room.not_joined`. */
interface Seats {
  getSeat(connection: Connection): {
    readonly room: { readonly requestId: RequestId; readonly isPractice: boolean };
    readonly peer: { readonly side: RoomSide };
  };
}

/** Of one's own end of the room one sits in, and of nobody else's. */
export function linkSampleHandlers({
  rooms,
  linkSamples,
}: {
  rooms: Seats;
  linkSamples: LinkSampleService;
}): Pick<LiveHandlers, 'link:report'> {
  return {
    'link:report': {
      access: ['feldsher', 'specialist', 'coordinator'],
      run: async ({ actor, connection }, { samples }) => {
        const { room, peer } = rooms.getSeat(connection);
        const { side } = peer;
        // The plot is of the two ends of the consult. Trying the call with oneself is none: its figures are kept by the check itself.
        if (isMainSide(side) && !room.isPractice) await linkSamples.report(actor, room.requestId, side, samples);
        return {};
      },
    },
  };
}
