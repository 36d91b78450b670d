import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useConsultationPages } from '../../features/consultations/api/list-consultations.ts';
import { MoreConsultations } from '../../features/consultations/components/more-consultations.tsx';
import { TriageInbox } from '../../features/consultations/components/triage/triage-inbox.tsx';
import { byUrgency } from '../../features/consultations/worklist.ts';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { ActionLink } from '../../ui/action.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';
import { useTriageChoices } from '../parts/triage-choices.ts';

export function TriageScreen() {
  return (
    <ForRole roles={['coordinator']}>
      <Triage />
    </ForRole>
  );
}

const TO_SORT = ['in_triage', 'redirected'] as const;

/** The coordinator's inbox: what waits to be sorted, the most urgent first, then who waits longest. */
function Triage() {
  const { t } = useLingui();
  const specialtyName = useSpecialtyName();
  const choices = useTriageChoices();
  const pages = useConsultationPages('to_sort');
  const { data, error, isPending, isFetching, refetch } = pages;
  const waiting = data?.consultations.filter(({ status }) => isIn(status, TO_SORT)).sort(byUrgency);
  const asked = data?.consultations.filter(({ status }) => status === 'info_requested').length ?? 0;
  const count = waiting?.length ?? 0;
  usePageTitle(t`Inbox`, count);
  return (
    <div className={layout.page}>
      <h1>
        <Trans>Inbox</Trans> {count > 0 && <span className="quiet">{count}</span>}
      </h1>
      {asked > 0 && (
        <p className="quiet">
          <Trans>Asked, and the station has not answered yet: {asked}</Trans>
        </p>
      )}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={5} />}
      {waiting && waiting.length === 0 && (
        <EmptyState
          title={<Trans>Nothing is to be sorted</Trans>}
          why={<Trans>A new request appears here by itself.</Trans>}
          action={
            <ActionLink to="/coordinator">
              <Trans>See what is open</Trans>
            </ActionLink>
          }
        />
      )}
      {waiting && (
        <TriageInbox
          consultations={waiting}
          specialties={choices.specialties}
          regions={choices.regions}
          specialtyName={specialtyName}
          renderBooked={() => (
            <ActionLink to="/schedule" icon={<IconCalendarPlus size={20} aria-hidden />}>
              <Trans>Find a time on the board</Trans>
            </ActionLink>
          )}
        />
      )}
      <MoreConsultations of={pages} />
    </div>
  );
}
