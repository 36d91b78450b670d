import type { Evidence } from '@jaqyn/shared/evidence/evidence.contract';
import type { Judgement } from '@jaqyn/shared/evidence/judgement';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatCalendarDate, formatDateTime, formatDuration } from '../../../lib/format.ts';
import { sideWords } from '../../../lib/side-words.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useEvidence } from '../api/get-evidence.ts';
import { outcomeWords, ruleWords, verdictWords } from '../evidence-words.ts';
import styles from './evidence-panel.module.css';
import { EvidencePlot } from './evidence-plot.tsx';
import { SaidByPatient } from './patient-confirmation.tsx';

/** What the media server measured of a consult, as a plot with the numbers behind it, and what the rules make of it. */
export function EvidencePanel({ requestId }: { requestId: RequestId }) {
  const { data, error, isPending, isFetching, refetch } = useEvidence(requestId);
  if (isPending) return <Skeleton lines={4} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  const { evidence, signedSha256, judgement, confirmation } = data;
  return (
    <div className={styles.panel}>
      <EvidencePlot evidence={evidence} />
      {evidence.participants.length > 0 && <Numbers evidence={evidence} />}
      {evidence.licence && <LicenceOf licence={evidence.licence} />}
      <Rules judgement={judgement} />
      {confirmation && <SaidByPatient said={confirmation} />}
      {signedSha256 === null ? (
        <p className="quiet">
          <Trans>Not signed yet: the measure still changes while the call goes on.</Trans>
        </p>
      ) : (
        <p className={styles.hash}>SHA-256 {signedSha256}</p>
      )}
      <p className="quiet">
        <Trans>
          This shows that two signed-in devices exchanged sound and picture through the server. It does not show what
          was said.
        </Trans>
      </p>
    </div>
  );
}

function Numbers({ evidence }: { evidence: Evidence }) {
  const { t } = useLingui();
  const seconds = (direction: 'from' | 'to', kind: 'audio' | 'video', participant: Evidence['participants'][number]) =>
    formatDuration(
      participant.tracks
        .filter((track) => track.direction === direction && track.kind === kind)
        .reduce((longest, track) => Math.max(longest, track.seconds), 0),
    );
  const [together, heard, voice] = [evidence.together, evidence.twoWayAudio, evidence.voiceOnly].map(formatDuration);
  return (
    <>
      <p>
        <Trans>
          Together {together}, both heard {heard}, of that by voice alone {voice}
        </Trans>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys, too */}
      <section className={styles.scroll} tabIndex={0} aria-label={t`Measured times`}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Side</Trans>
              </th>
              <th scope="col">
                <Trans>Voice sent</Trans>
              </th>
              <th scope="col">
                <Trans>Voice received</Trans>
              </th>
              <th scope="col">
                <Trans>Picture sent</Trans>
              </th>
              <th scope="col">
                <Trans>Picture received</Trans>
              </th>
              <th scope="col">
                <Trans>Reconnections</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {evidence.participants.map((participant) => (
              <tr key={`${participant.side} ${participant.userId}`}>
                <th scope="row">{t(sideWords[participant.side])}</th>
                <td>{seconds('from', 'audio', participant)}</td>
                <td>{seconds('to', 'audio', participant)}</td>
                <td>{seconds('from', 'video', participant)}</td>
                <td>{seconds('to', 'video', participant)}</td>
                <td>{participant.reconnections}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function LicenceOf({ licence }: { licence: NonNullable<Evidence['licence']> }) {
  const { number, issuer, validFrom, validTo } = licence;
  const [from, to] = [formatCalendarDate(validFrom), formatCalendarDate(validTo)];
  return (
    <p>
      <Trans>
        The specialist's licence: {number}, {issuer}, from {from} to {to}
      </Trans>
    </p>
  );
}

function Rules({ judgement }: { judgement: Judgement }) {
  const { t } = useLingui();
  const words = verdictWords[judgement.verdict];
  const { score, limitsFrom } = judgement;
  const from = limitsFrom === '' ? '' : formatDateTime(limitsFrom);
  return (
    <section className={styles.rules}>
      <p className={styles.verdict}>
        <StatusBadge tone={words.tone}>{t(words.label)}</StatusBadge>
        <Trans>{score} of 100</Trans>
      </p>
      {from !== '' && (
        <p className="quiet">
          <Trans>Judged by the limits in force from {from}</Trans>
        </p>
      )}
      <ul className={styles.list}>
        {judgement.rules.map(({ rule, outcome, found, limit }) => (
          <li key={rule} className={styles.rule}>
            <span>
              {t(ruleWords[rule])}
              {found !== null && limit !== null && ` (${formatDuration(found)} / ${formatDuration(limit)})`}
            </span>
            <StatusBadge tone={outcomeWords[outcome].tone}>{t(outcomeWords[outcome].label)}</StatusBadge>
          </li>
        ))}
      </ul>
    </section>
  );
}
