import type { Database } from 'better-sqlite3';
import type { ResourceKind } from './history.ts';

export interface Claim {
  readonly kind: ResourceKind;
  readonly resourceId: string;
  /** Minutes since 1970. */
  readonly from: number;
  readonly to: number;
  readonly holderId: string;
}

export type Overlaps = Readonly<Record<'slot' | ResourceKind, number>>;

/**
 * How often somebody is in more places than there are, counted by going through the time once for each resource: no trigger, no index
 * and no lane is asked. Two on one start of one specialist are told as the slot's.
 */
export function countOverlaps(
  claims: readonly Claim[],
  capacityOf: (kind: ResourceKind, id: string) => number,
): Overlaps {
  const overlaps = { slot: 0, practitioner: 0, patient: 0, station: 0 };
  for (const ofOne of Map.groupBy(claims, ({ kind, resourceId }) => `${kind} ${resourceId}`).values()) {
    const sorted = [...ofOne].sort((a, b) => a.from - b.from || a.to - b.to);
    let open: Claim[] = [];
    for (const claim of sorted) {
      open = open.filter(({ to }) => to > claim.from);
      if (open.length >= capacityOf(claim.kind, claim.resourceId)) {
        const isSameSlot = claim.kind === 'practitioner' && open.some(({ from }) => from === claim.from);
        overlaps[isSameSlot ? 'slot' : claim.kind] += 1;
      }
      open.push(claim);
    }
  }
  return overlaps;
}

/** What the appointments say they take; the table of claims is not looked at. */
export function readTakenByAppointments(database: Database): Claim[] {
  const rows = database
    .prepare<[], { id: string; practitioner: string; patient: string; station: string; starts: string; ends: string }>(
      `SELECT id, practitioner_id practitioner, patient_id patient, station_id station, starts_at starts, ends_at ends
       FROM appointment WHERE status IN ('proposed', 'pending', 'booked', 'arrived', 'checked-in')`,
    )
    .all();
  return rows.flatMap(({ id, practitioner, patient, station, starts, ends }) =>
    Object.entries({ practitioner, patient, station }).map(([kind, resourceId]) => ({
      kind: kind as ResourceKind,
      resourceId,
      from: Date.parse(starts) / 60_000,
      to: Date.parse(ends) / 60_000,
      holderId: id,
    })),
  );
}

/** What is claimed, as `kind resource lane from to holder`, sorted. */
export function readClaims(database: Database): string[] {
  const rows = database
    .prepare<[], { kind: string; resource: string; lane: number; starts: string; ends: string; holder: string }>(
      'SELECT kind, resource_id resource, lane, starts_at starts, ends_at ends, holder_id holder FROM slot_claim',
    )
    .all();
  return rows
    .map(({ kind, resource, lane, starts, ends, holder }) =>
      [kind, resource, lane, Date.parse(starts) / 60_000, Date.parse(ends) / 60_000, holder].join(' '),
    )
    .sort();
}
