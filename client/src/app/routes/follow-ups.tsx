import type { CareTask } from '@jaqyn/shared/consultations/care-plan.contract';
import { localDate } from '@jaqyn/shared/kernel/time';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { useCareTaskPages } from '../../features/care-plans/api/list-care-task-pages.ts';
import { CareTaskList } from '../../features/care-plans/components/care-task-list.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useNowSeconds } from '../../lib/clock.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { Action, ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { homeOf } from '../home-of.ts';
import { OblastFilter } from '../parts/filters.tsx';
import { ForRole } from '../parts/for-role.tsx';

const route = getRouteApi('/signed-in/follow-ups');

export function FollowUpsScreen() {
  return (
    <ForRole roles={['feldsher', 'coordinator']}>
      <FollowUps />
    </ForRole>
  );
}

function linkToConclusion({ requestId }: CareTask) {
  return (
    <ActionLink to="/requests/$requestId/result" params={{ requestId }} tone="quiet">
      <Trans>Conclusion</Trans>
    </ActionLink>
  );
}

/** What is to be done for patients after their consults: of the station, or of all that a coordinator looks after. */
function FollowUps() {
  const { t } = useLingui();
  const { role } = useCurrentUser();
  const { status = 'open', region } = route.useSearch();
  const navigate = route.useNavigate();
  const specialtyName = useSpecialtyName();
  const today = localDate(new Date(useNowSeconds() * 1000));
  const pages = useCareTaskPages(status, region);
  const { data, error, isPending, isFetching, refetch } = pages;
  const { overdue = 0, dueToday = 0 } = data ?? {};
  const show = (next: 'open' | 'done') =>
    void navigate({ search: (before) => ({ ...before, status: next === 'open' ? undefined : next }) });
  usePageTitle(t`To be done for patients`, overdue + dueToday);
  return (
    <div className={layout.page}>
      <h1>
        <Trans>To be done for patients</Trans>
      </h1>
      <div className={classes(layout.row, 'no-print')}>
        <Action aria-pressed={status === 'open'} onClick={() => show('open')}>
          <Trans>Open</Trans>
        </Action>
        <Action aria-pressed={status === 'done'} onClick={() => show('done')}>
          <Trans>Done</Trans>
        </Action>
        {/* Not counted is not none. */}
        {status === 'open' && data && (
          <>
            <StatusBadge tone={overdue > 0 ? 'act-now' : 'quiet'}>
              <Trans>overdue: {overdue}</Trans>
            </StatusBadge>
            <StatusBadge tone={dueToday > 0 ? 'heed' : 'quiet'}>
              <Trans>today: {dueToday}</Trans>
            </StatusBadge>
          </>
        )}
      </div>
      {role === 'coordinator' && (
        <search className={classes(layout.fields, 'no-print')}>
          <OblastFilter
            value={region}
            onChange={(chosen) => void navigate({ search: (before) => ({ ...before, region: chosen }) })}
          />
        </search>
      )}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={6} />}
      {data?.tasks.length === 0 && (
        <EmptyState
          title={status === 'open' ? <Trans>Nothing is left to be done</Trans> : <Trans>Nothing was done yet</Trans>}
          why={
            <Trans>
              Follow-up visits and what patients cannot do come here by themselves when a conclusion is read to the
              patient.
            </Trans>
          }
          action={
            <ActionLink to={homeOf(role)}>
              <Trans>Start page</Trans>
            </ActionLink>
          }
        />
      )}
      {data !== undefined && data.tasks.length > 0 && (
        <CareTaskList
          tasks={data.tasks}
          today={today}
          hasStation={role === 'coordinator'}
          specialtyName={specialtyName}
          {...(role === 'feldsher' && { linkOf: linkToConclusion })}
        />
      )}
      {data && (
        <ShowMore
          shown={data.tasks.length}
          total={data.total}
          hasMore={pages.hasNextPage}
          isBusy={pages.isFetchingNextPage}
          onMore={() => void pages.fetchNextPage()}
        />
      )}
    </div>
  );
}
