import type { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../../../lib/problem-error.ts';

/** What was read aloud is not the text any more: the one of today is fetched, so that it is this one that is read next. */
export function isConsentTextChanged(queryClient: QueryClient, error: unknown): boolean {
  const isChanged = error instanceof ProblemError && error.code === 'consent.text_changed';
  if (isChanged) void queryClient.invalidateQueries({ queryKey: ['consent-texts'] });
  return isChanged;
}
