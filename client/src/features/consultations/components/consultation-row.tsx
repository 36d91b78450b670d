import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { formatAge, formatDateTime, formatShortName } from '../../../lib/format.ts';
import { Elapsed } from '../../../ui/elapsed.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { urgencyWords, wordsOf } from '../consultation-words.ts';
import { isWaiting, stationPlace } from '../station-place.ts';
import styles from './consultation-row.module.css';

interface ConsultationRowProps {
  readonly consultation: Consultation;
  readonly specialtyName: string;
}

/** One consultation in the station's lists; the whole row is the link to where it goes on. */
export function ConsultationRow({ consultation, specialtyName }: ConsultationRowProps) {
  const { t } = useLingui();
  const { patient, specialist } = consultation;
  const words = wordsOf(consultation);
  const who = patient ? `${formatShortName(patient)}, ${formatAge(patient.birthDate)}` : t`Patient not chosen yet`;
  const details = [who, specialist?.displayName, t(urgencyWords[consultation.urgency].label)].filter(Boolean);
  return (
    <div className={styles.place}>
      <Link to={stationPlace(consultation)} params={{ requestId: consultation.id }} className={styles.row}>
        <span className={styles.main}>
          <span className={styles.title}>{specialtyName}</span>
          <span className={styles.sub}>{details.join(' · ')}</span>
        </span>
        <StatusBadge tone={words.tone}>{t(words.label)}</StatusBadge>
        <span className={styles.time}>
          {isWaiting(consultation) ? (
            <Elapsed since={consultation.createdAt} as="minutes" />
          ) : (
            formatDateTime(consultation.statusChangedAt)
          )}
        </span>
      </Link>
    </div>
  );
}
