import { Trans } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Action } from '../../../../ui/action.tsx';
import styles from './panel.module.css';

/** What belongs to a chosen cell, beside the board: in place of the waiting list, on a telephone from below. */
export function Panel({ title, onClose, children }: { title: ReactNode; onClose(): void; children: ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => ref.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: Escape closes it from anywhere inside
    <section
      className={styles.panel}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className={styles.head}>
        <h2 id={id} ref={ref} tabIndex={-1}>
          {title}
        </h2>
        <Action tone="quiet" icon={<IconX size={20} aria-hidden />} onClick={onClose}>
          <Trans>Close</Trans>
        </Action>
      </div>
      {children}
    </section>
  );
}
