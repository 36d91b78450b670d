import { assertUnreachable } from '@jaqyn/shared/kernel/assert-unreachable';
import type { Fit } from '@jaqyn/shared/scheduling/waitlist.contract';
import { i18n } from '@lingui/core';
import { plural, t } from '@lingui/core/macro';
import { weekdayWords } from '../rosters/schedule-words.ts';

type Reason = Fit['reasons'][number];

/** Why somebody of the waiting list fits a slot, or fits it less: a few words each. */
export function describeFit({ code, value }: Reason): string {
  const days = value ?? 0;
  switch (code) {
    case 'overdue':
      return days === 0
        ? t`overdue since today`
        : plural(days, { one: 'overdue by # day', other: 'overdue by # days' });
    case 'before_treat_by':
      return days === 0 ? t`should be seen today` : plural(days, { one: '# day left', other: '# days left' });
    case 'after_treat_by':
      return t`later than it should be`;
    case 'urgency':
      return t`urgent`;
    case 'waiting':
      return plural(days, { one: 'waits # day', other: 'waits # days' });
    case 'same_specialist':
      return t`asked for this specialist`;
    case 'speaks_language':
      return t`speaks the patient's language`;
    case 'language_differs':
      return t`another language`;
    case 'time_suits':
      return t`the time suits`;
    case 'time_does_not_suit':
      return t`asked for another part of the day`;
    case 'day_does_not_suit': {
      const weekday = days === 0 ? undefined : weekdayWords[days - 1];
      const day = weekday === undefined ? '' : i18n._(weekday.full);
      return t`cannot come on this weekday: ${day}`;
    }
    case 'declined_before':
      return plural(days, { one: 'let # offer pass', other: 'let # offers pass' });
    default:
      return assertUnreachable(code);
  }
}
