import { Trans, useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { Draft } from '../../../../lib/use-draft.ts';
import { Action } from '../../../../ui/action.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { SavedState } from '../../../../ui/saved-state.tsx';
import styles from './panel.module.css';

interface PanelProps {
  readonly title: ReactNode;
  onClose(): void;
  readonly children: ReactNode;
}

/** A form beside the picture. The focus goes to its heading, so that a keyboard and a reader are where it opened. */
export function Panel({ title, onClose, children }: PanelProps) {
  const { t } = useLingui();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} ref={heading} tabIndex={-1} data-after-change>
          {title}
        </h2>
        <IconButton icon={<IconX size={20} aria-hidden />} word={t`Close`} onClick={onClose} />
      </div>
      {children}
    </section>
  );
}

export function PanelPart({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.part}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

export function PanelFoot({ children }: { children: ReactNode }) {
  return <div className={styles.foot}>{children}</div>;
}

/** What became of the typing, and a way to start over when it came from an earlier visit. */
export function DraftLine<T>({ draft, onStartOver }: { draft: Draft<T>; onStartOver(): void }) {
  const { state, wasRestored } = draft;
  return (
    <PanelFoot>
      <SavedState
        saving={
          state.kind === 'saved'
            ? { kind: 'saved', at: new Date(state.at) }
            : state.kind === 'failed'
              ? { kind: 'failed' }
              : state.kind === 'saving'
                ? { kind: 'saving' }
                : { kind: 'nothing' }
        }
        onRetry={draft.retry}
      />
      {wasRestored && (
        <>
          <span className="quiet">
            <Trans>Your draft, not yet on the roster</Trans>
          </span>
          <Action tone="quiet" onClick={onStartOver}>
            <Trans>Start over</Trans>
          </Action>
        </>
      )}
    </PanelFoot>
  );
}
