import { MARKS_PER_SECOND } from '@jaqyn/shared/attachments/shared-view';
import { DomainError } from '../../kernel/domain-error.ts';
import type { LiveHandlers } from '../../realtime/handle.ts';
import { createMarkLimit } from './mark-limit.ts';
import type { RoomRegistry } from './room-registry.ts';

/** Twice what a screen sends. */
const MARKS = MARKS_PER_SECOND * 2;
/** A person presses no faster. */
const ASKS = 3;
const TELLS = 6;

type ExaminationEvent = Extract<keyof LiveHandlers, `examination:${string}`>;

/** What an examination is asked for, how it goes, and where somebody points on its picture. Told to the same room, and kept nowhere. */
export function examinationHandlers({
  rooms,
}: {
  rooms: Pick<RoomRegistry, 'getClinicalSeat'>;
}): Pick<LiveHandlers, ExaminationEvent> {
  const access = ['feldsher', 'specialist'] as const;
  const mayMark = createMarkLimit(MARKS);
  const mayAsk = createMarkLimit(ASKS);
  const mayTell = createMarkLimit(TELLS);

  return {
    'examination:ask': {
      access,
      run: async ({ connection }, { what }) => {
        const { room, peer } = rooms.getClinicalSeat(connection);
        if (!mayAsk(peer)) return {};
        for (const other of room.peers)
          if (other !== peer) other.notify('examination:asked', { peerId: peer.id, what });
        return {};
      },
    },
    'examination:tell': {
      access,
      run: async ({ connection }, state) => {
        const { room, peer } = rooms.getClinicalSeat(connection);
        // Only who has the patient examines.
        if (peer.side !== 'station') throw new DomainError('auth.forbidden');
        if (!mayTell(peer)) return {};
        for (const other of room.peers)
          if (other !== peer) other.notify('examination:told', { peerId: peer.id, state });
        return {};
      },
    },
    'examination:mark': {
      access,
      run: async ({ connection }, { peerId, source, mark }) => {
        const { room, peer } = rooms.getClinicalSeat(connection);
        const shown = room.findPeer(peerId);
        const isShown = [...(shown?.producers.values() ?? [])].some((entry) => entry.source === source);
        if (!isShown) throw new DomainError('producer.not_found');
        if (!mayMark(peer)) return {};
        for (const other of room.peers) {
          if (other !== peer) other.notify('examination:marked', { peerId, source, mark, by: peer.id });
        }
        return {};
      },
    },
  };
}
