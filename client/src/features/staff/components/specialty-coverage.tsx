import { useLocalText } from '../../../lib/local-text.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useSpecialties } from '../api/list-specialties.ts';
import { OnCallNote } from './on-call-note.tsx';
import styles from './on-call-roster.module.css';

/** Which specialties could answer a call this minute; numbers, no names. */
export function SpecialtyCoverage() {
  const localText = useLocalText();
  const { data, error, isPending, isFetching, refetch } = useSpecialties();
  if (isPending) return <Skeleton lines={3} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  return (
    <ul className={styles.roster}>
      {data.map((specialty) => (
        <li key={specialty.code} className={styles.specialty}>
          <h3 className={styles.name}>{localText(specialty.name)}</h3>
          <OnCallNote specialty={specialty} />
        </li>
      ))}
    </ul>
  );
}
