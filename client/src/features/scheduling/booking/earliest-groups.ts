/** The answer to "how soon", in the order in which a station reads it. */
import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { FoundSlot, findEarliest } from '@jaqyn/shared/scheduling/board.contract';

export type Earliest = EndpointResponse<typeof findEarliest>;

export interface EarliestPlaces {
  /** Found in the station's own oblast. */
  readonly near: readonly FoundSlot[];
  /** From the whole country, only what is earlier than the first of the oblast: why else would one go further. */
  readonly far: readonly FoundSlot[];
}

/** `inRegion` is undefined while it is loading or where the station's oblast is not known. */
export function earliestPlaces(
  everywhere: readonly FoundSlot[],
  inRegion: readonly FoundSlot[] | undefined,
): EarliestPlaces {
  if (inRegion === undefined) return { near: [], far: everywhere };
  const [first] = inRegion;
  const near = new Set(inRegion.map(keyOf));
  return {
    near: inRegion,
    far: everywhere.filter((slot) => !near.has(keyOf(slot)) && (first === undefined || slot.startsAt < first.startsAt)),
  };
}

export function keyOf({ practitioner, startsAt }: Pick<FoundSlot, 'practitioner' | 'startsAt'>): string {
  return `${practitioner.id} ${startsAt}`;
}

/** Somebody who would answer if the station called at this moment. */
export function reachableNow({ now }: Earliest): Earliest['now'] {
  return now.filter(({ isReachable }) => isReachable);
}
