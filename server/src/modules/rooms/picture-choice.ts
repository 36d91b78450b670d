import type { RoomSide } from '@jaqyn/shared/signalling/room';

/**
 * How many faces somebody gets. `front`: one, whoever is in the room, so that a third person costs a thin link no second picture. `all`:
 * the link has shown that it carries more. `none`: it does not carry one beside the voices.
 */
export type PictureWidth = 'none' | 'front' | 'all';

export interface Seen {
  readonly id: string;
  readonly side: RoomSide;
  /** A face is sent, and not switched off by whoever sends it. */
  readonly hasFace: boolean;
}

/** Faces at once on a link that carries them: old computers decode no more. */
export const MOST_FACES = 4;

/**
 * Whose faces somebody gets, of the others in the room. The patient is looked at: everybody but the station itself has the station's
 * picture in front. The station sees who of the others spoke last, and the specialist while nobody has.
 *
 * `spoken`: the last one first.
 */
export function chooseFaces(
  receiver: { readonly side: RoomSide; readonly width: PictureWidth },
  others: readonly Seen[],
  spoken: readonly string[],
): ReadonlySet<string> {
  if (receiver.width === 'none') return new Set();
  const faces = others.filter(({ hasFace }) => hasFace);
  const ranked = [...faces].sort((a, b) => rank(receiver.side, a, spoken) - rank(receiver.side, b, spoken));
  return new Set(ranked.slice(0, receiver.width === 'all' ? MOST_FACES : 1).map(({ id }) => id));
}

/** Behind everybody who has spoken. */
const ORDER: Readonly<Record<RoomSide, number>> = {
  station: 101,
  specialist: 102,
  consultant: 103,
  interpreter: 104,
  observer: 105,
};

function rank(receiver: RoomSide, { id, side }: Seen, spoken: readonly string[]): number {
  if (side === 'station' && receiver !== 'station') return -1;
  const index = spoken.indexOf(id);
  return index === -1 ? ORDER[side] : index;
}
