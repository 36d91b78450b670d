import type { StationId } from '@jaqyn/shared/kernel/ids';
import type { DiaryCall, StoredLinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useNowSeconds } from '../../../lib/clock.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { stepWords } from '../../../lib/step-words.ts';
import { wayWords } from '../../../lib/way-words.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useLinkChecks } from '../api/list-link-checks.ts';
import { gradeWords } from '../grade-words.ts';
import styles from './network-diary.module.css';
import { NetworkPlot } from './network-plot.tsx';

const SPANS = [7, 14, 30, 90] as const;

/** How the link was on the days before: every check and every call, as a plot with its table. Without a station one's own. */
export function NetworkDiary({ stationId }: { stationId?: StationId | undefined }) {
  const { t } = useLingui();
  const [days, setDays] = useState<number>(14);
  const { data, error, isPending, isFetching, refetch } = useLinkChecks(days, stationId);
  const now = useNowSeconds();
  return (
    <section className={styles.diary} aria-labelledby="network-diary">
      <div className={styles.heading}>
        <h2 id="network-diary">
          <Trans>Network diary</Trans>
        </h2>
        <label className={styles.span}>
          <Trans>Days</Trans>
          <select className={styles.select} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {SPANS.map((span) => (
              <option key={span} value={span}>
                {span}
              </option>
            ))}
          </select>
        </label>
      </div>
      {isPending && <Skeleton lines={5} />}
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {data && data.checks.length + data.calls.length === 0 && (
        <p className="quiet">
          <Trans>Nothing was measured in these days. Each check and each call leaves a mark here.</Trans>
        </p>
      )}
      {data && data.checks.length + data.calls.length > 0 && (
        <>
          <NetworkPlot checks={data.checks} calls={data.calls} from={(now - days * 86_400) * 1000} to={now * 1000} />
          <div className={styles.scroll} tabIndex={0} role="region" aria-label={t`Table of the network diary`}>
            <DiaryTable checks={data.checks} calls={data.calls} />
          </div>
        </>
      )}
    </section>
  );
}

type Row = { readonly at: string; readonly check?: StoredLinkCheck; readonly call?: DiaryCall };

function DiaryTable({ checks, calls }: { checks: readonly StoredLinkCheck[]; calls: readonly DiaryCall[] }) {
  const { t } = useLingui();
  const rows: Row[] = [
    ...checks.map((check) => ({ at: check.at, check })),
    ...calls.map((call) => ({ at: call.at, call })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>When</Trans>
          </th>
          <th scope="col">
            <Trans>Check or call</Trans>
          </th>
          <th scope="col">
            <Trans>Sent, kbit/s</Trans>
          </th>
          <th scope="col">
            <Trans>Received, kbit/s</Trans>
          </th>
          <th scope="col">
            <Trans>There and back, ms</Trans>
          </th>
          <th scope="col">
            <Trans>Sound made up</Trans>
          </th>
          <th scope="col">
            <Trans>Picture</Trans>
          </th>
          <th scope="col">
            <Trans>Way out</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, check, call }) => {
          const { sentBps, receivedBps, rttMs, concealedPercent } = (check ?? call) as StoredLinkCheck | DiaryCall;
          return (
            <tr key={check?.id ?? call?.requestId}>
              <th scope="row">{formatDateTime(at)}</th>
              <td>{check ? <Grade check={check} /> : call && <CallWords minutes={call.minutes} />}</td>
              <td>{kilobits(sentBps)}</td>
              <td>{kilobits(receivedBps)}</td>
              <td>{rttMs === null ? '–' : formatNumber(Math.round(rttMs))}</td>
              <td>{concealedPercent === null ? '–' : `${formatNumber(concealedPercent, 1)} %`}</td>
              <td>{check?.step ? t(stepWords[check.step]) : '–'}</td>
              <td>{check?.way ? t(wayWords[check.way]) : '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Grade({ check: { grade } }: { check: StoredLinkCheck }) {
  const { t } = useLingui();
  const { tone, label } = gradeWords[grade];
  return <StatusBadge tone={tone}>{t(label)}</StatusBadge>;
}

function CallWords({ minutes }: { minutes: number }) {
  const length = formatNumber(Math.max(1, Math.round(minutes)));
  return <Trans>Call of {length} min</Trans>;
}

function kilobits(bps: number | null): string {
  return bps === null ? '–' : formatNumber(Math.round(bps / 1000));
}
