import { type ReactNode, useState } from 'react';
import styles from './disclosure.module.css';

/** Details on demand. What is inside is made, and asked for, only when it is opened. */
export function Disclosure({ title, children }: { title: ReactNode; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={styles.disclosure} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>{title}</summary>
      {isOpen && <div className={styles.inside}>{children}</div>}
    </details>
  );
}
