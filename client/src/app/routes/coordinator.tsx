import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useConsultationPages } from '../../features/consultations/api/list-consultations.ts';
import { ConsultationBoard } from '../../features/consultations/components/consultation-board.tsx';
import { MoreConsultations } from '../../features/consultations/components/more-consultations.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { OnCallRoster } from '../../features/staff/components/on-call-roster.tsx';
import { ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';

export function CoordinatorScreen() {
  return (
    <ForRole roles={['coordinator']}>
      <Coordination />
    </ForRole>
  );
}

/** What waits for the coordinator leads to where it is decided. */
function Next({ consultation: { id, status, isPlanned, isWritten } }: { consultation: Consultation }) {
  if (status === 'accepted' || status === 'waitlisted' || (status === 'in_triage' && isPlanned && !isWritten)) {
    return (
      <ActionLink to="/schedule/requests/$requestId" params={{ requestId: id }}>
        <Trans>Find a time</Trans>
      </ActionLink>
    );
  }
  if (status !== 'in_triage' && status !== 'redirected') return null;
  return (
    <ActionLink to="/triage">
      <Trans>To the inbox</Trans>
    </ActionLink>
  );
}

/** The coordinator's start: what is open anywhere, and who is on call today. */
function Coordination() {
  const { t } = useLingui();
  const specialtyName = useSpecialtyName();
  const open = useConsultationPages('open');
  const { data, error, isPending, isFetching, refetch } = open;
  const all = data?.consultations;
  const total = data?.total ?? all?.length ?? 0;
  usePageTitle(t`Open consultations`, total);
  return (
    <div className={layout.page}>
      <h1>
        <Trans>Open consultations</Trans>
      </h1>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={5} />}
      {all && all.length > 0 && (
        <ConsultationBoard
          consultations={all}
          total={total}
          specialtyName={specialtyName}
          renderNext={(one) => <Next consultation={one} />}
        />
      )}
      <MoreConsultations of={open} />
      {all && all.length === 0 && (
        <EmptyState
          title={<Trans>Nothing is open</Trans>}
          why={
            <Trans>
              No station is calling and no conclusion is being waited for. A new request appears here by itself.
            </Trans>
          }
          action={
            <ActionLink to="." hash="roster">
              <Trans>See who is on call</Trans>
            </ActionLink>
          }
        />
      )}
      <section className={classes(layout.stack, layout.tight)} aria-labelledby="roster">
        <h2 id="roster">
          <Trans>On call today</Trans>
        </h2>
        <OnCallRoster />
      </section>
    </div>
  );
}
