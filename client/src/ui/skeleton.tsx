import { Trans } from '@lingui/react/macro';
import styles from './skeleton.module.css';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Grey lines in the place of a list that is being loaded. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div role="status" data-loading className={styles.lines}>
      <span className="visually-hidden">
        <Trans>Loading…</Trans>
      </span>
      {KEYS.slice(0, lines).map((key) => (
        <div key={key} className={styles.line} />
      ))}
    </div>
  );
}
