import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconAlertOctagon, IconPhoneCall } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useConsultationPages } from '../../features/consultations/api/list-consultations.ts';
import { ConsultationRow } from '../../features/consultations/components/consultation-row.tsx';
import { RecentPatients } from '../../features/patients/components/recent-patients.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { Action, PrimaryActionLink } from '../../ui/action.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEnterCall } from '../parts/use-enter-call.ts';
import styles from './home.module.css';

// Not needed to call somebody: fetched beside the first screen.
const TodayPanel = lazy(async () => ({
  default: (await import('../../features/scheduling/today/today-panel.tsx')).TodayPanel,
}));

const DueTasks = lazy(async () => ({
  default: (await import('../../features/care-plans/components/due-tasks.tsx')).DueTasks,
}));

const RequestDrafts = lazy(async () => ({
  default: (await import('../../features/consultations/components/request-drafts.tsx')).RequestDrafts,
}));

const DeclinedList = lazy(async () => ({
  default: (await import('../../features/consultations/components/declined-list.tsx')).DeclinedList,
}));

const LastLinkCheck = lazy(async () => ({
  default: (await import('../parts/last-link-check.tsx')).LastLinkCheck,
}));

/** What has a time, or waits for one, stands in the agenda; what is to be done after a consult, in its own list. */
const ELSEWHERE = ['booked', 'checked_in', 'waitlisted', 'follow_up_open'] as const;

/** A station that has more than a page of these; what other screens say there is not worth a first load. */
function More({ of: pages }: { of: ReturnType<typeof useConsultationPages> }) {
  if (!pages.hasNextPage) return null;
  return (
    <Action isBusy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      <Trans>Show more</Trans>
    </Action>
  );
}

/** The feldsher's day: one large button, then what waits for somebody. */
export function HomeScreen() {
  const { t } = useLingui();
  const open = useConsultationPages('open');
  const unread = useConsultationPages('unread');
  const results = unread.data?.consultations;
  const specialtyName = useSpecialtyName();
  const navigate = useNavigate();
  const enter = useEnterCall();
  const unreadCount = unread.data?.total ?? results?.length ?? 0;
  usePageTitle(t`Start`, unreadCount);
  // A signed conclusion stands in its own list, first.
  const waiting = open.data?.consultations
    .filter((one) => !results?.some(({ id }) => id === one.id) && !isIn(one.status, ELSEWHERE))
    // What this station is asked comes before everything that others do.
    .sort((a, b) => Number(b.status === 'info_requested') - Number(a.status === 'info_requested'));

  const problem = open.isError && (
    <ProblemNotice error={open.error} onRetry={() => void open.refetch()} isRetrying={open.isFetching} />
  );
  // Neither list ever came: said once, not by each. What is only on this device stays.
  const isAway = problem && unread.isError && !open.data && !results;

  return (
    <div className={layout.page}>
      <h1 className="visually-hidden">
        <Trans>Start</Trans>
      </h1>
      <div className={styles.calls}>
        <PrimaryActionLink to="/requests/new" size="grand" icon={<IconPhoneCall size={40} aria-hidden />}>
          <Trans>Call a specialist now</Trans>
        </PrimaryActionLink>
        <PrimaryActionLink
          to="/requests/new"
          search={{ emergency: true }}
          size="grand"
          tone="act-now"
          icon={<IconAlertOctagon size={36} aria-hidden />}
        >
          <Trans>Emergency</Trans>
        </PrimaryActionLink>
      </div>

      {isAway && problem}
      <div className={styles.columns}>
        <div className={layout.stack}>
          {!isAway && (
            <>
              {unreadCount > 0 && (
                <section className={styles.section} aria-labelledby="results">
                  <div className={styles.heading}>
                    <h2 id="results">
                      <Trans>Results to read</Trans>
                    </h2>
                    <span className={styles.count}>{unreadCount}</span>
                  </div>
                  <ul className={layout.list}>
                    {results?.map((one) => (
                      <li key={one.id}>
                        <ConsultationRow consultation={one} specialtyName={specialtyName(one.specialty)} />
                      </li>
                    ))}
                  </ul>
                  <More of={unread} />
                </section>
              )}
              <Suspense fallback={<Skeleton lines={3} />}>
                <TodayPanel
                  viewer="feldsher"
                  specialtyName={specialtyName}
                  onEnter={enter}
                  onBook={(requestId) => void navigate({ to: '/requests/$requestId/plan', params: { requestId } })}
                />
              </Suspense>
              <Suspense fallback={null}>
                <DueTasks specialtyName={specialtyName} />
              </Suspense>
              <section className={styles.section} aria-labelledby="open">
                <div className={styles.heading}>
                  <h2 id="open">
                    <Trans>Open requests</Trans>
                  </h2>
                </div>
                {problem}
                {open.isPending && <Skeleton lines={2} />}
                {waiting?.length === 0 && (
                  <EmptyState
                    title={<Trans>Nobody is waiting</Trans>}
                    why={<Trans>Every request has its answer. A new one appears here as soon as you call.</Trans>}
                  />
                )}
                <ul className={layout.list}>
                  {waiting?.map((one) => (
                    <li key={one.id}>
                      <ConsultationRow consultation={one} specialtyName={specialtyName(one.specialty)} />
                    </li>
                  ))}
                </ul>
                <More of={open} />
              </section>
              <Suspense fallback={null}>
                <DeclinedList specialtyName={specialtyName} />
              </Suspense>
            </>
          )}
          <Suspense fallback={null}>
            <RequestDrafts specialtyName={specialtyName} />
          </Suspense>
        </div>
        {!isAway && (
          <section className={styles.section} aria-labelledby="recent">
            <div className={styles.heading}>
              <h2 id="recent">
                <Trans>Recent patients</Trans>
              </h2>
            </div>
            <RecentPatients />
            <Suspense fallback={null}>
              <LastLinkCheck />
            </Suspense>
          </section>
        )}
      </div>
    </div>
  );
}
