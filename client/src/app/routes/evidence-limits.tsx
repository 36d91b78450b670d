import { localDate } from '@jaqyn/shared/kernel/time';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEvidenceLimits } from '../../features/evidence/api/list-evidence-limits.ts';
import { EvidenceLimitEditions } from '../../features/evidence/components/evidence-limit-editions.tsx';
import { EvidenceLimitsEditor } from '../../features/evidence/components/evidence-limits-editor.tsx';
import { RuleWeights } from '../../features/evidence/components/rule-weights.tsx';
import { serverNow } from '../../lib/clock.ts';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';

export function EvidenceLimitsScreen() {
  return (
    <ForRole roles={['admin']}>
      <Limits />
    </ForRole>
  );
}

/** By what a consult is judged payable: orders change it, and whoever is judged can read by what. */
function Limits() {
  const { t } = useLingui();
  const { data, error, isPending, isFetching, refetch } = useEvidenceLimits();
  const today = localDate(new Date(serverNow()));
  usePageTitle(t`Limits of a payable consult`);
  return (
    <div className={classes(layout.page, layout.narrow)}>
      <h1>
        <Trans>Limits of a payable consult</Trans>
      </h1>
      <p>
        <Trans>
          Whether a consult is payable, the server computes from what it measured itself. Here stands how much is
          enough; every edition is kept, and each consult names the one it was judged by.
        </Trans>
      </p>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {isPending && <Skeleton lines={6} />}
      {data && <EvidenceLimitsEditor stored={data} today={today} />}
      {data && <EvidenceLimitEditions editions={data.editions} />}
      <RuleWeights />
    </div>
  );
}
