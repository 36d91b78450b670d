import type { Affected } from '@jaqyn/shared/scheduling/roster.contract';
import { useCallback, useState } from 'react';
import { ProblemError } from '../../../../lib/problem-error.ts';
import { listAffected } from '../../api/list-affected.ts';
import { type Choices, isComplete, judge, NO_CHOICES } from './decisions.ts';

/**
 * Decisions for a change that has no preview: the server refuses it and names who is booked, they are read as they are now, and
 * the change is sent again with a decision for each. Somebody booked meanwhile is added, an older decision is asked for again.
 */
export function useRefused() {
  const [affected, setAffected] = useState<readonly Affected[]>([]);
  const [choices, setChoices] = useState<Choices>(NO_CHOICES);
  const [error, setError] = useState<ProblemError>();
  const [isReading, setIsReading] = useState(false);

  const onRefused = useCallback(async (refusal: unknown) => {
    const problem = ProblemError.from(refusal);
    if (problem.code !== 'roster.booked_affected') return setError(problem);
    setIsReading(true);
    try {
      const named = await listAffected(problem);
      setError(undefined);
      setAffected((before) => {
        const ids = new Set(named.map(({ id }) => id));
        const kept = before.filter(({ appointment }) => !ids.has(appointment.id));
        return [...kept, ...named.map((appointment) => ({ appointment, suggestion: null }))].sort((a, b) =>
          (a.appointment.startsAt ?? '') < (b.appointment.startsAt ?? '') ? -1 : 1,
        );
      });
    } catch (failure) {
      setError(ProblemError.from(failure));
    } finally {
      setIsReading(false);
    }
  }, []);

  const judged = judge(choices, affected);
  return { affected, choices, setChoices, error, isReading, onRefused, judged, isReady: isComplete(judged) };
}
