import type { AppointmentId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import { fromMinute, type Span } from '@jaqyn/shared/scheduling/local-day';
import { type ClaimKind, type ClaimRow, claimRepository } from './claim.repository.ts';
import type { Unit } from './schedule-runner.ts';

/** Somebody or something whose time is wanted; `lanes` is how many at once the rules allow. */
export interface Resource {
  readonly kind: ClaimKind;
  readonly id: string;
  readonly lanes: number;
}

export interface Holder {
  readonly kind: 'appointment' | 'hold';
  readonly id: string;
  /** When the claim stops counting by itself; null: it does not. */
  readonly expiresAt: string | null;
  /** It had this place before: nobody who came after it takes it away. */
  readonly isBack?: boolean;
}

/** What stood in the way. */
export interface Refusal {
  readonly resource: Resource;
  readonly claims: readonly ClaimRow[];
}

/** Puts an appointment back whose offer ran out; whoever wants its time may do so. */
export type Expire = (unit: Unit, id: AppointmentId) => Promise<void>;

/**
 * The only place that takes time. It does not look before it leaps: the database is asked by trying, and the answer explained
 * afterwards from what stands there.
 */
export const claimBook = {
  /** Takes all of it, in this order, or answers what refused first; then the caller ends its unit of work, which keeps nothing. */
  async take(
    unit: Unit,
    holder: Holder,
    resources: readonly Resource[],
    span: Span,
    expire: Expire,
  ): Promise<{ readonly refusal?: Refusal; readonly lanes: ReadonlyMap<string, number> }> {
    const lanes = new Map<string, number>();
    for (const resource of resources) {
      const lane = await takeOne(unit, holder, resource, span, expire);
      const claims =
        lane === undefined || holder.isBack !== true
          ? await claimRepository.listTaken(unit.tx, resource.kind, [resource.id], span, { exceptHolder: holder.id })
          : [];
      // Who was put beside another one has the time for themselves since the other one left: a free lane is no free slot.
      const others = new Set(claims.filter((claim) => isCounting(claim, unit)).map((claim) => claim.lane));
      if (lane === undefined || others.size >= resource.lanes) return { refusal: { resource, claims }, lanes };
      lanes.set(resource.id, lane);
      if (resource.kind === 'practitioner') unit.touch(resource.id as PractitionerId, span);
    }
    return { lanes };
  },

  /** Gives back whatever the holder has. */
  async release(unit: Unit, holderId: string): Promise<void> {
    for (const claim of await claimRepository.listOf(unit.tx, holderId)) {
      if (claim.kind === 'practitioner') unit.touch(claim.resourceId as PractitionerId, spanOf(claim));
    }
    await claimRepository.removeOf(unit.tx, holderId);
  },

  /** Ends a hold and what it kept. */
  async dropHold(unit: Unit, id: string): Promise<void> {
    await claimBook.release(unit, id);
    await claimRepository.removeHold(unit.tx, id);
  },
};

async function takeOne(
  unit: Unit,
  holder: Holder,
  resource: Resource,
  span: Span,
  expire: Expire,
): Promise<number | undefined> {
  const insert = async (): Promise<number | undefined> => {
    for (let lane = 0; lane < resource.lanes; lane += 1) {
      const isTaken = await claimRepository.insert(unit.tx, {
        kind: resource.kind,
        resourceId: resource.id,
        lane,
        startsAt: fromMinute(span.from),
        endsAt: fromMinute(span.to),
        holderKind: holder.kind,
        holderId: holder.id,
        expiresAt: holder.expiresAt,
      });
      if (isTaken) return lane;
    }
    return undefined;
  };
  const lane = await insert();
  if (lane !== undefined) return lane;
  // Holds and offers that ran out still stand there until somebody wants their time.
  const claims = await claimRepository.listTaken(unit.tx, resource.kind, [resource.id], span);
  const over = claims.filter((claim) => !isCounting(claim, unit));
  if (over.length === 0) return undefined;
  for (const { holderKind, holderId } of over) {
    if (holderKind === 'hold') await claimBook.dropHold(unit, holderId);
    else await expire(unit, holderId as AppointmentId);
  }
  return insert();
}

function isCounting({ expiresAt }: ClaimRow, unit: Unit): boolean {
  return expiresAt === null || expiresAt > unit.at;
}

function spanOf(claim: ClaimRow): Span {
  return { from: Date.parse(claim.startsAt) / 60_000, to: Date.parse(claim.endsAt) / 60_000 };
}
