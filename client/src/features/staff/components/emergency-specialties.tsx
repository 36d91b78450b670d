import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { useLocalText } from '../../../lib/local-text.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useSpecialties } from '../api/list-specialties.ts';
import styles from './emergency-specialties.module.css';
import { OnCallNote } from './on-call-note.tsx';
import { SpecialtyIcon } from './specialty-icon.tsx';

interface EmergencySpecialtiesProps {
  /** The one whose call is being placed. */
  readonly busyCode: string | undefined;
  /** One press calls. */
  onCall(code: SpecialtyCode): void;
}

export function EmergencySpecialties({ busyCode, onCall }: EmergencySpecialtiesProps) {
  const specialties = useSpecialties();
  const localText = useLocalText();
  if (specialties.isPending) return <Skeleton lines={4} />;
  if (specialties.isError) {
    return (
      <ProblemNotice
        error={specialties.error}
        onRetry={() => void specialties.refetch()}
        isRetrying={specialties.isFetching}
      />
    );
  }
  return (
    <ul className={styles.cards}>
      {specialties.data.map((specialty) => (
        <li key={specialty.code}>
          <button
            type="button"
            className={styles.card}
            // With nobody on call the ladder still has its other rungs, and its phone numbers.
            disabled={busyCode !== undefined}
            aria-busy={busyCode === specialty.code}
            onClick={() => onCall(specialty.code)}
          >
            <span className={styles.icon}>
              <SpecialtyIcon code={specialty.code} />
            </span>
            <span className={styles.text}>
              <span className={styles.name}>{localText(specialty.name)}</span>
              <span className={styles.note}>
                <OnCallNote specialty={specialty} />
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
