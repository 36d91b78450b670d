import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { VoiceGrade } from '@jaqyn/shared/link-samples/voice-quality';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatNumber, formatTime } from '../../../lib/format.ts';
import { stepReasonWords, stepWords } from '../../../lib/step-words.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge, type StatusTone } from '../../../ui/status-badge.tsx';
import { useLinkSamples } from '../api/list-link-samples.ts';
import { type CallQuality, type EndQuality, qualityOf } from '../call-quality.ts';
import styles from './call-quality-panel.module.css';
import { CallQualityPlot } from './call-quality-plot.tsx';

const gradeWords: Record<VoiceGrade, { readonly tone: StatusTone; readonly label: MessageDescriptor }> = {
  good: { tone: 'well', label: msg`Well understood` },
  fair: { tone: 'heed', label: msg`Understood with effort` },
  poor: { tone: 'act-now', label: msg`Hard to understand` },
};

/** How the call was at both ends: a word, a line over time, the steps of the picture, and the numbers. */
export function CallQualityPanel({ requestId }: { requestId: RequestId }) {
  const { data, error, isPending, isFetching, refetch } = useLinkSamples(requestId);
  if (isPending) return <Skeleton lines={4} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  const quality = qualityOf(data);
  if (quality === undefined) {
    return (
      <p className="quiet">
        <Trans>No call was measured yet. The first figures come ten seconds after it begins.</Trans>
      </p>
    );
  }
  return (
    <div className={styles.panel}>
      {quality.ends.map((end) => (
        <End key={end.side} end={end} quality={quality} />
      ))}
      <p className="quiet">
        <Trans>
          Estimated from delay and losses every ten seconds (ITU-T G.107). It compares links; it does not show what
          somebody heard.
        </Trans>
      </p>
    </div>
  );
}

function End({ end, quality }: { end: EndQuality; quality: CallQuality }) {
  const { t } = useLingui();
  const { grade, opinion, sentBps, receivedBps, concealedPercent, frozenSeconds } = end;
  const score = opinion === undefined ? '' : formatNumber(opinion, 1);
  const kilobits = (bps: number) => formatNumber(Math.round(bps / 1000));
  const [sent, received] = [kilobits(sentBps), kilobits(receivedBps)];
  const share = concealedPercent === undefined ? '–' : formatNumber(concealedPercent, 1);
  const frozen = formatNumber(Math.round(frozenSeconds));
  return (
    <section className={styles.end}>
      <h3 className={styles.heading}>
        {end.side === 'station' ? <Trans>Heard at the station</Trans> : <Trans>Heard by the specialist</Trans>}
        {grade !== undefined && <StatusBadge tone={gradeWords[grade].tone}>{t(gradeWords[grade].label)}</StatusBadge>}
        {grade !== undefined && (
          <span className={styles.score}>
            <Trans>{score} of 4.5</Trans>
          </span>
        )}
      </h3>
      <CallQualityPlot end={end} from={quality.from} to={quality.to} />
      <dl className={styles.numbers}>
        <div>
          <dt>
            <Trans>Sent</Trans>
          </dt>
          <dd>
            <Trans>{sent} kbit/s</Trans>
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Received</Trans>
          </dt>
          <dd>
            <Trans>{received} kbit/s</Trans>
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Sound made up</Trans>
          </dt>
          <dd>{share} %</dd>
        </div>
        <div>
          <dt>
            <Trans>Picture frozen</Trans>
          </dt>
          <dd>
            <Trans>{frozen} s</Trans>
          </dd>
        </div>
      </dl>
      {end.steps.length > 0 && (
        <ul className={styles.steps} aria-label={t`Picture sent from there`}>
          {end.steps.map(({ from, to, step, why }) => (
            <li key={from}>
              {formatTime(new Date(from).toISOString())}–{formatTime(new Date(to).toISOString())} {t(stepWords[step])}
              {why !== null && ` (${t(stepReasonWords[why])})`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
