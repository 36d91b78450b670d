import { CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import type { SpecialDay } from '@jaqyn/shared/scheduling/service.contract';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useDeleteSpecialDay } from '../../features/scheduling/api/delete-special-day.ts';
import { useBookedOnDay } from '../../features/scheduling/api/list-booked-on-day.ts';
import { useSpecialDays } from '../../features/scheduling/api/list-special-days.ts';
import { BookedOnDay } from '../../features/scheduling/components/rosters/booked-on-day.tsx';
import { useDayWords } from '../../features/scheduling/components/rosters/day-words.ts';
import { Notice } from '../../features/scheduling/components/rosters/form.tsx';
import { SpecialDayEditor } from '../../features/scheduling/components/rosters/special-day-editor.tsx';
import { SpecialDayList } from '../../features/scheduling/components/rosters/special-day-list.tsx';
import { UndoBar } from '../../features/scheduling/components/undo-bar.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { serverNow } from '../../lib/clock.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { Action } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';
import desk from '../parts/roster-desk.module.css';

const route = getRouteApi('/signed-in/special-days');

export function SpecialDaysScreen() {
  return (
    <ForRole roles={['coordinator', 'admin']}>
      <SpecialDays />
    </ForRole>
  );
}

/** Public holidays of a year, and the orders that move days of rest. */
function SpecialDays() {
  const { t } = useLingui();
  const localText = useLocalText();
  const specialtyName = useSpecialtyName();
  const words = useDayWords();
  const today = localDate(new Date(serverNow()));
  const { year = Number(today.slice(0, 4)), edit, booked } = route.useSearch();
  const navigate = route.useNavigate();
  const first = `${year}-01-01` as typeof today;
  const { data, error, isPending, isFetching, refetch } = useSpecialDays(first, `${year}-12-31` as typeof today);
  const remove = useDeleteSpecialDay();
  const [removing, setRemoving] = useState<SpecialDay>();
  const [saved, setSaved] = useState<CalendarDate>();
  const lost = useBookedOnDay(removing?.day, { as: 'by_law' });
  const losing = removing === undefined ? 0 : (lost.data?.total ?? 0);
  usePageTitle(t`Holidays and working days`);
  const open = (panel: { edit?: string; booked?: typeof today }) => {
    setSaved(undefined);
    void navigate({ search: { year, ...panel } });
  };
  // An order that somebody took back while it was being changed stays open: what was typed is not lost.
  const changed = edit === undefined || edit === 'new' ? undefined : CalendarDate.safeParse(edit).data;
  const isOpen = edit === 'new' || changed !== undefined;
  const removingName = removing && `${words.day(removing.day)}, ${localText(removing.name)}`;
  // Said in the language of now, which may be another one since.
  const name = saved === undefined ? '' : words.day(saved);
  const go = (to: number) => void navigate({ search: { year: to } });
  return (
    <div className={classes(layout.page, desk.wide)}>
      <div className={classes(layout.row, layout.spread)}>
        <h1>
          <Trans>Holidays and working days, {year}</Trans>
        </h1>
        <div className={layout.row}>
          <Action onClick={() => go(year - 1)}>{year - 1}</Action>
          <Action onClick={() => go(year + 1)}>{year + 1}</Action>
          <Action icon={<IconPlus size={20} aria-hidden />} onClick={() => open({ edit: 'new' })}>
            <Trans>Enter an order</Trans>
          </Action>
        </div>
      </div>
      {saved !== undefined && (
        <Notice tone="well" isLive>
          <Trans>{name} is saved. The slots of everybody follow in the background.</Trans>
        </Notice>
      )}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={6} />}
      {data && (
        <div className={classes(desk.desk, (isOpen || booked !== undefined) && desk.withPanel)}>
          <div className={layout.card}>
            <SpecialDayList
              days={data}
              onChange={({ day }) => open({ edit: day })}
              onDelete={setRemoving}
              onBooked={({ day }) => open({ booked: day })}
            />
          </div>
          {booked !== undefined && !isOpen && (
            <BookedOnDay key={booked} day={booked} specialtyName={specialtyName} onClose={() => open({})} />
          )}
          {isOpen && (
            <SpecialDayEditor
              key={edit}
              changed={changed}
              find={(day) => data.find((special) => special.day === day)}
              onDone={(day, isBooked) => {
                open(isBooked ? { booked: day } : {});
                setSaved(day);
              }}
              onClose={() => open({})}
            />
          )}
        </div>
      )}
      <ConfirmDialog
        isOpen={removing !== undefined}
        title={<Trans>Take the order back?</Trans>}
        confirmLabel={<Trans>Take back</Trans>}
        isBusy={remove.isPending}
        onCancel={() => setRemoving(undefined)}
        onConfirm={() =>
          removing?.enteredAt &&
          remove.mutate(
            { params: { day: removing.day }, query: { seenAt: removing.enteredAt } },
            {
              onSuccess: () => {
                setRemoving(undefined);
                if (losing > 0) open({ booked: removing.day });
              },
            },
          )
        }
      >
        <p>
          <Trans>{removingName} is again what the law says. What is booked stays booked.</Trans>
        </p>
        {losing > 0 && (
          <p>
            <Plural
              value={losing}
              one="# patient is booked on that day and loses the slot."
              other="# patients are booked on that day and lose their slots."
            />{' '}
            <Trans>They are listed then, to be decided for one by one.</Trans>
          </p>
        )}
        {remove.error && <ProblemNotice error={remove.error} />}
      </ConfirmDialog>
      <UndoBar />
    </div>
  );
}
