import { useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from '../../../../ui/icon-button.tsx';
import styles from './panel.module.css';

/** What belongs to a chosen cell, beside the board: in place of the waiting list, on a telephone from below. */
export function Panel({ title, onClose, children }: { title: ReactNode; onClose(): void; children: ReactNode }) {
  const { t } = useLingui();
  const ref = useRef<HTMLHeadingElement>(null);
  const section = useRef<HTMLElement>(null);
  const id = useId();
  useEffect(() => ref.current?.focus(), []);
  useEffect(() => {
    const element = section.current;
    const onKey = (event: KeyboardEvent) => {
      // A dialog over the panel has its own Escape.
      const isInDialog = event.target instanceof Element && event.target.closest('dialog') !== null;
      if (event.key === 'Escape' && !isInDialog) onClose();
    };
    element?.addEventListener('keydown', onKey);
    return () => element?.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <section ref={section} className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} ref={ref} tabIndex={-1}>
          {title}
        </h2>
        <IconButton icon={<IconX size={20} aria-hidden />} word={t`Close`} className={styles.close} onClick={onClose} />
      </div>
      {children}
    </section>
  );
}
