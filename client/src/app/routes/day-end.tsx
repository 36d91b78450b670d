import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import type { DayEndEntry, DayEndList } from '@jaqyn/shared/scheduling/day-end.contract';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useDayEnd } from '../../features/scheduling/api/get-day-end.ts';
import { useRegions } from '../../features/scheduling/api/list-regions.ts';
import { DayEndCounts, DayEndLists } from '../../features/scheduling/components/day-end/day-end-lists.tsx';
import { DAY_END_ORDER, dayEndWords } from '../../features/scheduling/components/day-end/day-end-words.ts';
import { useDayWords } from '../../features/scheduling/components/rosters/day-words.ts';
import { SelectField } from '../../features/scheduling/components/rosters/form.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { serverNow } from '../../lib/clock.ts';
import { formatDate } from '../../lib/format.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { parseTypedDate, toTypedDate } from '../../lib/typed-date.ts';
import { Action, ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';

const route = getRouteApi('/signed-in/day-end');

export function DayEndScreen() {
  return (
    <ForRole roles={['coordinator']}>
      <DayEnd />
    </ForRole>
  );
}

/** What a day leaves open: not signed, not received, overdue, did not meet. */
function DayEnd() {
  const { t } = useLingui();
  const localText = useLocalText();
  const words = useDayWords();
  const specialtyName = useSpecialtyName();
  const regions = useRegions();
  const today = localDate(new Date(serverNow()));
  const { day = today, region, list } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, isPending, isFetching, refetch } = useDayEnd(day, region);
  const left = data ? DAY_END_ORDER.reduce((sum, name) => sum + data[name].length, 0) : 0;
  usePageTitle(t`End of day`, left);
  const go = (to: CalendarDate) => void navigate({ search: (before) => ({ ...before, day: to }) });
  const [first, date] = [words.day(day).split(',')[0], formatDate(`${day}T00:00:00.000Z`)];
  return (
    <div className={layout.page}>
      <div className={classes(layout.row, layout.spread)}>
        <h1>
          <Trans>End of day</Trans>: {first}, {date}
        </h1>
        <span className="no-print">
          <Action icon={<IconPrinter size={20} aria-hidden />} onClick={() => print()}>
            <Trans>Print</Trans>
          </Action>
        </span>
      </div>
      <search className={classes(layout.fields, 'no-print')}>
        <DayField key={day} day={day} today={today} onChange={go} />
        <SelectField
          label={<Trans>Oblast</Trans>}
          value={region ?? ''}
          onChange={(event) =>
            void navigate({ search: (before) => ({ ...before, region: event.target.value || undefined }) })
          }
        >
          <option value="">{t`all`}</option>
          {(regions.data ?? []).map(({ code, name }) => (
            <option key={code} value={code}>
              {localText(name)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={<Trans>Show</Trans>}
          value={list ?? ''}
          onChange={(event) =>
            void navigate({
              search: (before) => ({ ...before, list: (event.target.value || undefined) as DayEndList | undefined }),
            })
          }
        >
          <option value="">{t`everything`}</option>
          {DAY_END_ORDER.map((name) => (
            <option key={name} value={name}>
              {t(dayEndWords[name].title)}
            </option>
          ))}
        </SelectField>
      </search>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={6} />}
      {data && left === 0 && (
        <EmptyState
          title={<Trans>Nothing is left open</Trans>}
          why={
            <Trans>
              Every conclusion of this day is signed and received, and nobody waits longer than they should.
            </Trans>
          }
          action={
            <ActionLink to="/coordinator">
              <Trans>To the open consultations</Trans>
            </ActionLink>
          }
        />
      )}
      {data && left > 0 && (
        <>
          <DayEndCounts lists={data} />
          <DayEndLists
            lists={data}
            shown={list === undefined ? DAY_END_ORDER : [list]}
            day={day}
            region={region}
            specialtyName={specialtyName}
            actionOf={toDo}
          />
        </>
      )}
    </div>
  );
}

function DayField({
  day,
  today,
  onChange,
}: {
  day: CalendarDate;
  today: CalendarDate;
  onChange(day: CalendarDate): void;
}) {
  const { t } = useLingui();
  const [text, setText] = useState(toTypedDate(day));
  const typed = parseTypedDate(text);
  return (
    <div className={classes(layout.stack, layout.tight)}>
      <TextField
        label={<Trans>Day</Trans>}
        value={text}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => {
          setText(event.currentTarget.value);
          const next = parseTypedDate(event.currentTarget.value);
          if (next !== undefined && next !== day) onChange(next);
        }}
        {...(typed === undefined && { error: t`Write a day, for example 30.11.2026` })}
      />
      <div className={layout.row}>
        <Action icon={<IconChevronLeft size={20} aria-hidden />} onClick={() => onChange(addDays(day, -1))}>
          <Trans>Day before</Trans>
        </Action>
        <Action onClick={() => onChange(today)}>
          <Trans>Today</Trans>
        </Action>
        <Action
          icon={<IconChevronRight size={20} aria-hidden />}
          disabled={day >= today}
          onClick={() => onChange(addDays(day, 1))}
        >
          <Trans>Day after</Trans>
        </Action>
      </div>
    </div>
  );
}

/** Where the coordinator can do something about it. */
function toDo(list: DayEndList, entry: DayEndEntry): ReactNode {
  switch (list) {
    case 'overdue':
    case 'no_shows':
      return (
        <ActionLink tone="quiet" to="/schedule" search={{ view: 'week', specialty: entry.specialty }}>
          <Trans>Find a slot</Trans>
        </ActionLink>
      );
    case 'unsigned':
    case 'undelivered':
      return (
        <ActionLink tone="quiet" to="/coordinator">
          <Trans>Open consultations</Trans>
        </ActionLink>
      );
  }
}
