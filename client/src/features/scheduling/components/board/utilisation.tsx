import { useLingui } from '@lingui/react/macro';
import styles from './utilisation.module.css';

/** How full: a bar, its number, and for readers both counts. Nothing where there are no slots. */
export function Utilisation({ slots, taken }: { slots: number; taken: number }) {
  const { t } = useLingui();
  if (slots === 0) return null;
  const percent = Math.round((taken / slots) * 100);
  return (
    <span className={styles.utilisation} title={t`${taken} of ${slots} slots are taken`}>
      <span className={styles.bar} aria-hidden="true">
        <span className={styles.fill} style={{ width: `${percent}%` }} />
      </span>
      <span className={styles.number}>{percent} %</span>
    </span>
  );
}
