import { Trans, useLingui } from '@lingui/react/macro';
import { IconClockExclamation } from '@tabler/icons-react';
import { useLadders } from '../../features/ladders/api/list-ladders.ts';
import { LadderEditor } from '../../features/ladders/components/ladder-editor.tsx';
import { ActionLink } from '../../ui/action.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';
import { useTriageChoices } from '../parts/triage-choices.ts';

export function LaddersScreen() {
  return (
    <ForRole roles={['coordinator', 'admin']}>
      <Ladders />
    </ForRole>
  );
}

/** Who is called when a station calls, place by place. */
function Ladders() {
  const { t } = useLingui();
  const choices = useTriageChoices();
  const { data, error, isPending, isFetching, refetch } = useLadders();
  usePageTitle(t`Escalation ladders`);
  return (
    <div className={layout.page}>
      <div className={`${layout.row} ${layout.spread}`}>
        <h1>
          <Trans>Escalation ladders</Trans>
        </h1>
        <ActionLink to="/waiting-limits" icon={<IconClockExclamation size={20} aria-hidden />}>
          <Trans>Limits of waiting</Trans>
        </ActionLink>
      </div>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={5} />}
      {data && choices.specialties.length > 0 && (
        <LadderEditor ladders={data} specialties={choices.specialties} regions={choices.regions} />
      )}
    </div>
  );
}
