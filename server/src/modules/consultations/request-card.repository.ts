import type { DangerCheckInput } from '@jaqyn/shared/consultations/request-card.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { type DangerProtocol, Protocol } from '@jaqyn/shared/protocols/protocol.contract';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { asked, inAsked, inList } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { attachmentTable } from '../attachments/attachment.table.ts';
import { userTable } from '../auth/user.table.ts';
import { consentTable } from '../consents/consent.table.ts';
import { protocolVersionTable } from '../protocols/protocol.table.ts';
import { serviceRequestTable } from './consultation.table.ts';
import { dangerCheckTable, requestCardTable, summaryConfirmationTable } from './request-card.table.ts';

export type CardRow = typeof requestCardTable.$inferSelect;
type DangerRow = typeof dangerCheckTable.$inferSelect;

/** What hangs on the cards of some requests, each by the request's id. */
export type CardDetails = Awaited<ReturnType<typeof requestCardRepository.listDetails>>;

const cardRows = prepared((tx) =>
  tx.select().from(requestCardTable).where(inAsked(requestCardTable.requestId)).prepare(),
);

const checkRows = prepared((tx) =>
  tx
    .select({ check: dangerCheckTable, byName: userTable.displayName })
    .from(dangerCheckTable)
    .innerJoin(userTable, eq(userTable.id, dangerCheckTable.checkedBy))
    .where(inAsked(dangerCheckTable.requestId))
    .orderBy(asc(dangerCheckTable.seq))
    .prepare(),
);

const consentRows = prepared((tx) =>
  tx
    .select({ consent: consentTable, byName: userTable.displayName })
    .from(consentTable)
    .innerJoin(userTable, eq(userTable.id, consentTable.recordedBy))
    .where(inAsked(consentTable.requestId))
    .orderBy(asc(consentTable.seq))
    .prepare(),
);

const confirmationRows = prepared((tx) =>
  tx
    .select()
    .from(summaryConfirmationTable)
    .where(inAsked(summaryConfirmationTable.requestId))
    .orderBy(asc(summaryConfirmationTable.seq))
    .prepare(),
);

const fileRows = prepared((tx) =>
  tx
    .select({ requestId: attachmentTable.requestId, kind: attachmentTable.kind, count: sql<number>`count(*)` })
    .from(attachmentTable)
    .where(
      and(
        inAsked(attachmentTable.requestId),
        eq(attachmentTable.status, 'stored'),
        // A quick look is the same picture, smaller and earlier.
        isNull(attachmentTable.quickLookOf),
      ),
    )
    .groupBy(attachmentTable.requestId, attachmentTable.kind)
    .prepare(),
);

export const requestCardRepository = {
  async find(tx: Tx, requestId: RequestId): Promise<CardRow | undefined> {
    const [row] = await tx.select().from(requestCardTable).where(eq(requestCardTable.requestId, requestId));
    return row;
  },

  async insert(tx: Tx, row: CardRow): Promise<void> {
    await tx.insert(requestCardTable).values(row);
  },

  /** False when it is no longer at `baseVersion`. */
  async update(tx: Tx, requestId: RequestId, baseVersion: number, change: Partial<CardRow>): Promise<boolean> {
    const { changes } = await tx
      .update(requestCardTable)
      .set({ ...change, version: baseVersion + 1 })
      .where(and(eq(requestCardTable.requestId, requestId), eq(requestCardTable.version, baseVersion)));
    return changes === 1;
  },

  async insertDangerCheck(
    tx: Tx,
    { protocols, ...row }: Omit<DangerRow, 'seq' | 'protocols'> & { protocols: DangerCheckInput['protocols'] },
  ): Promise<void> {
    await tx.insert(dangerCheckTable).values({ ...row, protocols: JSON.stringify(protocols) });
  },

  async findDangerCheck(tx: Tx, requestId: RequestId): Promise<DangerRow | undefined> {
    const [row] = await tx
      .select()
      .from(dangerCheckTable)
      .where(eq(dangerCheckTable.requestId, requestId))
      .orderBy(sql`${dangerCheckTable.seq} desc`)
      .limit(1);
    return row;
  },

  async findConfirmation(tx: Tx, requestId: RequestId) {
    const [row] = await tx
      .select()
      .from(summaryConfirmationTable)
      .where(eq(summaryConfirmationTable.requestId, requestId))
      .orderBy(sql`${summaryConfirmationTable.seq} desc`)
      .limit(1);
    return row;
  },

  async insertConfirmation(tx: Tx, row: Omit<typeof summaryConfirmationTable.$inferSelect, 'seq'>): Promise<void> {
    await tx.insert(summaryConfirmationTable).values(row);
  },

  /** The latest of everything, for a list of requests by a handful of queries. */
  async listDetails(tx: Tx, ids: readonly RequestId[]) {
    const cards = await cardRows(tx).all(asked(ids));
    const checks = await checkRows(tx).all(asked(ids));
    const consents = await consentRows(tx).all(asked(ids));
    const confirmations = await confirmationRows(tx).all(asked(ids));
    const files = await fileRows(tx).all(asked(ids));
    const protocolIds = new Set(cards.flatMap(({ protocolId }) => protocolId ?? []));
    for (const { check } of checks) for (const { id } of checkedProtocols(check)) protocolIds.add(id);
    return {
      cards: new Map(cards.map((card) => [card.requestId, card])),
      // Oldest first, so the latest of each request is the one that stays.
      checks: new Map(checks.map((row) => [row.check.requestId, row])),
      consents: new Map(consents.map((row) => [row.consent.requestId, row])),
      confirmations: new Map(confirmations.map((row) => [row.requestId, row])),
      files: Map.groupBy(files, ({ requestId }) => requestId),
      protocols: await protocolsOf(tx, [...protocolIds]),
    };
  },

  /** The latest requests of a specialty that have a card. */
  async listLatestOf(tx: Tx, specialty: string, limit: number): Promise<RequestId[]> {
    const rows = await tx
      .select({ id: serviceRequestTable.id })
      .from(serviceRequestTable)
      .innerJoin(requestCardTable, eq(requestCardTable.requestId, serviceRequestTable.id))
      .where(eq(serviceRequestTable.specialty, specialty))
      .orderBy(sql`${serviceRequestTable.createdAt} desc`)
      .limit(limit);
    return rows.map(({ id }) => id as RequestId);
  },

  /** Every version of the danger protocols, by code, the oldest first. */
  async listDanger(tx: Tx): Promise<DangerProtocol[]> {
    const rows = await tx
      .select({ id: protocolVersionTable.id })
      .from(protocolVersionTable)
      .where(eq(protocolVersionTable.kind, 'danger_signs'))
      .orderBy(asc(protocolVersionTable.code), asc(protocolVersionTable.version));
    const ids = rows.map(({ id }) => id);
    const found = await protocolsOf(tx, ids);
    return ids.flatMap((id) => {
      const protocol = found.get(id);
      return protocol?.kind === 'danger_signs' ? [protocol] : [];
    });
  },
};

// A version never changes, so it is read and parsed once: lists ask for the same ones again and again.
const parsed = new Map<string, Protocol>();

async function protocolsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Protocol>> {
  const unknown = ids.filter((id) => !parsed.has(id));
  if (unknown.length > 0) {
    const rows = await tx.select().from(protocolVersionTable).where(inList(protocolVersionTable.id, unknown));
    for (const { createdBy: _by, ...row } of rows) {
      parsed.set(row.id, z.parse(Protocol, { ...row, content: JSON.parse(row.content) }));
    }
  }
  return parsed;
}

export function checkedProtocols(check: DangerRow): DangerCheckInput['protocols'] {
  return JSON.parse(check.protocols) as DangerCheckInput['protocols'];
}
