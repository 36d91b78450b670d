import { FINAL_STATES, RINGING_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import type { PatientId, PractitionerId, RequestId, SpecialtyCode, StationId } from '@jaqyn/shared/kernel/ids';
import { and, asc, count, desc, eq, inArray, lt, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { compositionTable } from './conclusion.table.ts';
import { IS_LIVE, ringTable, serviceRequestTable } from './consultation.table.ts';

/** Whose list it is. */
export type ListScope =
  | { readonly kind: 'station'; readonly stationId: StationId }
  | { readonly kind: 'specialist'; readonly practitionerId: PractitionerId; readonly specialty: SpecialtyCode }
  | { readonly kind: 'all' };

export type ListView = 'open' | 'to_sort' | 'recent' | 'unread' | 'unsigned';

/** The most urgent first, then who waits longest. */
const isWorked = (view: ListView) => view === 'open' || view === 'to_sort';

/** With a plus the index of states stays out of it: there is a shorter way to what is asked for. */
const STATUS = sql`+${serviceRequestTable.status}`;

interface ListOptions {
  readonly view: ListView;
  readonly limit: number;
  readonly patientId?: PatientId | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}

/** What a list is ordered by: where a page ends, the next begins, whatever has come and gone meanwhile. */
interface Place {
  readonly urgencyRank: number;
  readonly createdAt: string;
  readonly id: string;
}

/**
 * Which requests a list shows. Each way to ask goes by an index of its own: among millions of requests, what somebody works on are
 * some dozens.
 */
export const requestListRepository = {
  async listPage(
    tx: Tx,
    scope: ListScope,
    options: ListOptions,
  ): Promise<{ ids: RequestId[]; next: string | null; total: number | null }> {
    const { urgencyRank, createdAt, id } = serviceRequestTable;
    // One more than asked for tells whether there are more.
    const limit = options.limit + 1;
    const rows = await tx
      .select({ urgencyRank, createdAt, id })
      .from(serviceRequestTable)
      .where(and(whereOf(scope, { ...options, limit }), viewFilter(options.view), afterPlace(options)))
      .orderBy(...(isWorked(options.view) ? [desc(urgencyRank), asc(createdAt), asc(id)] : [desc(createdAt), desc(id)]))
      .limit(limit);
    const page = rows.slice(0, options.limit);
    const last = page.at(-1);
    const next = rows.length > page.length && last !== undefined ? toPlace(last) : null;
    const isAll = next === null && options.after === undefined;
    return {
      ids: page.map((row) => row.id as RequestId),
      next,
      total: isAll ? page.length : await countAll(tx, scope, options),
    };
  },
};

/** Nobody reads on so far; counting goes no further. */
const MOST_COUNTED = 10_000;

/** Null where the list is as long as the record, or longer than anybody counts. */
async function countAll(tx: Tx, scope: ListScope, options: ListOptions): Promise<number | null> {
  const { view, patientId } = options;
  if (patientId === undefined && (view === 'recent' || (scope.kind === 'all' && !isWorked(view)))) return null;
  const some = tx
    .select({ id: serviceRequestTable.id })
    .from(serviceRequestTable)
    .where(and(whereOf(scope, options), viewFilter(view)))
    // The order of an index that holds nothing else.
    .orderBy(desc(serviceRequestTable.urgencyRank), asc(serviceRequestTable.createdAt))
    .limit(MOST_COUNTED + 1)
    .as('some');
  const [row] = await tx.select({ rows: count() }).from(some);
  return row === undefined || row.rows > MOST_COUNTED ? null : row.rows;
}

function toPlace({ urgencyRank, createdAt, id }: Place): string {
  return `${urgencyRank} ${createdAt} ${id}`;
}

function afterPlace({ view, after }: ListOptions): SQL | undefined {
  if (after === undefined) return undefined;
  const [rank = '', createdAt = '', id = ''] = after.split(' ');
  const { urgencyRank } = serviceRequestTable;
  const moment = sql`(${serviceRequestTable.createdAt}, ${serviceRequestTable.id})`;
  if (!isWorked(view)) return sql`${moment} < (${createdAt}, ${id})`;
  return or(lt(urgencyRank, Number(rank)), and(eq(urgencyRank, Number(rank)), sql`${moment} > (${createdAt}, ${id})`));
}

function whereOf(scope: ListScope, { view, limit, patientId, after }: ListOptions): SQL | undefined {
  // One patient has few: whose they are is asked of each.
  if (patientId !== undefined) return and(eq(serviceRequestTable.patientId, patientId), scopeFilter(scope));
  // What is not over is in indexes of its own, which hold nothing else.
  const live = isWorked(view) || view === 'unread' ? IS_LIVE : undefined;
  switch (scope.kind) {
    case 'all':
      return isWorked(view) ? live : undefined;
    case 'station':
      return and(live, eq(serviceRequestTable.stationId, scope.stationId));
    case 'specialist': {
      const own = and(live, eq(serviceRequestTable.practitionerId, scope.practitionerId));
      if (view === 'unread' || view === 'unsigned') return own;
      return sql`${serviceRequestTable.id} in (${ownIds(and(own, view === 'recent' ? afterPlace({ view, limit, after }) : undefined), view, limit)} union all ${waitingIds(scope)} union all ${ringingIds(scope)})`;
    }
  }
}

/** Of the newest no more than the list can show. */
function ownIds(own: SQL | undefined, view: ListView, limit: number): SQL {
  const ids = sql`select id from ${serviceRequestTable} where ${own}`;
  return view === 'recent' ? sql`select id from (${ids} order by created_at desc limit ${limit})` : ids;
}

function waitingIds({ specialty }: Extract<ListScope, { kind: 'specialist' }>): SQL {
  return sql`select id from ${serviceRequestTable} where status = 'in_triage' and specialty = ${specialty} and is_planned = 0`;
}

function ringingIds({ practitionerId }: Extract<ListScope, { kind: 'specialist' }>): SQL {
  const ringing = sql`select request_id from ${ringTable} where practitioner_id = ${practitionerId} and outcome = 'ringing'`;
  return sql`select id from ${serviceRequestTable} where id in (${ringing}) and ${inArray(STATUS, [...RINGING_STATES])}`;
}

function scopeFilter(scope: ListScope): SQL | undefined {
  switch (scope.kind) {
    case 'all':
      return undefined;
    case 'station':
      return eq(serviceRequestTable.stationId, scope.stationId);
    case 'specialist':
      return or(
        eq(serviceRequestTable.practitionerId, scope.practitionerId),
        sql`${serviceRequestTable.id} in (${waitingIds(scope)})`,
        sql`${serviceRequestTable.id} in (${ringingIds(scope)})`,
      );
  }
}

function viewFilter(view: ListView): SQL | undefined {
  switch (view) {
    case 'recent':
      return undefined;
    case 'unread':
      return inArray(STATUS, ['signed', 'delivered', 'amended']);
    case 'unsigned':
      return sql`exists (select 1 from ${compositionTable} one where one.request_id = ${serviceRequestTable.id} and one.status = 'preliminary')`;
    case 'to_sort':
      return inArray(STATUS, ['in_triage', 'redirected', 'info_requested']);
    case 'open':
      return notInArray(STATUS, [...FINAL_STATES, 'signed', 'delivered', 'acknowledged', 'follow_up_open', 'amended']);
  }
}
