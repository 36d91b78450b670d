import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import type { DayEndEntry, DayEndList } from '@jaqyn/shared/scheduling/day-end.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useDayEnd } from '../../features/scheduling/api/get-day-end.ts';
import { DayEndCounts, DayEndLists } from '../../features/scheduling/components/day-end/day-end-lists.tsx';
import { DAY_END_ORDER, dayEndWords } from '../../features/scheduling/components/day-end/day-end-words.ts';
import { SelectField } from '../../features/scheduling/components/rosters/form.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { serverNow } from '../../lib/clock.ts';
import { parseTypedDate, toTypedDate } from '../../lib/typed-date.ts';
import { ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DayHeading, DaySteps, OblastFilter } from '../parts/filters.tsx';
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
  const specialtyName = useSpecialtyName();
  const today = localDate(new Date(serverNow()));
  const { day = today, region, list } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, isPending, isFetching, refetch } = useDayEnd(day, region);
  const left = data ? DAY_END_ORDER.reduce((sum, name) => sum + data[name].total, 0) : 0;
  usePageTitle(t`End of day`, left);
  const go = (to: CalendarDate | undefined) => void navigate({ search: (before) => ({ ...before, day: to }) });
  return (
    <div className={layout.page}>
      <DayHeading title={<Trans>End of day</Trans>} day={day} />
      <search className={classes(layout.stack, 'no-print')}>
        <DaySteps day={day} today={today} last={today} onChange={go} />
        <div className={layout.fields}>
          <DayField key={day} day={day} onChange={go} />
          <OblastFilter
            value={region}
            onChange={(chosen) => void navigate({ search: (before) => ({ ...before, region: chosen }) })}
          />
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
        </div>
      </search>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={6} />}
      {data && left === 0 && (
        <EmptyState
          title={<Trans>Nothing is left open</Trans>}
          why={
            <Trans>
              Every conclusion of this day is signed, received and read to its patient, nobody waits longer than they
              should, and what was to be done is done.
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

function DayField({ day, onChange }: { day: CalendarDate; onChange(day: CalendarDate): void }) {
  const { t } = useLingui();
  const [text, setText] = useState(toTypedDate(day));
  const typed = parseTypedDate(text);
  return (
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
  );
}

/** Where the coordinator can do something about it. */
function toDo(list: DayEndList, entry: DayEndEntry): ReactNode {
  switch (list) {
    case 'overdue':
    case 'no_shows':
      return (
        <ActionLink tone="quiet" to="/schedule/requests/$requestId" params={{ requestId: entry.requestId }}>
          <Trans>Find a slot</Trans>
        </ActionLink>
      );
    case 'follow_ups':
      return (
        <ActionLink tone="quiet" to="/follow-ups">
          <Trans>Follow-ups</Trans>
        </ActionLink>
      );
    case 'unsigned':
    case 'undelivered':
    case 'unacknowledged':
      return (
        <ActionLink tone="quiet" to="/coordinator">
          <Trans>Open consultations</Trans>
        </ActionLink>
      );
  }
}
