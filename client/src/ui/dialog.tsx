import { Trans } from '@lingui/react/macro';
import { type ReactNode, useEffectEvent, useId, useLayoutEffect, useRef } from 'react';
import { Action, PrimaryAction } from './action.tsx';
import styles from './dialog.module.css';

interface DialogProps {
  readonly isOpen: boolean;
  readonly title: ReactNode;
  /** Escape and the browser's back gesture. A dialog without it cannot be left without an answer. */
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus inside and makes everything behind it inert. */
export function Dialog({ isOpen, ...rest }: DialogProps) {
  return isOpen ? <OpenDialog {...rest} /> : null;
}

/** A part of its own: only what leaves as a whole is told before its element is taken out of the page. */
function OpenDialog({ title, onClose, children }: Omit<DialogProps, 'isOpen'>) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // A second Escape closes it whatever was said to the first: then it is open again until the page closes it.
  const onClosedByBrowser = useEffectEvent(() => {
    const dialog = ref.current;
    // Said of an earlier time, late.
    if (!dialog || dialog.open) return;
    dialog.showModal();
    onClose?.();
  });

  // Closed before it leaves the page: only then the browser gives the focus back to what had opened it.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    dialog.showModal();
    const onClosed = () => onClosedByBrowser();
    dialog.addEventListener('close', onClosed);
    return () => {
      dialog.removeEventListener('close', onClosed);
      dialog.close();
    };
  }, []);

  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <div className={styles.body}>
        <h2 id={titleId}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: ReactNode;
  /** What happens, and what is kept. */
  readonly children: ReactNode;
  readonly confirmLabel: ReactNode;
  readonly cancelLabel?: ReactNode;
  readonly tone?: 'accent' | 'act-now';
  readonly isBusy?: boolean;
  readonly canConfirm?: boolean;
  onConfirm(): void;
  onCancel(): void;
}

export function ConfirmDialog({
  isOpen,
  title,
  children,
  confirmLabel,
  cancelLabel = <Trans>Go back</Trans>,
  tone = 'accent',
  isBusy = false,
  canConfirm = true,
  onConfirm,
  onCancel,
}: ConfirmDialogProps) {
  return (
    <Dialog isOpen={isOpen} title={title} onClose={onCancel}>
      {children}
      <DialogActions>
        <Action onClick={onCancel}>{cancelLabel}</Action>
        <PrimaryAction tone={tone} isBusy={isBusy} disabled={!canConfirm} onClick={onConfirm}>
          {confirmLabel}
        </PrimaryAction>
      </DialogActions>
    </Dialog>
  );
}
