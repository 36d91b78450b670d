import type { AuditKind } from '@jaqyn/shared/audit/audit.contract';
import { and, desc, eq, gte, inArray, like, lt, not, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { compositionTable } from '../consultations/conclusion.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { auditEventTable } from './audit.table.ts';

interface Entity {
  readonly type: string;
  readonly id: string;
}

/** Entries looked through at once for those of a person or a kind: some 20 ms. */
const LOOKED_THROUGH = 5000;

export const auditReadingRepository = {
  /** A request, its conclusions and its patient; undefined for an unknown number. */
  async findEntities(tx: Tx, number: string): Promise<Entity[] | undefined> {
    const [request] = await tx
      .select({ id: serviceRequestTable.id, patientId: serviceRequestTable.patientId })
      .from(serviceRequestTable)
      .where(eq(serviceRequestTable.number, number));
    if (request === undefined) return undefined;
    const conclusions = await tx
      .select({ id: compositionTable.id })
      .from(compositionTable)
      .where(eq(compositionTable.requestId, request.id));
    return [
      { type: 'consultation', id: request.id },
      ...conclusions.map(({ id }) => ({ type: 'conclusion', id })),
      ...(request.patientId === null ? [] : [{ type: 'patient', id: request.patientId }]),
    ];
  },

  async listUserIds(tx: Tx, part: string): Promise<string[]> {
    const pattern = `%${part.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    const rows = await tx
      .select({ id: userTable.id })
      .from(userTable)
      .where(
        or(
          sql`${userTable.displayName} like ${pattern} escape '\\'`,
          sql`${userTable.login} like ${pattern} escape '\\'`,
        ),
      );
    return rows.map(({ id }) => id);
  },

  /** The newest first, below `before`; of everybody only as far down as `LOOKED_THROUGH` entries. `next` is where to go on. */
  async listPage(
    tx: Tx,
    wanted: {
      readonly before: number;
      readonly limit: number;
      readonly kind: AuditKind;
      readonly actorIds: readonly string[] | undefined;
      readonly entities: readonly Entity[] | undefined;
    },
  ) {
    const { before, limit, kind, actorIds, entities } = wanted;
    const floor = entities === undefined ? Math.max(1, before - LOOKED_THROUGH) : 1;
    const rows = await tx
      .select({
        seq: auditEventTable.seq,
        at: auditEventTable.at,
        action: auditEventTable.action,
        entityType: auditEventTable.entityType,
        entityId: auditEventTable.entityId,
        actorId: auditEventTable.actorId,
        actorRole: auditEventTable.actorRole,
        actorName: userTable.displayName,
        requestNumber: serviceRequestTable.number,
      })
      .from(auditEventTable)
      .leftJoin(userTable, eq(userTable.id, auditEventTable.actorId))
      .leftJoin(
        serviceRequestTable,
        and(eq(auditEventTable.entityType, 'consultation'), eq(serviceRequestTable.id, auditEventTable.entityId)),
      )
      .where(
        and(
          lt(auditEventTable.seq, before),
          gte(auditEventTable.seq, floor),
          ofKind(kind),
          actorIds && inArray(auditEventTable.actorId, [...actorIds]),
          entities && or(...entities.map(isAbout)),
        ),
      )
      .orderBy(desc(auditEventTable.seq))
      .limit(limit);
    const last = rows.at(-1)?.seq;
    const isFull = rows.length === limit && last !== undefined;
    const next = isFull ? last : floor;
    return { rows, next: next <= 1 ? null : next };
  },
};

function isAbout({ type, id }: Entity): SQL | undefined {
  return and(eq(auditEventTable.entityType, type), eq(auditEventTable.entityId, id));
}

const READINGS = or(
  like(auditEventTable.action, '%.read'),
  like(auditEventTable.action, '%.read_%'),
  like(auditEventTable.action, '%.list'),
  like(auditEventTable.action, '%.search'),
  like(auditEventTable.action, '%.find%'),
);

function ofKind(kind: AuditKind): SQL | undefined {
  switch (kind) {
    case 'all':
      return undefined;
    case 'readings':
      return READINGS;
    case 'changes':
      return READINGS && not(READINGS);
  }
}
