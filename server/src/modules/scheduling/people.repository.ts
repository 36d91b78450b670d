import type { Language, LocalText } from '@jaqyn/shared/auth/auth.contract';
import type { Urgency } from '@jaqyn/shared/consultations/consultation.contract';
import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type {
  OrganizationId,
  PatientId,
  PractitionerId,
  RequestId,
  SpecialtyCode,
  StationId,
  UserId,
} from '@jaqyn/shared/kernel/ids';
import { searchKey } from '@jaqyn/shared/kernel/search-key';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { StationKit } from '@jaqyn/shared/scheduling/service.contract';
import { and, asc, count, eq, inArray, max, ne, type SQL, sql } from 'drizzle-orm';
import { inList } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { userTable } from '../auth/user.table.ts';
import { consentTable } from '../consents/consent.table.ts';
import { observationSetTable, serviceRequestTable } from '../consultations/consultation.table.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { organizationTable, stationTable } from '../stations/station.table.ts';
import {
  coordinatorRegionTable,
  organizationRegionTable,
  practitionerLanguageTable,
  regionTable,
  stationKitTable,
} from './place.table.ts';

/** A specialist as scheduling knows them. */
export interface Scheduled {
  readonly id: PractitionerId;
  readonly displayName: string;
  readonly specialty: SpecialtyCode;
  readonly organizationId: OrganizationId;
  readonly organizationName: LocalText;
  /** Null: of the whole country. */
  readonly region: string | null;
}

/** What scheduling needs to know of a request. */
export interface RequestFacts {
  readonly id: RequestId;
  readonly status: ConsultationState;
  readonly urgency: Urgency;
  readonly specialty: SpecialtyCode;
  readonly patientId: PatientId | null;
  readonly stationId: StationId;
  /** Oblast of the station. */
  readonly region: string | null;
  readonly practitionerId: PractitionerId | null;
  readonly createdAt: Instant;
}

export interface PractitionerFilter {
  readonly specialty?: SpecialtyCode | undefined;
  readonly region?: string | undefined;
  readonly organizationId?: OrganizationId | undefined;
  readonly ids?: readonly PractitionerId[] | undefined;
  readonly language?: Language | undefined;
}

const NO_KIT: StationKit = { cameras: 1, equipment: [] };

const scheduled = {
  id: practitionerTable.id,
  displayName: practitionerTable.displayName,
  specialty: practitionerTable.specialty,
  organizationId: practitionerTable.organizationId,
  nameKk: organizationTable.nameKk,
  nameRu: organizationTable.nameRu,
  nameEn: organizationTable.nameEn,
  region: organizationRegionTable.region,
};

const requestById = prepared((tx) =>
  tx
    .select({
      id: serviceRequestTable.id,
      status: serviceRequestTable.status,
      urgency: serviceRequestTable.urgency,
      specialty: serviceRequestTable.specialty,
      patientId: serviceRequestTable.patientId,
      stationId: serviceRequestTable.stationId,
      region: organizationRegionTable.region,
      practitionerId: serviceRequestTable.practitionerId,
      createdAt: serviceRequestTable.createdAt,
    })
    .from(serviceRequestTable)
    .innerJoin(stationTable, eq(stationTable.id, serviceRequestTable.stationId))
    .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
    .where(eq(serviceRequestTable.id, sql.placeholder('id')))
    .prepare(),
);

const regionOfCoordinator = prepared((tx) =>
  tx
    .select()
    .from(coordinatorRegionTable)
    .where(eq(coordinatorRegionTable.userId, sql.placeholder('userId')))
    .prepare(),
);

const regionOfStation = prepared((tx) =>
  tx
    .select({ region: organizationRegionTable.region })
    .from(stationTable)
    .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
    .where(eq(stationTable.id, sql.placeholder('stationId')))
    .prepare(),
);

const kitOfStation = prepared((tx) =>
  tx
    .select()
    .from(stationKitTable)
    .where(eq(stationKitTable.stationId, sql.placeholder('stationId')))
    .prepare(),
);

const practitionerById = prepared((tx) =>
  tx
    .select(scheduled)
    .from(practitionerTable)
    .innerJoin(organizationTable, eq(organizationTable.id, practitionerTable.organizationId))
    .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, practitionerTable.organizationId))
    .where(eq(practitionerTable.id, sql.placeholder('id')))
    .prepare(),
);

const idsOf = prepared((tx) => {
  const specialty = sql`${sql.placeholder('specialty')}`;
  const region = sql`${sql.placeholder('region')}`;
  return tx
    .select({ id: practitionerTable.id })
    .from(practitionerTable)
    .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, practitionerTable.organizationId))
    .where(
      and(
        eq(practitionerTable.specialty, specialty),
        sql`(${region} is null or ${organizationRegionTable.region} = ${region})`,
      ),
    )
    .prepare();
});

/** Reads who and where people are; all of it belongs to other modules but the regions, languages and kits. */
export const peopleRepository = {
  async findRequest(tx: Tx, id: RequestId): Promise<RequestFacts | undefined> {
    const [row] = await requestById(tx).all({ id });
    return row as RequestFacts | undefined;
  },

  async findCoordinatorRegion(tx: Tx, userId: string): Promise<string | undefined> {
    const [row] = await regionOfCoordinator(tx).all({ userId });
    return row?.region;
  },

  /** Everybody who coordinates, with the oblast they act for; null: everywhere. */
  async listCoordinators(tx: Tx): Promise<{ userId: UserId; region: string | null }[]> {
    const rows = await tx
      .select({ userId: userTable.id, region: coordinatorRegionTable.region })
      .from(userTable)
      .leftJoin(coordinatorRegionTable, eq(coordinatorRegionTable.userId, userTable.id))
      .where(and(eq(userTable.role, 'coordinator'), eq(userTable.isDisabled, false)));
    return rows.map(({ userId, region }) => ({ userId: userId as UserId, region }));
  },

  async findStationRegion(tx: Tx, stationId: string): Promise<{ region: string | null } | undefined> {
    const [row] = await regionOfStation(tx).all({ stationId });
    return row;
  },

  async findPractitioner(tx: Tx, id: PractitionerId): Promise<Scheduled | undefined> {
    const [row] = await practitionerById(tx).all({ id });
    return row && toScheduled(row);
  },

  async listPractitioners(tx: Tx, filter: PractitionerFilter): Promise<Scheduled[]> {
    const rows = await tx
      .select(scheduled)
      .from(practitionerTable)
      .innerJoin(organizationTable, eq(organizationTable.id, practitionerTable.organizationId))
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, practitionerTable.organizationId))
      .where(toCondition(tx, filter))
      .orderBy(asc(practitionerTable.specialty), asc(practitionerTable.displayName), asc(practitionerTable.id));
    return rows.map(toScheduled);
  },

  /** Where most of a specialty's hundreds are only looked at and few of them told of. */
  async listPractitionerIds(
    tx: Tx,
    { specialty, region }: { readonly specialty: SpecialtyCode; readonly region: string | undefined },
  ): Promise<PractitionerId[]> {
    const rows = await idsOf(tx).values({ specialty, region: region ?? null });
    return rows.map(([id]) => id as PractitionerId);
  },

  /** Specialists by the login of their user. */
  async listByLogin(tx: Tx, logins: readonly string[]): Promise<Map<string, Scheduled>> {
    const byLogin = new Map<string, Scheduled>();
    for (let start = 0; start < logins.length; start += 500) {
      const rows = await tx
        .select({ login: userTable.login, ...scheduled })
        .from(userTable)
        .innerJoin(practitionerTable, eq(practitionerTable.id, userTable.practitionerId))
        .innerJoin(organizationTable, eq(organizationTable.id, practitionerTable.organizationId))
        .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, practitionerTable.organizationId))
        .where(inArray(userTable.login, [...logins.slice(start, start + 500)]));
      for (const { login, ...row } of rows) byLogin.set(login, toScheduled(row));
    }
    return byLogin;
  },

  /** One page of them with how many there are. A name is folded as in search, which SQLite cannot: then all are looked at. */
  async pagePractitioners(
    tx: Tx,
    filter: PractitionerFilter,
    page: { q: string; offset: number; limit: number },
  ): Promise<{ rows: Scheduled[]; total: number }> {
    const words = searchKey(page.q).split(' ').filter(Boolean);
    if (words.length > 0) {
      const found = (await peopleRepository.listPractitioners(tx, filter)).filter(({ displayName }) => {
        const name = ` ${searchKey(displayName)}`;
        return words.every((word) => name.includes(` ${word}`));
      });
      return { rows: found.slice(page.offset, page.offset + page.limit), total: found.length };
    }
    const rows = await tx
      .select(scheduled)
      .from(practitionerTable)
      .innerJoin(organizationTable, eq(organizationTable.id, practitionerTable.organizationId))
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, practitionerTable.organizationId))
      .where(toCondition(tx, filter))
      .orderBy(asc(practitionerTable.specialty), asc(practitionerTable.displayName), asc(practitionerTable.id))
      .limit(page.limit)
      .offset(page.offset);
    const [all] = await tx
      .select({ total: count() })
      .from(practitionerTable)
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, practitionerTable.organizationId))
      .where(toCondition(tx, filter));
    return { rows: rows.map(toScheduled), total: all?.total ?? 0 };
  },

  async listLanguages(tx: Tx, ids: readonly PractitionerId[]): Promise<Map<PractitionerId, Language[]>> {
    const byId = new Map(ids.map((id) => [id, [] as Language[]]));
    if (ids.length === 0) return byId;
    const rows = await tx
      .select()
      .from(practitionerLanguageTable)
      .where(inList(practitionerLanguageTable.practitionerId, ids))
      .orderBy(asc(practitionerLanguageTable.language));
    for (const row of rows) byId.get(row.practitionerId as PractitionerId)?.push(row.language);
    return byId;
  },

  async saveLanguages(tx: Tx, id: PractitionerId, languages: readonly Language[]): Promise<void> {
    await tx.delete(practitionerLanguageTable).where(eq(practitionerLanguageTable.practitionerId, id));
    await tx
      .insert(practitionerLanguageTable)
      .values([...new Set(languages)].map((language) => ({ practitionerId: id, language })));
  },

  async getKit(tx: Tx, stationId: string): Promise<StationKit> {
    const [row] = await kitOfStation(tx).all({ stationId });
    return row === undefined ? NO_KIT : { cameras: row.cameras, equipment: JSON.parse(row.equipment) };
  },

  async listKits(tx: Tx, stationIds: readonly string[]): Promise<Map<string, StationKit>> {
    const kits = new Map<string, StationKit>(stationIds.map((id) => [id, NO_KIT]));
    if (stationIds.length === 0) return kits;
    const rows = await tx.select().from(stationKitTable).where(inList(stationKitTable.stationId, stationIds));
    for (const row of rows) kits.set(row.stationId, { cameras: row.cameras, equipment: JSON.parse(row.equipment) });
    return kits;
  },

  async saveKit(tx: Tx, stationId: string, kit: StationKit): Promise<void> {
    const row = { cameras: kit.cameras, equipment: JSON.stringify(kit.equipment) };
    await tx
      .insert(stationKitTable)
      .values({ stationId, ...row })
      .onConflictDoUpdate({ target: stationKitTable.stationId, set: row });
  },

  /** Oblast of each station. */
  async listStationRegions(tx: Tx, ids: readonly string[]): Promise<Map<string, string | null>> {
    if (ids.length === 0) return new Map();
    const rows = await tx
      .select({ id: stationTable.id, region: organizationRegionTable.region })
      .from(stationTable)
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
      .where(inList(stationTable.id, ids));
    return new Map(rows.map(({ id, region }) => [id, region]));
  },

  /** Which of these requests have vital signs. */
  async listMeasured(tx: Tx, ids: readonly RequestId[]): Promise<Set<RequestId>> {
    if (ids.length === 0) return new Set();
    const rows = await tx
      .selectDistinct({ id: observationSetTable.requestId })
      .from(observationSetTable)
      .where(inList(observationSetTable.requestId, ids));
    return new Set(rows.map(({ id }) => id as RequestId));
  },

  /** Which of these requests the patient has agreed to and not taken it back, or is excepted from as an emergency. */
  async listConsented(tx: Tx, ids: readonly RequestId[]): Promise<Set<RequestId>> {
    if (ids.length === 0) return new Set();
    const latest = tx
      .select({ seq: max(consentTable.seq) })
      .from(consentTable)
      .where(inList(consentTable.requestId, ids))
      .groupBy(consentTable.requestId);
    const rows = await tx
      .select({ id: consentTable.requestId })
      .from(consentTable)
      .where(and(inArray(consentTable.seq, latest), ne(consentTable.kind, 'withdrawn')));
    return new Set(rows.map(({ id }) => id as RequestId));
  },

  async listRegions(tx: Tx): Promise<{ code: string; name: LocalText }[]> {
    const rows = await tx.select().from(regionTable).orderBy(asc(regionTable.position));
    return rows.map(({ code, nameKk, nameRu, nameEn }) => ({ code, name: { kk: nameKk, ru: nameRu, en: nameEn } }));
  },
};

interface ScheduledRow {
  readonly id: string;
  readonly displayName: string;
  readonly specialty: string;
  readonly organizationId: string;
  readonly nameKk: string;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly region: string | null;
}

function toScheduled({ nameKk, nameRu, nameEn, ...row }: ScheduledRow): Scheduled {
  return { ...(row as Omit<Scheduled, 'organizationName'>), organizationName: { kk: nameKk, ru: nameRu, en: nameEn } };
}

function toCondition(tx: Tx, filter: PractitionerFilter): SQL | undefined {
  return and(
    filter.specialty === undefined ? undefined : eq(practitionerTable.specialty, filter.specialty),
    filter.organizationId === undefined ? undefined : eq(practitionerTable.organizationId, filter.organizationId),
    filter.ids === undefined ? undefined : inList(practitionerTable.id, filter.ids),
    filter.region === undefined ? undefined : eq(organizationRegionTable.region, filter.region),
    filter.language === undefined
      ? undefined
      : inArray(
          practitionerTable.id,
          tx
            .select({ id: practitionerLanguageTable.practitionerId })
            .from(practitionerLanguageTable)
            .where(eq(practitionerLanguageTable.language, filter.language)),
        ),
  );
}
