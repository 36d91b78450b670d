import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useDayOfAll } from '../../features/scheduling/api/list-day-of-all.ts';
import { useRegions } from '../../features/scheduling/api/list-regions.ts';
import { groupDay } from '../../features/scheduling/components/day-list/day-groups.ts';
import { DayTable } from '../../features/scheduling/components/day-list/day-table.tsx';
import { useDayWords } from '../../features/scheduling/components/rosters/day-words.ts';
import { SelectField } from '../../features/scheduling/components/rosters/form.tsx';
import { useSpecialties, useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useNowSeconds } from '../../lib/clock.ts';
import { formatDate } from '../../lib/format.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { Action, ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
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
  const localText = useLocalText();
  const words = useDayWords();
  const specialties = useSpecialties();
  const specialtyName = useSpecialtyName();
  const regions = useRegions();
  const today = localDate(new Date(useNowSeconds() * 1000));
  const { day = today, specialty, region } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, isPending, isFetching, refetch } = useDayOfAll(day, { specialty, region });
  const groups = groupDay(data ?? [], specialtyName);
  const count = groups.reduce((sum, { appointments }) => sum + appointments.length, 0);
  usePageTitle(t`Day list`, count);
  const go = (to: CalendarDate | undefined) => void navigate({ search: (before) => ({ ...before, day: to }) });
  const date = `${words.day(day).split(',')[0]}, ${formatDate(`${day}T07:00:00.000Z`)}`;
  return (
    <div className={layout.page}>
      <div className={classes(layout.row, layout.spread)}>
        <h1>
          <Trans>Day list</Trans>: {date}
        </h1>
        <div className={classes(layout.row, 'no-print')}>
          <ActionLink to="/schedule" search={{ view: 'day', date: day, specialty, region }} tone="quiet">
            <Trans>Board</Trans>
          </ActionLink>
          <Action icon={<IconPrinter size={20} aria-hidden />} onClick={() => print()}>
            <Trans>Print the day</Trans>
          </Action>
        </div>
      </div>
      <search className={classes(layout.stack, 'no-print')}>
        <div className={layout.row}>
          <Action icon={<IconChevronLeft size={20} aria-hidden />} onClick={() => go(addDays(day, -1))}>
            <Trans>Day before</Trans>
          </Action>
          <Action aria-pressed={day === today} onClick={() => go(undefined)}>
            <Trans>Today</Trans>
          </Action>
          <Action icon={<IconChevronRight size={20} aria-hidden />} onClick={() => go(addDays(day, 1))}>
            <Trans>Next day</Trans>
          </Action>
        </div>
        <div className={layout.fields}>
          <SelectField
            label={<Trans>Specialty</Trans>}
            value={specialty ?? ''}
            onChange={(event) => {
              const chosen = specialties.data?.find(({ code }) => code === event.target.value)?.code;
              void navigate({ search: (before) => ({ ...before, specialty: chosen }) });
            }}
          >
            <option value="">{t`all`}</option>
            {specialties.data?.map(({ code, name }) => (
              <option key={code} value={code}>
                {localText(name)}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={<Trans>Oblast</Trans>}
            value={region ?? ''}
            onChange={(event) =>
              void navigate({ search: (before) => ({ ...before, region: event.target.value || undefined }) })
            }
          >
            <option value="">{t`all`}</option>
            {regions.data?.map(({ code, name }) => (
              <option key={code} value={code}>
                {localText(name)}
              </option>
            ))}
          </SelectField>
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
