import type { ProtocolVersionId, UserId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { Protocol, type ProtocolKind } from '@jaqyn/shared/protocols/protocol.contract';
import { and, asc, desc, eq, lte } from 'drizzle-orm';
import * as z from 'zod/mini';
import { inList } from '../../db/in-list.ts';
import type { Tx } from '../../db/store.ts';
import { protocolVersionTable } from './protocol.table.ts';

export const protocolRepository = {
  /** Every version, by code, the oldest first. */
  async listAll(tx: Tx): Promise<Protocol[]> {
    const rows = await tx
      .select()
      .from(protocolVersionTable)
      .orderBy(asc(protocolVersionTable.kind), asc(protocolVersionTable.code), asc(protocolVersionTable.version));
    return rows.map(toProtocol);
  },

  async listByIds(tx: Tx, ids: readonly string[]): Promise<Protocol[]> {
    if (ids.length === 0) return [];
    const rows = await tx.select().from(protocolVersionTable).where(inList(protocolVersionTable.id, ids));
    return rows.map(toProtocol);
  },

  async findInForce(tx: Tx, kind: ProtocolKind, code: string, day: CalendarDate): Promise<Protocol | undefined> {
    const [row] = await tx
      .select()
      .from(protocolVersionTable)
      .where(
        and(
          eq(protocolVersionTable.kind, kind),
          eq(protocolVersionTable.code, code),
          lte(protocolVersionTable.effectiveFrom, day),
        ),
      )
      .orderBy(desc(protocolVersionTable.version))
      .limit(1);
    return row && toProtocol(row);
  },

  async findLatest(tx: Tx, kind: ProtocolKind, code: string): Promise<Protocol | undefined> {
    const [row] = await tx
      .select()
      .from(protocolVersionTable)
      .where(and(eq(protocolVersionTable.kind, kind), eq(protocolVersionTable.code, code)))
      .orderBy(desc(protocolVersionTable.version))
      .limit(1);
    return row && toProtocol(row);
  },

  async insert(tx: Tx, protocol: Protocol, createdBy: UserId): Promise<void> {
    await tx.insert(protocolVersionTable).values({ ...protocol, content: JSON.stringify(protocol.content), createdBy });
  },

  async find(tx: Tx, id: ProtocolVersionId): Promise<Protocol | undefined> {
    const [row] = await tx.select().from(protocolVersionTable).where(eq(protocolVersionTable.id, id));
    return row && toProtocol(row);
  },
};

function toProtocol({ createdBy: _by, ...row }: typeof protocolVersionTable.$inferSelect): Protocol {
  return z.parse(Protocol, { ...row, content: JSON.parse(row.content) });
}
