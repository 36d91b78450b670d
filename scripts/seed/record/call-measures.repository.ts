import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Tx } from '../../../server/src/db/store.ts';
import { userTable } from '../../../server/src/modules/auth/user.table.ts';
import { serviceRequestTable } from '../../../server/src/modules/consultations/consultation.table.ts';
import { mediaIntervalTable, mediaStayTable } from '../../../server/src/modules/evidence/evidence.table.ts';
import { linkSampleTable } from '../../../server/src/modules/link-samples/link-sample.table.ts';

export type Sample = typeof linkSampleTable.$inferInsert;
export type Stay = typeof mediaStayTable.$inferInsert;
export type Interval = typeof mediaIntervalTable.$inferInsert;

/** Rows of one statement: SQLite takes so many values at most. */
const AT_ONCE = 500;

export const callMeasuresRepository = {
  /** The newest calls that these accounts have answered and ended. */
  async listCalls(tx: Tx, logins: readonly string[], limit: number) {
    return await tx
      .select({ request: serviceRequestTable, specialist: userTable.id })
      .from(serviceRequestTable)
      .innerJoin(userTable, eq(userTable.practitionerId, serviceRequestTable.practitionerId))
      .where(
        and(
          isNotNull(serviceRequestTable.answeredAt),
          isNotNull(serviceRequestTable.endedAt),
          inArray(userTable.login, [...logins]),
        ),
      )
      .orderBy(desc(serviceRequestTable.answeredAt))
      .limit(limit);
  },

  async insert(
    tx: Tx,
    rows: {
      readonly stays: readonly Stay[];
      readonly intervals: readonly Interval[];
      readonly samples: readonly Sample[];
    },
  ): Promise<void> {
    for (const stay of rows.stays) await tx.insert(mediaStayTable).values(stay);
    for (const interval of rows.intervals) await tx.insert(mediaIntervalTable).values(interval);
    for (let start = 0; start < rows.samples.length; start += AT_ONCE) {
      await tx.insert(linkSampleTable).values(rows.samples.slice(start, start + AT_ONCE));
    }
  },
};
