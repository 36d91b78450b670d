import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { formatAge, formatShortName } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { classes } from '../../../ui/classes.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { statusWords, urgencyWords } from '../consultation-words.ts';
import styles from './brief.module.css';
import { CompletenessNote } from './completeness-note.tsx';
import { DangerNote } from './danger-note.tsx';
import { VitalStrip } from './vital-strip.tsx';
import { useWaitTone, WaitTime } from './wait-time.tsx';

interface BriefProps {
  readonly consultation: Consultation;
  readonly isRinging?: boolean;
  /** One's own: the name, and the state in words, which the section does not say already. */
  readonly isMine?: boolean;
  readonly actions: ReactNode;
}

/** Read in 20 seconds: how long, how urgent, from where, who, why, what was measured, what is not known. */
export function Brief({ consultation, isRinging = false, isMine = false, actions }: BriefProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const tone = useWaitTone(consultation);
  const { patient, urgency, status, station, reason, number } = consultation;
  const urgencyWord = urgencyWords[urgency];
  const statusWord = statusWords[status];
  const sex = patient?.sex === 'male' ? t`male` : t`female`;
  const who = patient ? `${sex}, ${formatAge(patient.birthDate)}` : t`Patient not chosen yet`;
  return (
    <article
      className={classes(styles.brief, isRinging ? styles.ringing : tone && styles[tone])}
      aria-labelledby={`brief-${consultation.id}`}
    >
      <div className={styles.head}>
        <WaitTime consultation={consultation} />
        <StatusBadge tone={urgencyWord.tone}>{t(urgencyWord.label)}</StatusBadge>
        {isMine && <StatusBadge tone={statusWord.tone}>{t(statusWord.label)}</StatusBadge>}
        <span className={styles.number}>{number}</span>
      </div>
      <h3 id={`brief-${consultation.id}`} className={styles.title}>
        {[isMine && patient && formatShortName(patient), localText(station.settlement), who]
          .filter(Boolean)
          .join(' · ')}
      </h3>
      <p className={styles.reason}>{reason}</p>
      {consultation.preliminaryCode !== undefined && (
        <p className="quiet">
          <Trans>Preliminary diagnosis</Trans>: {consultation.preliminaryCode}
        </p>
      )}
      {patient && <AllergyLine allergies={patient.allergies} />}
      {consultation.card?.dangerCheck && <DangerNote check={consultation.card.dangerCheck} />}
      <VitalStrip observations={consultation.observations} birthDate={patient?.birthDate} />
      <CompletenessNote consultation={consultation} />
      <div className={styles.actions}>{actions}</div>
    </article>
  );
}

/** Always in view, in words: none, not asked, or what to. */
function AllergyLine({ allergies }: { allergies: string | null }) {
  if (allergies === null) {
    return (
      <p className={styles.unknown}>
        <Trans>Allergies: not asked yet</Trans>
      </p>
    );
  }
  if (allergies === '') {
    return (
      <p className="quiet">
        <Trans>Allergies: none known</Trans>
      </p>
    );
  }
  return (
    <p className={styles.allergy}>
      <Trans>Allergies: {allergies}</Trans>
    </p>
  );
}
