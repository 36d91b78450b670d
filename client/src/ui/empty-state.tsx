import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** Why there is nothing here, and one button that changes it. */
export function EmptyState({ title, why, action }: { title: ReactNode; why: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      <p className={styles.why}>{why}</p>
      {action}
    </div>
  );
}
