import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { useConflictWords } from '../components/appointments/conflict-words.ts';
import styles from './conflict-list.module.css';

/** What stands against a slot, and what somebody should know of it, before it is booked. */
export function ConflictList({ conflicts }: { conflicts: readonly Conflict[] }) {
  const words = useConflictWords();
  return (
    <ul className={styles.list} aria-live="polite">
      {conflicts.map((conflict) => (
        <li
          key={`${conflict.code} ${conflict.practitionerId ?? ''} ${conflict.startsAt ?? ''}`}
          className={conflict.severity === 'refuses' ? styles.refuses : styles.warns}
        >
          <StatusShape tone={conflict.severity === 'refuses' ? 'act-now' : 'heed'} />
          <span>{words(conflict)}</span>
        </li>
      ))}
    </ul>
  );
}
