import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './status-badge.module.css';

export type StatusTone = 'well' | 'heed' | 'act-now' | 'accent' | 'quiet';

/** The shape alone tells the tones apart, for eyes that do not tell the colours apart. */
export function StatusShape({ tone }: { tone: StatusTone }) {
  return (
    <svg viewBox="0 0 16 16" className={styles.shape} aria-hidden="true">
      {shapeOf(tone)}
    </svg>
  );
}

function shapeOf(tone: StatusTone): ReactNode {
  switch (tone) {
    case 'well':
      return <circle cx="8" cy="8" r="6" />;
    case 'heed':
      return <path d="M8 2 15 14H1z" />;
    case 'act-now':
      return <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />;
    case 'accent':
      return (
        <>
          <circle cx="8" cy="8" r="6" fill="none" />
          <path d="M8 2a6 6 0 0 1 0 12z" />
        </>
      );
    case 'quiet':
      return <circle cx="8" cy="8" r="6" fill="none" />;
  }
}

/** A status as shape + colour + word. */
export function StatusBadge({
  tone,
  children,
  className,
}: {
  tone: StatusTone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span className={classes(styles.badge, styles[tone], className)}>
      <StatusShape tone={tone} />
      <span>{children}</span>
    </span>
  );
}
