import { useCallback, useEffect, useRef, useState } from 'react';
import type * as z from 'zod/mini';
import { deleteDraft, loadDraft, type SealedDraft, saveDraft, sealDraft } from './drafts.ts';
import { ProblemError } from './problem-error.ts';
import { useCurrentUser } from './session.ts';

const SAVE_AFTER_MS = 300;

export type DraftState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'failed'; readonly error: ProblemError };

export interface Draft<T> {
  readonly value: T;
  /** Replaces the value and saves it soon after; also when the page is hidden or closed. */
  set(next: T | ((before: T) => T)): void;
  readonly state: DraftState;
  /** The value came from an earlier visit and should be offered as such. */
  readonly wasRestored: boolean;
  retry(): void;
  /** The work went to the server: forget the draft. */
  discard(): Promise<void>;
}

interface Pending<T> {
  readonly value: T;
  /** Undefined after it could not be put away: it is sealed anew. */
  readonly sealing: Promise<SealedDraft> | undefined;
}

/** A form's value, kept in this device's drafts under `key` until it is discarded. */
export function useDraft<S extends z.core.$ZodType>(key: string, schema: S, initial: z.output<S>): Draft<z.output<S>> {
  const owner = useCurrentUser().id;
  const [value, setValue] = useState(initial);
  const [state, setState] = useState<DraftState>({ kind: 'loading' });
  const [wasRestored, setWasRestored] = useState(false);
  const pending = useRef<Pending<z.output<S>> | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isTouched = useRef(false);
  const isDiscarded = useRef(false);
  const schemaRef = useRef(schema);

  useEffect(() => {
    let isCurrent = true;
    loadDraft(owner, key, schemaRef.current)
      .then((found) => {
        // What was typed while the draft was being read is newer than the draft.
        if (!isCurrent || isTouched.current) return;
        if (found) {
          setValue(found.value);
          setWasRestored(true);
          setState({ kind: 'saved', at: found.savedAt });
        } else {
          setState({ kind: 'empty' });
        }
      })
      .catch((error) => isCurrent && setState({ kind: 'failed', error: ProblemError.local('draft.unsaved', error) }));
    return () => {
      isCurrent = false;
    };
  }, [owner, key]);

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const next = pending.current;
    if (!next || isDiscarded.current) return;
    pending.current = undefined;
    try {
      const { savedAt } = await saveDraft(owner, key, next.value, next.sealing);
      if (!pending.current) setState({ kind: 'saved', at: savedAt });
    } catch (error) {
      pending.current ??= { value: next.value, sealing: undefined };
      setState({ kind: 'failed', error: ProblemError.from(error) });
    }
  }, [owner, key]);

  useEffect(() => {
    const save = () => void flush();
    document.addEventListener('visibilitychange', save);
    addEventListener('pagehide', save);
    return () => {
      document.removeEventListener('visibilitychange', save);
      removeEventListener('pagehide', save);
      save();
    };
  }, [flush]);

  const set = useCallback(
    (next: z.output<S> | ((before: z.output<S>) => z.output<S>)) => {
      isTouched.current = true;
      isDiscarded.current = false;
      setValue((before) => {
        const after = typeof next === 'function' ? (next as (before: z.output<S>) => z.output<S>)(before) : next;
        const sealing = sealDraft(owner, key, after);
        // Said where it is saved.
        sealing.catch(() => {});
        pending.current = { value: after, sealing };
        return after;
      });
      setState({ kind: 'saving' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), SAVE_AFTER_MS);
    },
    [owner, key, flush],
  );

  const discard = useCallback(async () => {
    isDiscarded.current = true;
    pending.current = undefined;
    clearTimeout(timer.current);
    await deleteDraft(owner, key).catch(() => {
      // A draft that cannot be deleted is offered again, which loses nothing.
    });
  }, [owner, key]);

  return { value, set, state, wasRestored, retry: () => void flush(), discard };
}
