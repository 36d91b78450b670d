import type { Answer } from '@jaqyn/shared/consultations/care-plan';
import type { CareTask, CareTaskPlace, listCareTasks } from '@jaqyn/shared/consultations/care-plan.contract';
import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { CareTaskId, CompositionId, RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { and, asc, count, desc, eq, inArray, lt, ne, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { patientTable } from '../patients/patient.table.ts';
import { coordinatorRegionTable, organizationRegionTable } from '../scheduling/place.table.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { stationTable } from '../stations/station.table.ts';
import { careTaskTable, teachBackTable } from './care-plan.table.ts';
import { serviceRequestTable } from './consultation.table.ts';

export type CareTaskRow = typeof careTaskTable.$inferSelect;

interface StoredTeachBack {
  readonly version: number;
  readonly answers: readonly Answer[];
  readonly savedAt: Instant;
  readonly savedByName: string;
  readonly completedAt: Instant | null;
}

export type CareTaskPage = EndpointResponse<typeof listCareTasks>;

interface TaskFilter {
  readonly status: 'open' | 'done';
  readonly stationId?: string | undefined;
  readonly region?: string | undefined;
}

const doneBy = alias(userTable, 'done_by_user');

export const carePlanRepository = {
  async findTeachBack(tx: Tx, compositionId: CompositionId): Promise<StoredTeachBack | undefined> {
    const [row] = await tx
      .select({ row: teachBackTable, savedByName: userTable.displayName })
      .from(teachBackTable)
      .innerJoin(userTable, eq(userTable.id, teachBackTable.savedBy))
      .where(eq(teachBackTable.compositionId, compositionId));
    if (row === undefined) return undefined;
    const { version, answers, savedAt, completedAt } = row.row;
    return {
      version,
      answers: JSON.parse(answers) as Answer[],
      savedAt: savedAt as Instant,
      savedByName: row.savedByName,
      completedAt: completedAt as Instant | null,
    };
  },

  async saveTeachBack(
    tx: Tx,
    row: {
      compositionId: CompositionId;
      requestId: RequestId;
      version: number;
      answers: readonly Answer[];
      savedAt: Instant;
      savedBy: UserId;
      completedAt: Instant | null;
    },
  ): Promise<void> {
    const values = { ...row, answers: JSON.stringify(row.answers) };
    const { compositionId: _id, requestId: _request, ...change } = values;
    await tx
      .insert(teachBackTable)
      .values(values)
      .onConflictDoUpdate({ target: teachBackTable.compositionId, set: change });
  },

  async insertTask(tx: Tx, row: CareTaskRow): Promise<void> {
    await tx.insert(careTaskTable).values(row);
  },

  async findTask(tx: Tx, id: CareTaskId): Promise<CareTaskRow | undefined> {
    const [row] = await tx.select().from(careTaskTable).where(eq(careTaskTable.id, id));
    return row;
  },

  /** False when it is another version meanwhile. */
  async updateTask(tx: Tx, id: string, version: number, change: Partial<CareTaskRow>): Promise<boolean> {
    const rows = await tx
      .update(careTaskTable)
      .set({ ...change, version: version + 1 })
      .where(and(eq(careTaskTable.id, id), eq(careTaskTable.version, version)))
      .returning({ id: careTaskTable.id });
    return rows.length > 0;
  },

  /** What an earlier edition asked for by itself and nobody has done; people's own tasks stay. */
  async listReplaced(tx: Tx, requestId: RequestId, compositionId: CompositionId): Promise<CareTaskRow[]> {
    return tx
      .select()
      .from(careTaskTable)
      .where(
        and(
          eq(careTaskTable.requestId, requestId),
          ne(careTaskTable.compositionId, compositionId),
          ne(careTaskTable.kind, 'other'),
          eq(careTaskTable.status, 'open'),
        ),
      );
  },

  async countOpen(tx: Tx, requestId: RequestId): Promise<number> {
    const [row] = await tx
      .select({ open: count() })
      .from(careTaskTable)
      .where(and(eq(careTaskTable.requestId, requestId), eq(careTaskTable.status, 'open')));
    return row?.open ?? 0;
  },

  /** Everything of one request, the earliest day first. */
  listOfRequest(tx: Tx, requestId: RequestId): Promise<CareTask[]> {
    return readTasks(
      tx,
      eq(careTaskTable.requestId, requestId),
      [asc(careTaskTable.dueOn), asc(careTaskTable.id)],
      200,
    );
  },

  async getTask(tx: Tx, id: string): Promise<CareTask> {
    const [task] = await readTasks(tx, eq(careTaskTable.id, id), [asc(careTaskTable.id)], 1);
    if (task === undefined) throw new Error('a task without its request');
    return task;
  },

  /** Open: the longest overdue first. Done: the latest first. */
  async list(
    tx: Tx,
    filter: TaskFilter,
    page: { readonly limit: number; readonly after?: CareTaskPlace | undefined; readonly today: CalendarDate },
  ): Promise<CareTaskPage> {
    const condition = and(
      eq(careTaskTable.status, filter.status),
      filter.stationId === undefined ? undefined : eq(serviceRequestTable.stationId, filter.stationId),
      filter.region === undefined ? undefined : inArray(serviceRequestTable.stationId, stationsOf(tx, filter.region)),
    );
    const order =
      filter.status === 'open'
        ? [asc(careTaskTable.dueOn), asc(careTaskTable.createdAt), asc(careTaskTable.id)]
        : [desc(careTaskTable.doneAt), asc(careTaskTable.id)];
    const isOpen = filter.status === 'open';
    const [all] = await tx
      .select({
        total: count(),
        overdue: isOpen ? sumWhere(lt(careTaskTable.dueOn, page.today)) : sql<number>`0`,
        dueToday: isOpen ? sumWhere(eq(careTaskTable.dueOn, page.today)) : sql<number>`0`,
      })
      .from(careTaskTable)
      .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, careTaskTable.requestId))
      .where(condition);
    // One more than asked for tells whether there are more.
    const found = await readTasks(tx, and(condition, afterPlace(filter, page.after)), order, page.limit + 1);
    const tasks = found.slice(0, page.limit);
    const last = tasks.at(-1);
    return {
      tasks,
      next: found.length > tasks.length && last !== undefined ? placeOf(last) : null,
      total: all?.total ?? 0,
      overdue: all?.overdue ?? 0,
      dueToday: all?.dueToday ?? 0,
    };
  },

  /** The oblast a coordinator acts for; undefined: everywhere. */
  async findRegion(tx: Tx, userId: UserId): Promise<string | undefined> {
    const [row] = await tx
      .select({ region: coordinatorRegionTable.region })
      .from(coordinatorRegionTable)
      .where(eq(coordinatorRegionTable.userId, userId));
    return row?.region;
  },

  async findStationRegion(tx: Tx, stationId: string): Promise<string | undefined> {
    const [row] = await tx
      .select({ region: organizationRegionTable.region })
      .from(stationTable)
      .innerJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
      .where(eq(stationTable.id, stationId));
    return row?.region;
  },
};

function sumWhere(condition: SQL): SQL<number> {
  return sql<number>`coalesce(sum(${condition}), 0)`;
}

/** Where a page ends, in the order of its list. */
function placeOf({ status, dueOn, createdAt, doneAt, id }: CareTask): CareTaskPlace {
  return status === 'open' ? `${dueOn} ${createdAt} ${id}` : `${doneAt} ${createdAt} ${id}`;
}

function afterPlace({ status }: TaskFilter, after: CareTaskPlace | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  const [at = '', createdAt = '', id = ''] = after.split(' ');
  const { dueOn, doneAt, createdAt: made, id: own } = careTaskTable;
  if (status === 'open') return sql`(${dueOn}, ${made}, ${own}) > (${at}, ${createdAt}, ${id})`;
  return sql`(${doneAt} < ${at} or (${doneAt} = ${at} and ${own} > ${id}))`;
}

function stationsOf(tx: Tx, region: string) {
  return tx
    .select({ id: stationTable.id })
    .from(stationTable)
    .innerJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
    .where(eq(organizationRegionTable.region, region));
}

async function readTasks(tx: Tx, condition: SQL | undefined, order: SQL[], limit: number): Promise<CareTask[]> {
  const rows = await tx
    .select({
      task: careTaskTable,
      number: serviceRequestTable.number,
      specialty: serviceRequestTable.specialty,
      specialistName: practitionerTable.displayName,
      patient: patientTable,
      station: stationTable,
      doneByName: doneBy.displayName,
    })
    .from(careTaskTable)
    .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, careTaskTable.requestId))
    .innerJoin(stationTable, eq(stationTable.id, serviceRequestTable.stationId))
    .innerJoin(patientTable, eq(patientTable.id, serviceRequestTable.patientId))
    .leftJoin(practitionerTable, eq(practitionerTable.id, serviceRequestTable.practitionerId))
    .leftJoin(doneBy, eq(doneBy.id, careTaskTable.doneBy))
    .where(condition)
    .orderBy(...order)
    .limit(limit);
  return rows.map(({ task, number, specialty, specialistName, patient, station, doneByName }) => ({
    ...(task as unknown as Omit<
      CareTask,
      'requestNumber' | 'specialty' | 'specialistName' | 'patient' | 'station' | 'doneByName'
    >),
    requestNumber: number,
    specialty: specialty as CareTask['specialty'],
    specialistName,
    patient: {
      id: patient.id as CareTask['patient']['id'],
      familyName: patient.familyName,
      givenName: patient.givenName,
      middleName: patient.middleName,
      birthDate: patient.birthDate as CalendarDate,
      phone: patient.phone,
    },
    station: {
      id: station.id as CareTask['station']['id'],
      name: { kk: station.nameKk, ru: station.nameRu, en: station.nameEn },
      phone: station.phone,
    },
    doneByName,
  }));
}
