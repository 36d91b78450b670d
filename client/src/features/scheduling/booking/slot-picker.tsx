import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { serverNow } from '../../../lib/clock.ts';
import { formatDayMonth, formatTime } from '../../../lib/format.ts';
import { Action } from '../../../ui/action.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useSlots } from '../api/list-slots.ts';
import { useDayWords } from '../components/rosters/day-words.ts';
import { type SlotDay, slotDays } from './slot-days.ts';
import styles from './slot-picker.module.css';

interface SlotPickerProps {
  readonly practitionerId: PractitionerId;
  readonly practitionerName: string;
  readonly mode?: 'video' | 'async';
  /** The first day shown; today when left out. */
  readonly from?: CalendarDate | undefined;
  /** The slot that is held, or stands chosen. */
  readonly chosen?: Instant | undefined;
  readonly pending?: Instant | undefined;
  onChoose(startsAt: Instant): void;
}

const DAYS = 7;

/** A specialist's week: days with their slots, taken ones seen and not to be chosen. */
export function SlotPicker(props: SlotPickerProps) {
  const { practitionerId, practitionerName, mode = 'video', chosen, pending, onChoose } = props;
  const { t } = useLingui();
  const words = useDayWords();
  const now = new Date(serverNow());
  const today = localDate(now);
  const [from, setFrom] = useState<CalendarDate>(props.from ?? today);
  const to = addDays(from, DAYS - 1);
  const slots = useSlots(practitionerId, from, to);
  const days = slotDays(slots.data ?? [], { from, days: DAYS, mode, now });
  const free = days.reduce((sum, day) => sum + day.free, 0);
  const first = formatDayMonth(from);
  const last = formatDayMonth(to);

  return (
    <section className={styles.picker} aria-label={t`Free times of ${practitionerName}`}>
      <div className={styles.week}>
        <Action
          tone="quiet"
          icon={<IconChevronLeft size={20} aria-hidden />}
          disabled={from <= today}
          onClick={() => setFrom(maxDay(today, addDays(from, -DAYS)))}
        >
          <Trans>Earlier days</Trans>
        </Action>
        <span className={styles.span} role="status">
          {first} – {last}
        </span>
        <Action
          tone="quiet"
          icon={<IconChevronRight size={20} aria-hidden />}
          onClick={() => setFrom(addDays(from, DAYS))}
        >
          <Trans>Later days</Trans>
        </Action>
      </div>
      {slots.isError && (
        <ProblemNotice error={slots.error} onRetry={() => void slots.refetch()} isRetrying={slots.isFetching} />
      )}
      {slots.isPending && <Skeleton lines={3} />}
      {slots.data && free === 0 && (
        <p className={styles.none}>
          <Trans>No free time in these days. Look at later days or at another specialist.</Trans>
        </p>
      )}
      {slots.data && (
        <ul className={styles.days}>
          {days.map(({ day, slots: ofDay }) => (
            <li key={day} className={styles.day}>
              <h3 className={styles.name}>{words.day(day)}</h3>
              <DaySlots slots={ofDay} chosen={chosen} pending={pending} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function maxDay(one: CalendarDate, other: CalendarDate): CalendarDate {
  return one > other ? one : other;
}

type DaySlotsProps = Pick<SlotPickerProps, 'chosen' | 'pending' | 'onChoose'> & Pick<SlotDay, 'slots'>;

/** The free ones to press; of the taken ones only how many. */
function DaySlots({ slots, chosen, pending, onChoose }: DaySlotsProps) {
  const shown = slots.filter(({ state, startsAt }) => state === 'free' || startsAt === chosen);
  const taken = slots.length - shown.length;
  return (
    <>
      {shown.length > 0 && (
        <ul className={styles.slots}>
          {shown.map(({ startsAt }) => (
            <li key={startsAt}>
              <button
                type="button"
                className={styles.slot}
                aria-pressed={startsAt === chosen}
                aria-busy={startsAt === pending}
                disabled={pending !== undefined}
                onClick={() => onChoose(startsAt)}
              >
                {formatTime(startsAt)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {(taken > 0 || slots.length === 0) && (
        <p className={styles.rest}>
          {slots.length === 0 ? (
            <Trans>no slots</Trans>
          ) : shown.length === 0 ? (
            <Trans>all taken</Trans>
          ) : (
            <Trans>{taken} taken</Trans>
          )}
        </p>
      )}
    </>
  );
}
