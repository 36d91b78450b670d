import type { Instant } from '@jaqyn/shared/kernel/time';
import { useLingui } from '@lingui/react/macro';
import { useDayWords } from '../rosters/day-words.ts';

/** `Tue, 24 November, 09:25`; in words where there is no time yet. */
export function useWhen(): (at: Instant | null) => string {
  const { t } = useLingui();
  const { moment } = useDayWords();
  return (at) => (at === null ? t`no time yet` : moment(at));
}
