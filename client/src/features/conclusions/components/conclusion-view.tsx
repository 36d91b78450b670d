import type { ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { formatCalendarDate } from '../../../lib/format.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import styles from './conclusion-view.module.css';

/** A conclusion to be read, aloud or on paper: what to do comes large, what is empty is left out. */
export function ConclusionView({ content }: { content: ConclusionContent }) {
  const { diagnosis, followUpDate } = content;
  const recommendations = content.recommendations.filter((item) => item.trim() !== '');
  return (
    <div className={styles.view}>
      <Part title={<Trans>Diagnosis</Trans>}>
        <p className={styles.diagnosis}>
          {diagnosis.code !== '' && <span className="nowrap">{diagnosis.code} </span>}
          {diagnosis.text}
        </p>
        {(diagnosis.others ?? []).map((other, at) => (
          <p key={at}>
            {other.kind === 'complication' ? <Trans>Complication</Trans> : <Trans>Concomitant</Trans>}:{' '}
            {other.code !== '' && <span className="nowrap">{other.code} </span>}
            {other.text}
          </p>
        ))}
        <div>
          <StatusBadge tone={diagnosis.certainty === 'final' ? 'well' : 'accent'}>
            {diagnosis.certainty === 'final' ? <Trans>final</Trans> : <Trans>preliminary</Trans>}
          </StatusBadge>
        </div>
      </Part>
      {recommendations.length > 0 && (
        <Part title={<Trans>Recommendations</Trans>}>
          <ol className={styles.recommendations}>
            {recommendations.map((item, at) => (
              // Signed text does not change its order.
              <li key={at}>{item}</li>
            ))}
          </ol>
        </Part>
      )}
      <TextPart title={<Trans>Medicines</Trans>} text={content.medicines} />
      <TextPart title={<Trans>Findings</Trans>} text={content.findings} />
      <TextPart title={<Trans>Further tests</Trans>} text={content.furtherTests} />
      <TextPart title={<Trans>Referral</Trans>} text={content.referral} />
      {followUpDate !== null && (
        <Part title={<Trans>Follow-up visit</Trans>}>
          <p className={styles.diagnosis}>{formatCalendarDate(followUpDate)}</p>
        </Part>
      )}
      <TextPart title={<Trans>What could not be examined remotely</Trans>} text={content.limits} />
    </div>
  );
}

function TextPart({ title, text }: { title: ReactNode; text: string }) {
  if (text.trim() === '') return null;
  return (
    <Part title={title}>
      <p className={styles.text}>{text}</p>
    </Part>
  );
}

function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
