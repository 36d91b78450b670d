import { localDate } from '@jaqyn/shared/kernel/time';
import { weekdayOf } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPrinter } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { weekdayWords } from '../../features/scheduling/components/rosters/schedule-words.ts';
import { UndoBar } from '../../features/scheduling/components/undo-bar.tsx';
import { DayAgenda } from '../../features/scheduling/today/day-agenda.tsx';
import { DayPrint } from '../../features/scheduling/today/day-print.tsx';
import { DayStrip } from '../../features/scheduling/today/day-strip.tsx';
import { NewsList } from '../../features/scheduling/today/news-list.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useNowSeconds } from '../../lib/clock.ts';
import { formatDate } from '../../lib/format.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { Action, ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { homeOf } from '../home-of.ts';
import { ForRole } from '../parts/for-role.tsx';
import { useEnterCall } from '../parts/use-enter-call.ts';
import styles from './today.module.css';

const route = getRouteApi('/signed-in/today');

export function TodayScreen() {
  return (
    <ForRole roles={['feldsher', 'specialist']}>
      <DayOfMine />
    </ForRole>
  );
}

/** One's own day, any day of any week, also on paper. */
function DayOfMine() {
  const { t } = useLingui();
  const { role } = useCurrentUser();
  const today = localDate(new Date(useNowSeconds() * 1000));
  const day = route.useSearch().day ?? today;
  const isToday = day === today;
  const specialtyName = useSpecialtyName();
  const enter = useEnterCall();
  const weekday = weekdayWords[weekdayOf(day) - 1];
  const title = `${weekday ? t(weekday.full) : ''}, ${formatDate(day)}`;
  usePageTitle(isToday ? t`Today` : title);

  return (
    <div className={layout.page}>
      <div className={styles.head}>
        <h1>{isToday ? t`Today, ${title}` : title}</h1>
        <div className={styles.tools}>
          <ActionLink to={homeOf(role)} tone="quiet">
            {role === 'specialist' ? <Trans>Worklist</Trans> : <Trans>Start page</Trans>}
          </ActionLink>
          <Action icon={<IconPrinter size={20} aria-hidden />} onClick={() => print()}>
            <Trans>Print the day</Trans>
          </Action>
        </div>
      </div>
      <DayStrip day={day} />
      <div className={classes(layout.stack, styles.agenda)}>
        {role === 'feldsher' && <NewsList />}
        <DayAgenda key={day} day={day} isToday={isToday} viewer={role} specialtyName={specialtyName} onEnter={enter} />
      </div>
      <DayPrint day={day} title={title} specialtyName={specialtyName} />
      <UndoBar />
    </div>
  );
}
