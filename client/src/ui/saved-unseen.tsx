import type { ReactNode } from 'react';
import { isUnseen, type Mine, type Same } from '../lib/unseen.ts';
import { SavedMeanwhile } from './saved-meanwhile.tsx';

interface SavedUnseenProps<T> {
  readonly mine: Mine<T> | undefined;
  readonly stored: T;
  readonly isSame?: Same<T>;
  /** While mine is on its way, what comes in may be mine. */
  readonly isSaving: boolean;
  /** What the form has after the choice: mine, with theirs as seen, or nothing of mine. */
  onChoose(mine: Mine<T> | undefined): void;
  /** What is stored now, in words. */
  readonly children: ReactNode;
}

/** {@link SavedMeanwhile} where a form was begun on something else than what is stored now; nothing otherwise. */
export function SavedUnseen<T>({ mine, stored, isSame, isSaving, onChoose, children }: SavedUnseenProps<T>) {
  if (isSaving || !isUnseen(mine, stored, isSame)) return null;
  return (
    <SavedMeanwhile onKeepMine={() => onChoose({ ...mine, seen: stored })} onTakeTheirs={() => onChoose(undefined)}>
      {children}
    </SavedMeanwhile>
  );
}
