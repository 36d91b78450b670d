import type { TeachBack } from '@jaqyn/shared/consultations/care-plan.contract';
import { useEffect, useRef, useState } from 'react';
import { ProblemError } from '../../lib/problem-error.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import type { Saving } from '../../ui/saved-state.tsx';
import { saveTeachBack } from './api/save-teach-back.ts';
import type { TeachBackText } from './teach-back-text.ts';

const SAVE_AFTER_MS = 800;

/** Sends the answers to the server soon after each tick; the device keeps them besides, so that a cut loses nothing. */
export function useTeachBackAutosave(stored: TeachBack, answers: TeachBackText['answers']) {
  const version = useRef(stored.version);
  const sent = useRef(JSON.stringify(stored.answers));
  const [saving, setSaving] = useState<Saving>(
    stored.savedAt === null ? { kind: 'nothing' } : { kind: 'saved', at: stored.savedAt },
  );
  const [error, setError] = useState<ProblemError>();
  const [attempt, setAttempt] = useState(0);
  const settled = useDebounced(JSON.stringify(answers), SAVE_AFTER_MS);
  const { requestId, compositionId } = stored;

  // Somebody else's save that arrived while nothing was changed here.
  useEffect(() => {
    if (stored.version > version.current && settled === sent.current) {
      version.current = stored.version;
      sent.current = JSON.stringify(stored.answers);
    }
  }, [stored, settled]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is asked for by hand
  useEffect(() => {
    if (settled === sent.current) return;
    let isCurrent = true;
    setSaving({ kind: 'saving' });
    const body = { compositionId, baseVersion: version.current, answers: JSON.parse(settled) };
    saveTeachBack(requestId, body)
      .then((saved) => {
        version.current = Math.max(version.current, saved.version);
        if (!isCurrent) return;
        sent.current = settled;
        setError(undefined);
        setSaving({ kind: 'saved', at: saved.savedAt ?? new Date() });
      })
      .catch((failure) => {
        if (!isCurrent) return;
        setError(ProblemError.from(failure));
        setSaving({ kind: 'failed' });
      });
    return () => {
      isCurrent = false;
    };
  }, [settled, attempt, requestId, compositionId]);

  return {
    saving,
    /** Why the last save was refused. */
    error,
    retry: () => setAttempt((count) => count + 1),
    /** What is on this screen is to stand, over what was saved in another window. */
    overrule: (newest: number) => {
      version.current = newest;
      setAttempt((count) => count + 1);
    },
  };
}
