import { Trans, useLingui } from '@lingui/react/macro';
import { useWaitingLimits } from '../../features/consultations/api/list-waiting-limits.ts';
import { LimitsEditor } from '../../features/consultations/components/limits-editor.tsx';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';

export function WaitingLimitsScreen() {
  return (
    <ForRole roles={['coordinator', 'admin']}>
      <Limits />
    </ForRole>
  );
}

/** How long anybody may wait before a clock turns amber and red. */
function Limits() {
  const { t } = useLingui();
  const { data, error, isPending, isFetching, refetch } = useWaitingLimits();
  usePageTitle(t`Limits of waiting`);
  return (
    <div className={classes(layout.page, layout.narrow)}>
      <h1>
        <Trans>Limits of waiting</Trans>
      </h1>
      <p>
        <Trans>Every clock counts on until somebody has acted; it stands only while the station is asked.</Trans>
      </p>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={5} />}
      {data && <LimitsEditor stored={data} />}
    </div>
  );
}
