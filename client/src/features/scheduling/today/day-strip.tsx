import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import { addDays, eachDay, weekdayOf } from '@jaqyn/shared/scheduling/local-day';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNowSeconds } from '../../../lib/clock.ts';
import { formatDayMonth } from '../../../lib/format.ts';
import { ActionLink } from '../../../ui/action.tsx';
import { dayListQuery } from '../api/get-day-list.ts';
import { useDayWords } from '../components/rosters/day-words.ts';
import { firstShown, isAhead } from './day-order.ts';
import styles from './day-strip.module.css';

/** Seven days with one among them, each with how much is still to come; the day is a part of the address. */
export function DayStrip({ day }: { day: CalendarDate }) {
  const { t } = useLingui();
  const words = useDayWords();
  const today = localDate(new Date(useNowSeconds() * 1000));
  const first = firstShown(day, today);
  const days = eachDay(first, addDays(first, 6));
  const lists = useQueries({ queries: days.map((one) => dayListQuery(one)) });
  return (
    <nav className={styles.strip} aria-label={t`Week`}>
      <ActionLink
        to="/today"
        search={{ day: addDays(day, -7) }}
        tone="quiet"
        icon={<IconChevronLeft size={20} aria-hidden />}
      >
        <Trans>Earlier days</Trans>
      </ActionLink>
      <ul className={styles.days}>
        {days.map((one, index) => {
          const count = lists[index]?.data?.filter(isAhead).length;
          return (
            <li key={one}>
              <Link
                to="/today"
                search={one === today ? {} : { day: one }}
                className={styles.day}
                activeOptions={{ exact: true, includeSearch: true }}
                aria-current={one === day ? 'date' : undefined}
                data-today={one === today}
              >
                <span className={styles.weekday}>{one === today ? t`Today` : words.weekday(weekdayOf(one))}</span>
                <span>{formatDayMonth(one)}</span>
                <span className={styles.count}>
                  {count === undefined ? (
                    '…'
                  ) : count === 0 ? (
                    <Trans>free</Trans>
                  ) : (
                    <Plural value={count} one="# visit" other="# visits" />
                  )}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      <ActionLink
        to="/today"
        search={{ day: addDays(day, 7) }}
        tone="quiet"
        icon={<IconChevronRight size={20} aria-hidden />}
      >
        <Trans>Later days</Trans>
      </ActionLink>
    </nav>
  );
}
