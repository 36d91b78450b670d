import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { localDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { Trans } from '@lingui/react/macro';
import { IconCalendarWeek } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useNowSeconds } from '../../../lib/clock.ts';
import { ActionLink } from '../../../ui/action.tsx';
import { useDayList } from '../api/get-day-list.ts';
import { UndoBar } from '../components/undo-bar.tsx';
import { DayAgenda } from './day-agenda.tsx';
import { isAhead } from './day-order.ts';
import { NewsList } from './news-list.tsx';
import { Offers } from './offers.tsx';
import styles from './today.module.css';

interface TodayPanelProps {
  readonly viewer: Role;
  readonly specialtyName: (code: string) => string;
  onEnter(requestId: RequestId): void;
  /** The page where a waiting request gets its time; for a station. */
  onBook(requestId: RequestId): void;
  readonly emptyAction?: ReactNode;
}

/** What else is on the first screen must not be pushed out of sight by a full day. */
const MOST = 4;

/** The day on the first screen of a station and of a specialist, with the way to tomorrow and the week. */
export function TodayPanel({ viewer, specialtyName, onEnter, onBook, emptyAction }: TodayPanelProps) {
  const id = useId();
  // Over midnight the day changes by itself.
  const today = localDate(new Date(useNowSeconds() * 1000));
  const tomorrow = useDayList(addDays(today, 1));
  const count = tomorrow.data?.filter(isAhead).length ?? 0;
  return (
    <>
      <section className={styles.section} aria-labelledby={id}>
        <div className={styles.heading}>
          <h2 id={id} tabIndex={-1} data-after-change>
            <Trans>Today</Trans>
          </h2>
          <ActionLink to="/today" tone="quiet" icon={<IconCalendarWeek size={20} aria-hidden />}>
            {count > 0 ? <Trans>Tomorrow: {count}, and the week</Trans> : <Trans>Tomorrow and the week</Trans>}
          </ActionLink>
        </div>
        {viewer === 'feldsher' && <NewsList />}
        <DayAgenda
          day={today}
          isToday
          most={MOST}
          viewer={viewer}
          specialtyName={specialtyName}
          onEnter={onEnter}
          emptyAction={emptyAction}
        />
      </section>
      {viewer === 'feldsher' && <Offers specialtyName={specialtyName} onBook={onBook} />}
      <UndoBar />
    </>
  );
}
