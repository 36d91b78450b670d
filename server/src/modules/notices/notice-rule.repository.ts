import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { NoticeRule } from '@jaqyn/shared/notices/notice.contract';
import { desc } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { noticeRuleTable } from './notice.table.ts';

/** When people are reminded, from which day on. */
export const noticeRuleRepository = {
  async list(tx: Tx): Promise<NoticeRule[]> {
    const rows = await tx.select().from(noticeRuleTable).orderBy(desc(noticeRuleTable.effectiveFrom));
    return rows.map(({ kind, effectiveFrom, minutes }) => ({
      kind,
      effectiveFrom: effectiveFrom as CalendarDate,
      minutes: JSON.parse(minutes) as number[],
    }));
  },

  async save(tx: Tx, { minutes, ...rule }: NoticeRule, by: { at: Instant; userId: string }): Promise<void> {
    const change = { minutes: JSON.stringify(minutes), savedAt: by.at, savedBy: by.userId };
    await tx
      .insert(noticeRuleTable)
      .values({ ...rule, ...change })
      .onConflictDoUpdate({ target: [noticeRuleTable.kind, noticeRuleTable.effectiveFrom], set: change });
  },
};
