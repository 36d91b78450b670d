import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { type Session, slotsOf } from '@jaqyn/shared/scheduling/expand';
import { addDays, eachDay, fromMinute } from '@jaqyn/shared/scheduling/local-day';
import type { SpecialDay } from '@jaqyn/shared/scheduling/service.contract';
import { Plural, Trans } from '@lingui/react/macro';
import { formatTime } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { classes } from '../../../../ui/classes.ts';
import { useDayWords } from './day-words.ts';
import styles from './slot-preview.module.css';
import { mondayOf } from './week-picture.ts';

interface SlotPreviewProps {
  readonly sessions: readonly Session[];
  readonly from: CalendarDate;
  readonly specialDays: readonly SpecialDay[];
  readonly weeks?: number;
}

export const PREVIEW_WEEKS = 4;
/** Enough to see the rhythm of a day; a whole day of three-minute cases would be a wall of figures. */
const TIMES_SHOWN = 16;

/** The slots a window makes in its first weeks: how many on each day, and the times of the first day. */
export function SlotPreview({ sessions, from, specialDays, weeks = PREVIEW_WEEKS }: SlotPreviewProps) {
  const words = useDayWords();
  const localText = useLocalText();
  const first = mondayOf(from);
  const counts = new Map<CalendarDate, number>();
  for (const session of sessions) {
    counts.set(session.day, (counts.get(session.day) ?? 0) + slotsOf(session).length);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const firstSession = sessions.find((session) => slotsOf(session).length > 0);
  const times =
    firstSession === undefined ? [] : slotsOf(firstSession).map((slot) => formatTime(fromMinute(slot.from)));
  const more = times.length - TIMES_SHOWN;
  const holidays = specialDays.filter(
    ({ day, kind }) => kind === 'day_off' && day >= from && day <= addDays(first, weeks * 7 - 1),
  );
  return (
    <>
      <table className={styles.table}>
        <caption className="visually-hidden">
          <Trans>Slots by day</Trans>
        </caption>
        <thead>
          <tr>
            {[1, 2, 3, 4, 5, 6, 7].map((number) => (
              <th key={number} scope="col">
                {words.weekday(number)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: weeks }, (_, week) => addDays(first, week * 7)).map((monday) => (
            <tr key={monday}>
              {eachDay(monday, addDays(monday, 6)).map((day) => {
                const count = counts.get(day) ?? 0;
                const isOff = holidays.some((holiday) => holiday.day === day);
                return (
                  <td key={day} className={classes(count > 0 && styles.some, isOff && styles.off)}>
                    <span className={styles.cell}>
                      <span className={styles.date}>{Number(day.slice(8))}</span>
                      <span className={styles.number}>{count > 0 ? count : '–'}</span>
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.times}>
        <strong>
          {weeks === 1 ? (
            <Plural value={total} one="# slot" other="# slots" />
          ) : (
            <Plural value={total} one="# slot in four weeks" other="# slots in four weeks" />
          )}
        </strong>
        {firstSession !== undefined && (
          <>
            <br />
            {words.day(firstSession.day)}: {times.slice(0, TIMES_SHOWN).join(' ')}
            {more > 0 && ` +${more}`}
          </>
        )}
        {holidays.map(({ day, name }) => (
          <span key={day}>
            <br />
            {words.day(day)}: {localText(name)}
          </span>
        ))}
      </p>
    </>
  );
}
