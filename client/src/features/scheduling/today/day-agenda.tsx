import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { DayListEntry } from '@jaqyn/shared/scheduling/board.contract';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ActionLink } from '../../../ui/action.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useDayList } from '../api/get-day-list.ts';
import { AppointmentCard } from '../components/appointments/appointment-card.tsx';
import { needsTime, orderDay } from './day-order.ts';
import styles from './today.module.css';

interface DayAgendaProps {
  readonly day: CalendarDate;
  /** Nobody is next of another day. */
  readonly isToday: boolean;
  readonly viewer: Role;
  readonly specialtyName: (code: string) => string;
  readonly onEnter?: ((requestId: RequestId) => void) | undefined;
  /** How many follow the next one; the others are on the page of the day. */
  readonly most?: number | undefined;
  /** What to do with a day that has nothing. */
  readonly emptyAction?: ReactNode;
}

/** A day in the order of time: what is next, what follows, what is over. */
export function DayAgenda({
  day,
  isToday,
  viewer,
  specialtyName,
  onEnter,
  most = Infinity,
  emptyAction,
}: DayAgendaProps) {
  const list = useDayList(day);
  if (list.isPending) return <Skeleton lines={3} />;
  if (!list.data) {
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} isRetrying={list.isFetching} />;
  }
  // On the first screen an offer is answered in a list of its own.
  const entries = isToday && viewer === 'feldsher' ? list.data.filter(isFirm) : list.data;
  const order = orderDay(entries);
  const ahead = isToday || order.next === undefined ? order.ahead : [order.next, ...order.ahead];
  const cards = (entries: typeof ahead, isNext = false) =>
    entries.map(({ appointment, missing }) => (
      <li key={appointment.id}>
        <AppointmentCard
          appointment={appointment}
          missing={missing}
          viewer={viewer}
          specialtyName={specialtyName(appointment.specialty)}
          isNext={isNext}
          onEnter={onEnter}
        />
      </li>
    ));
  // Booking again is the station's next step: it does not hide among what is over.
  const missed = isToday && viewer === 'feldsher' ? order.past.filter(needsTime) : [];
  const over = order.past.filter((entry) => !missed.includes(entry));
  const past = over.length;
  const more = Math.max(0, ahead.length - most);
  return (
    <>
      {list.isError && (
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} isRetrying={list.isFetching} />
      )}
      {entries.length === 0 && (
        <EmptyState
          title={isToday ? <Trans>Nothing is planned for today</Trans> : <Trans>Nothing is planned for this day</Trans>}
          why={
            viewer === 'specialist' ? (
              <Trans>Appointments appear here as soon as a station or the coordinator books them.</Trans>
            ) : (
              <Trans>Appointments that this station plans, or the coordinator books for it, appear here.</Trans>
            )
          }
          action={emptyAction}
        />
      )}
      <ul className={styles.list}>
        {isToday && order.next && cards([order.next], true)}
        {cards(ahead.slice(0, most))}
        {cards(missed)}
      </ul>
      {more > 0 && (
        <ActionLink to="/today">
          <Trans>The rest of the day: {more}</Trans>
        </ActionLink>
      )}
      {past > 0 &&
        (isToday ? (
          <Disclosure title={<Trans>Over: {past}</Trans>}>
            <ul className={styles.list}>{cards(over)}</ul>
          </Disclosure>
        ) : (
          <ul className={styles.list}>{cards(over)}</ul>
        ))}
    </>
  );
}

function isFirm({ appointment }: DayListEntry): boolean {
  return appointment.status !== 'proposed';
}
