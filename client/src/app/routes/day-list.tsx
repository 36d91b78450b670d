import { localDate } from '@jaqyn/shared/kernel/time';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { useDayOfAll } from '../../features/scheduling/api/list-day-of-all.ts';
import { groupDay } from '../../features/scheduling/components/day-list/day-groups.ts';
import { DayTable } from '../../features/scheduling/components/day-list/day-table.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useNowSeconds } from '../../lib/clock.ts';
import { ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DayHeading, DaySteps, OblastFilter, SpecialtyFilter } from '../parts/filters.tsx';
import { ForRole } from '../parts/for-role.tsx';

const route = getRouteApi('/signed-in/day-list');

export function DayListScreen() {
  return (
    <ForRole roles={['coordinator']}>
      <DayOfAll />
    </ForRole>
  );
}

/** The appointments of a day, of all specialists: to read, to telephone by, to print for when the power is out. */
function DayOfAll() {
  const { t } = useLingui();
  const specialtyName = useSpecialtyName();
  const today = localDate(new Date(useNowSeconds() * 1000));
  const { day = today, specialty, region } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, isPending, isFetching, refetch } = useDayOfAll(day, { specialty, region });
  const groups = groupDay(data ?? [], specialtyName);
  const count = groups.reduce((sum, { appointments }) => sum + appointments.length, 0);
  usePageTitle(t`Day list`, count);
  return (
    <div className={layout.page}>
      <DayHeading title={<Trans>Day list</Trans>} day={day}>
        <ActionLink to="/schedule" search={{ view: 'day', date: day, specialty, region }} tone="quiet">
          <Trans>Board</Trans>
        </ActionLink>
      </DayHeading>
      <search className={classes(layout.stack, 'no-print')}>
        <DaySteps
          day={day}
          today={today}
          onChange={(to) => void navigate({ search: (before) => ({ ...before, day: to }) })}
        />
        <div className={layout.fields}>
          <SpecialtyFilter
            value={specialty}
            onChange={(chosen) => void navigate({ search: (before) => ({ ...before, specialty: chosen }) })}
          />
          <OblastFilter
            value={region}
            onChange={(chosen) => void navigate({ search: (before) => ({ ...before, region: chosen }) })}
          />
        </div>
      </search>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={8} />}
      {data && count === 0 && (
        <EmptyState
          title={<Trans>Nothing is planned for this day</Trans>}
          why={<Trans>What is booked on the board for this day, specialty and oblast appears here.</Trans>}
          action={
            <ActionLink to="/schedule" search={{ view: 'day', date: day }}>
              <Trans>To the board</Trans>
            </ActionLink>
          }
        />
      )}
      {count > 0 && <DayTable label={t`Appointments of the day`} groups={groups} specialtyName={specialtyName} />}
    </div>
  );
}
