import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { formatAge, formatDateTime, formatShortName } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { statusWords } from '../consultation-words.ts';
import styles from './consultation-row.module.css';

/** One finished consultation; the row opens it to be read. */
export function DoneRow({ consultation }: { consultation: Consultation }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { patient, station, status, conclusion, statusChangedAt } = consultation;
  const words = statusWords[status];
  const who = patient ? `${formatShortName(patient)}, ${formatAge(patient.birthDate)}` : t`Patient not chosen yet`;
  return (
    // The row's columns answer to the width of their place.
    <div className={styles.place}>
      <Link to="/consults/$requestId" params={{ requestId: consultation.id }} className={styles.row}>
        <span className={styles.main}>
          <span className={styles.title}>{who}</span>
          <span className={styles.sub}>
            {localText(station.settlement)} · {consultation.number}
          </span>
        </span>
        <StatusBadge tone={words.tone}>{t(words.label)}</StatusBadge>
        <span className={styles.time}>{formatDateTime(conclusion?.signedAt ?? statusChangedAt)}</span>
      </Link>
    </div>
  );
}
