import type { Instant } from '@jaqyn/shared/kernel/time';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useNowSeconds } from '../../../lib/clock.ts';
import { useLanguage } from '../../../lib/i18n.ts';
import { useStore } from '../../../lib/store.ts';
import { Action } from '../../../ui/action.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useUndoOperation } from '../api/undo-operation.ts';
import { type UndoOffer, undoOffer, undoSecondsLeft } from '../undo-offer.ts';
import { useFocusAfterChange } from '../use-focus-after-change.ts';
import styles from './undo-bar.module.css';

const SAID_MS = 8000;
const UNDONE_MS = 4000;

/** The last change of this page, for as long as the server lets it be taken back; Ctrl+Z does the same. `isDocked`: among what else floats over a board. */
export function UndoBar({ isDocked = false }: { isDocked?: boolean }) {
  const offer = useStore(undoOffer);
  // Said again in the language that is switched to.
  useLanguage();
  useFocusAfterChange(offer);
  return (
    <div role="status" className={isDocked ? styles.docked : styles.place} data-undo-bar>
      {offer &&
        (offer.until === null ? (
          <Said key={offer.operationId} words={offer.words()} />
        ) : (
          <Offer key={offer.operationId} offer={offer} until={offer.until} />
        ))}
    </div>
  );
}

/** What cannot be taken back is at least said. */
function Said({ words }: { words: string }) {
  useHideAfter(SAID_MS);
  return (
    <div className={styles.bar}>
      <p>{words}</p>
    </div>
  );
}

function useHideAfter(ms: number | null): void {
  useEffect(() => {
    if (ms === null) return;
    const timer = setTimeout(() => undoOffer.set(null), ms);
    return () => clearTimeout(timer);
  }, [ms]);
}

function Offer({ offer, until }: { offer: UndoOffer; until: Instant }) {
  const { t } = useLingui();
  const undo = useUndoOperation();
  const [isUndone, setIsUndone] = useState(false);
  const now = useNowSeconds();
  const left = undoSecondsLeft(until, now);
  const isOver = left === 0 && undo.isIdle;

  useEffect(() => {
    if (isOver) undoOffer.set(null);
  }, [isOver]);
  useHideAfter(isUndone ? UNDONE_MS : null);

  function press() {
    if (undo.isIdle) undo.mutate(offer.operationId, { onSuccess: () => setIsUndone(true) });
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]');
      if (event.code !== 'KeyZ' || !(event.ctrlKey || event.metaKey) || event.shiftKey || isTyping) return;
      event.preventDefault();
      press();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  if (isOver) return null;
  return (
    <div className={styles.bar}>
      {undo.isError ? (
        <ProblemNotice
          error={undo.error}
          actions={
            <Action icon={<IconX size={20} aria-hidden />} onClick={() => undoOffer.set(null)}>
              <Trans>Close</Trans>
            </Action>
          }
        />
      ) : isUndone ? (
        <p>
          <Trans>Taken back. Everything is as it was.</Trans>
        </p>
      ) : (
        <>
          <p>{offer.words()}</p>
          <Action
            icon={<IconArrowBackUp size={20} aria-hidden />}
            isBusy={undo.isPending}
            onClick={press}
            title="Ctrl+Z"
            aria-keyshortcuts="Control+Z"
          >
            {/* A screen reader hears the words once, not each second. */}
            <Trans>Undo</Trans> <span aria-hidden="true">{t`${left} s`}</span>
          </Action>
        </>
      )}
    </div>
  );
}
