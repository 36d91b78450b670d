import type { LadderId, OrganizationId, PractitionerId, SpecialtyCode, UserId } from '@jaqyn/shared/kernel/ids';
import { type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { type LadderStep, LadderSteps } from '@jaqyn/shared/ladders/ladder.contract';
import { and, asc, desc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { coordinatorRegionTable, organizationRegionTable, regionTable } from '../scheduling/place.table.ts';
import { isLicensedOn } from '../staff/licence.table.ts';
import { onCallShiftTable, practitionerTable } from '../staff/staff.table.ts';
import { organizationTable, stationTable } from '../stations/station.table.ts';
import type { LadderPerson } from './expand-ladder.ts';
import { escalationLadderTable } from './ladder.table.ts';

export interface StoredLadder {
  readonly id: LadderId;
  readonly specialty: SpecialtyCode | null;
  readonly region: string | null;
  readonly effectiveFrom: Instant;
  readonly steps: readonly LadderStep[];
  readonly createdBy: UserId;
  readonly createdByName: string;
  readonly createdAt: Instant;
}

const person = {
  practitionerId: practitionerTable.id,
  userId: userTable.id,
  displayName: practitionerTable.displayName,
  organizationId: practitionerTable.organizationId,
  nameKk: organizationTable.nameKk,
  nameRu: organizationTable.nameRu,
  nameEn: organizationTable.nameEn,
  region: organizationRegionTable.region,
};

export const ladderRepository = {
  async find(tx: Tx, id: LadderId): Promise<StoredLadder | undefined> {
    const [row] = await ladders(tx).where(eq(escalationLadderTable.id, id));
    return row && toLadder(row);
  },

  /** Newest first: those that begin later, and of the same moment those made later. */
  async list(tx: Tx): Promise<StoredLadder[]> {
    const rows = await ladders(tx).orderBy(
      desc(escalationLadderTable.effectiveFrom),
      desc(escalationLadderTable.createdAt),
      desc(escalationLadderTable.id),
    );
    return rows.map(toLadder);
  },

  /** Those that have begun and speak of this specialty and region, or of all; newest first. */
  async listInForce(tx: Tx, at: Instant, specialty: SpecialtyCode, region: string | null): Promise<StoredLadder[]> {
    const rows = await ladders(tx)
      .where(
        and(
          lte(escalationLadderTable.effectiveFrom, at),
          or(isNull(escalationLadderTable.specialty), eq(escalationLadderTable.specialty, specialty)),
          region === null
            ? isNull(escalationLadderTable.region)
            : or(isNull(escalationLadderTable.region), eq(escalationLadderTable.region, region)),
        ),
      )
      .orderBy(
        desc(escalationLadderTable.effectiveFrom),
        desc(escalationLadderTable.createdAt),
        desc(escalationLadderTable.id),
      );
    return rows.map(toLadder);
  },

  async insert(tx: Tx, ladder: Omit<StoredLadder, 'createdByName'>): Promise<void> {
    await tx.insert(escalationLadderTable).values({ ...ladder, steps: JSON.stringify(ladder.steps) });
  },

  /** Who can be rung for a specialty now, on call or named, with a licence of today, lowest rank first. */
  async listPeople(
    tx: Tx,
    at: Instant,
    specialty: SpecialtyCode,
    named: readonly PractitionerId[],
  ): Promise<LadderPerson[]> {
    const inCall = new Set(
      (
        await tx
          .select({ id: serviceRequestTable.practitionerId })
          .from(serviceRequestTable)
          .where(eq(serviceRequestTable.status, 'in_call'))
      ).map(({ id }) => id),
    );
    const shifts = await tx
      .select({ id: onCallShiftTable.practitionerId, rank: onCallShiftTable.rank })
      .from(onCallShiftTable)
      .where(
        and(
          eq(onCallShiftTable.specialty, specialty),
          lte(onCallShiftTable.startsAt, at),
          gt(onCallShiftTable.endsAt, at),
        ),
      )
      .orderBy(desc(onCallShiftTable.rank));
    // The lowest of several overlapping shifts is set last.
    const ranks = new Map<string, number>(shifts.map(({ id, rank }) => [id, rank]));
    const ids = [...new Set([...ranks.keys(), ...named])];
    if (ids.length === 0) return [];
    const rows = await tx
      .select(person)
      .from(practitionerTable)
      .innerJoin(userTable, eq(userTable.practitionerId, practitionerTable.id))
      .innerJoin(organizationTable, eq(organizationTable.id, practitionerTable.organizationId))
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, practitionerTable.organizationId))
      .where(
        and(
          inArray(practitionerTable.id, ids),
          eq(practitionerTable.isAvailable, true),
          eq(userTable.isDisabled, false),
          isLicensedOn(localDate(at)),
        ),
      )
      .orderBy(asc(practitionerTable.displayName));
    return rows.map(({ nameKk, nameRu, nameEn, ...row }) => ({
      ...(row as Omit<LadderPerson, 'organizationName' | 'rank' | 'isInCall'>),
      organizationName: { kk: nameKk, ru: nameRu, en: nameEn },
      rank: ranks.get(row.practitionerId) ?? null,
      isInCall: inCall.has(row.practitionerId),
    }));
  },

  async findStationRegion(tx: Tx, stationId: string): Promise<string | null> {
    const [row] = await tx
      .select({ region: organizationRegionTable.region })
      .from(stationTable)
      .innerJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
      .where(eq(stationTable.id, stationId));
    return row?.region ?? null;
  },

  /** Null: the coordinator acts everywhere. */
  async findCoordinatorRegion(tx: Tx, userId: UserId): Promise<string | null> {
    const [row] = await tx.select().from(coordinatorRegionTable).where(eq(coordinatorRegionTable.userId, userId));
    return row?.region ?? null;
  },

  async hasRegion(tx: Tx, code: string): Promise<boolean> {
    return (await tx.select().from(regionTable).where(eq(regionTable.code, code))).length > 0;
  },

  async listSpecialists(tx: Tx) {
    const rows = await tx
      .select({
        id: practitionerTable.id,
        displayName: practitionerTable.displayName,
        specialty: practitionerTable.specialty,
        organizationId: practitionerTable.organizationId,
      })
      .from(practitionerTable)
      .orderBy(asc(practitionerTable.displayName));
    return rows as {
      id: PractitionerId;
      displayName: string;
      specialty: SpecialtyCode;
      organizationId: OrganizationId;
    }[];
  },

  /** Those where a specialist works. */
  async listHospitals(tx: Tx) {
    const rows = await tx
      .selectDistinct({
        id: organizationTable.id,
        nameKk: organizationTable.nameKk,
        nameRu: organizationTable.nameRu,
        nameEn: organizationTable.nameEn,
        region: organizationRegionTable.region,
      })
      .from(organizationTable)
      .innerJoin(practitionerTable, eq(practitionerTable.organizationId, organizationTable.id))
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, organizationTable.id))
      .orderBy(asc(organizationTable.nameKk));
    return rows.map(({ id, nameKk, nameRu, nameEn, region }) => ({
      id: id as OrganizationId,
      name: { kk: nameKk, ru: nameRu, en: nameEn },
      region,
    }));
  },
};

function ladders(tx: Tx) {
  return tx
    .select({ ladder: escalationLadderTable, createdByName: userTable.displayName })
    .from(escalationLadderTable)
    .innerJoin(userTable, eq(userTable.id, escalationLadderTable.createdBy))
    .$dynamic();
}

function toLadder(row: { ladder: typeof escalationLadderTable.$inferSelect; createdByName: string }): StoredLadder {
  const { id, specialty, region, effectiveFrom, steps, createdBy, createdAt } = row.ladder;
  return {
    id: id as LadderId,
    specialty: specialty as SpecialtyCode | null,
    region,
    effectiveFrom: effectiveFrom as Instant,
    steps: z.parse(LadderSteps, JSON.parse(steps)),
    createdBy: createdBy as UserId,
    createdByName: row.createdByName,
    createdAt: createdAt as Instant,
  };
}
