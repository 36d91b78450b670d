import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { NoticeRule, NoticeRuleKind } from '@jaqyn/shared/notices/notice.contract';

/** Until somebody enters others: a day and half an hour before; four hours, a day and three days after. */
const DEFAULT_MINUTES: Readonly<Record<NoticeRuleKind, readonly number[]>> = {
  reminder: [30, 1440],
  unsigned: [240, 1440, 4320],
};

/** The times in force on a day, the shortest first. */
export function minutesInForce(rules: readonly NoticeRule[], kind: NoticeRuleKind, day: CalendarDate): number[] {
  const [rule] = rules
    .filter((rule) => rule.kind === kind && rule.effectiveFrom <= day)
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  return [...new Set(rule?.minutes ?? DEFAULT_MINUTES[kind])].sort((a, b) => a - b);
}
