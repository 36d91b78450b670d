import { MARKS_PER_SECOND } from '@jaqyn/shared/attachments/shared-view';
import type { AttachmentId } from '@jaqyn/shared/kernel/ids';
import { DomainError } from '../../kernel/domain-error.ts';
import type { LiveHandlers } from '../../realtime/handle.ts';
import type { AttachmentService } from '../attachments/attachment.service.ts';
import { createMarkLimit } from './mark-limit.ts';
import type { Room } from './room.ts';
import type { RoomRegistry } from './room-registry.ts';

/** Marks that may come at once and a second: twice what a viewer sends. More are dropped, the newest place comes soon enough. */
const BURST = MARKS_PER_SECOND * 2;

/** Files looked at together: who shows what, and where they point. Told only to those in the same room, and kept nowhere. */
export function viewHandlers({
  rooms,
  attachments,
}: {
  rooms: Pick<RoomRegistry, 'getClinicalSeat'>;
  attachments: Pick<AttachmentService, 'assertShown'>;
}): Pick<LiveHandlers, 'view:show' | 'view:point'> {
  const access = ['feldsher', 'specialist'] as const;
  /** What was last shown in a room, and proved to be of its consultation. */
  const shown = new WeakMap<Room, ReadonlySet<AttachmentId>>();
  const mayPoint = createMarkLimit(BURST);

  return {
    'view:show': {
      access,
      run: async ({ connection }, { view }) => {
        const { room, peer } = rooms.getClinicalSeat(connection);
        const known = shown.get(room) ?? new Set();
        if (view !== null && !known.has(view.attachmentId)) {
          await attachments.assertShown(room.requestId, view.attachmentId);
          shown.set(room, new Set([...known, view.attachmentId]));
        }
        for (const other of room.peers) {
          if (other !== peer) other.notify('view:shown', { peerId: peer.id, view });
        }
        return {};
      },
    },
    'view:point': {
      access,
      run: async ({ connection }, { attachmentId, page, mark }) => {
        const { room, peer } = rooms.getClinicalSeat(connection);
        if (shown.get(room)?.has(attachmentId) !== true) throw new DomainError('attachment.not_shown');
        if (!mayPoint(peer)) return {};
        for (const other of room.peers) {
          if (other !== peer) other.notify('view:pointed', { peerId: peer.id, attachmentId, page, mark });
        }
        return {};
      },
    },
  };
}
