import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { formatDateTime } from '../../../lib/format.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useHealth } from '../api/get-health.ts';
import styles from './health-summary.module.css';

const databaseWords = {
  ok: msg`works`,
  failing: msg`fails`,
  damaged: msg`damaged: restore a backup`,
} as const;

/** The server as it says of itself: can it take consults, with which parts, since when. */
export function HealthSummary() {
  const { t } = useLingui();
  const { data, error, isPending, isFetching, refetch } = useHealth();
  if (isPending) return <Skeleton lines={2} />;
  return (
    <>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {data && (
        <dl className={styles.facts}>
          <Fact label={t`Server`}>
            <StatusBadge tone={data.status === 'ok' ? 'well' : 'heed'}>
              {data.status === 'ok' ? <Trans>takes consultations</Trans> : <Trans>works with limits</Trans>}
            </StatusBadge>
          </Fact>
          <Fact label={t`Database`}>
            <StatusBadge tone={data.database === 'ok' ? 'well' : 'act-now'}>
              {t(databaseWords[data.database])}
            </StatusBadge>
          </Fact>
          <Fact label={t`Database read through`}>
            {data.databaseCheckedAt === null ? (
              <Trans>not yet since the start</Trans>
            ) : (
              formatDateTime(data.databaseCheckedAt)
            )}
          </Fact>
          <Fact label={t`Media workers`}>
            <Workers running={data.workers.running} wanted={data.workers.wanted} />
          </Fact>
          <Fact label={t`Running for`}>
            <Uptime seconds={data.uptimeSeconds} />
          </Fact>
          <Fact label={t`Version`}>{data.version}</Fact>
          <Fact label={t`Data`}>{data.isDemo ? <Trans>demo, made-up people</Trans> : <Trans>real</Trans>}</Fact>
        </dl>
      )}
    </>
  );
}

function Workers({ running, wanted }: { running: number; wanted: number }) {
  const tone = running === wanted ? 'well' : running > 0 ? 'heed' : 'act-now';
  return (
    <StatusBadge tone={tone}>
      <Trans>
        {running} of {wanted}
      </Trans>
    </StatusBadge>
  );
}

function Uptime({ seconds }: { seconds: number }) {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const rest = hours < 24 ? minutes % 60 : hours % 24;
  if (minutes < 1) return <Trans>under 1 min</Trans>;
  if (hours < 1) return <Trans>{minutes} min</Trans>;
  if (days < 1) {
    return (
      <Trans>
        {hours} h {rest} min
      </Trans>
    );
  }
  return (
    <Trans>
      {days} d {rest} h
    </Trans>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
