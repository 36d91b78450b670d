import type { Evidence } from '@jaqyn/shared/evidence/evidence.contract';
import { isMainSide, ROOM_SIDES, type RoomSide } from '@jaqyn/shared/signalling/room';

export interface PlotRow {
  readonly side: RoomSide;
  readonly what: 'room' | 'audio' | 'video';
  /** From 0 to 1 of the whole consult. */
  readonly bars: readonly { readonly from: number; readonly width: number }[];
}

export interface Plot {
  /** UTC instants. */
  readonly from: string;
  readonly to: string;
  readonly rows: readonly PlotRow[];
}

/** Presence, voice and picture of each side over the length of the consult; undefined when nobody was there. */
export function plotOf({ participants }: Evidence): Plot | undefined {
  const stays = participants.flatMap((participant) => participant.stays);
  const from = stays.map(([start]) => start).sort()[0];
  const to = stays
    .map(([, end]) => end)
    .sort()
    .at(-1);
  if (from === undefined || to === undefined) return undefined;
  const start = Date.parse(from);
  const length = Math.max(1, Date.parse(to) - start);
  const toBar = ([begin, end]: readonly [string, string]) => ({
    from: (Date.parse(begin) - start) / length,
    width: (Date.parse(end) - Date.parse(begin)) / length,
  });
  const rows = ROOM_SIDES.flatMap((side): PlotRow[] => {
    const own = participants.filter((participant) => participant.side === side);
    // The two sides are always there to be compared; others when there was one.
    if (own.length === 0 && !isMainSide(side)) return [];
    const sent = own.flatMap(({ tracks }) => tracks).filter(({ direction }) => direction === 'from');
    const flowing = (wanted: 'audio' | 'video') =>
      sent.filter(({ kind }) => kind === wanted).flatMap(({ stretches }) => stretches.map(toBar));
    return [
      { side, what: 'room', bars: own.flatMap((one) => one.stays.map(toBar)) },
      { side, what: 'audio', bars: flowing('audio') },
      { side, what: 'video', bars: flowing('video') },
    ];
  });
  return { from, to, rows };
}
