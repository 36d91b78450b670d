import type { TeachBack } from '@jaqyn/shared/consultations/care-plan.contract';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ProblemError } from '../../lib/problem-error.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import type { Saving } from '../../ui/saved-state.tsx';
import { saveTeachBack } from './api/save-teach-back.ts';
import type { TeachBackText } from './teach-back-text.ts';

const SAVE_AFTER_MS = 800;

/** Sends the answers to the server soon after each tick; the device keeps them besides, so that a cut loses nothing. */
export function useTeachBackAutosave(stored: TeachBack, answers: TeachBackText['answers']) {
  const queryClient = useQueryClient();
  const version = useRef(stored.version);
  const sent = useRef(JSON.stringify(stored.answers));
  const wanted = useRef(JSON.stringify(stored.answers));
  /** One save at a time: the next one begins from the version that the last one made. */
  const queue = useRef(Promise.resolve());
  const [saving, setSaving] = useState<Saving>(
    stored.savedAt === null ? { kind: 'nothing' } : { kind: 'saved', at: stored.savedAt },
  );
  const [error, setError] = useState<ProblemError>();
  const settled = useDebounced(JSON.stringify(answers), SAVE_AFTER_MS);
  const { requestId, compositionId } = stored;

  const save = useCallback(
    (text: string) => {
      wanted.current = text;
      queue.current = queue.current.then(async () => {
        // Something newer has been ticked while this one waited.
        if (wanted.current !== text || sent.current === text) return;
        setSaving({ kind: 'saving' });
        try {
          const body = { compositionId, baseVersion: version.current, answers: JSON.parse(text) };
          const saved = await saveTeachBack(requestId, body);
          version.current = saved.version;
          sent.current = text;
          setError(undefined);
          setSaving({ kind: 'saved', at: saved.savedAt ?? new Date() });
        } catch (failure) {
          setError(ProblemError.from(failure));
          setSaving({ kind: 'failed' });
          // What stands there now, to be chosen from.
          await queryClient.invalidateQueries({ queryKey: ['consultations', 'teach-back', requestId] });
        }
      });
    },
    [requestId, compositionId, queryClient],
  );

  // Somebody else's save that arrived while nothing was changed here.
  useEffect(() => {
    if (stored.version > version.current && settled === sent.current) {
      version.current = stored.version;
      sent.current = JSON.stringify(stored.answers);
    }
  }, [stored, settled]);

  useEffect(() => {
    if (settled !== sent.current) save(settled);
  }, [settled, save]);

  return {
    saving,
    /** Why the last save was refused. */
    error,
    retry: () => save(settled),
    /** What is on this screen is to stand, over what was saved in another window. */
    overrule: (newest: number) => {
      version.current = newest;
      save(settled);
    },
  };
}
