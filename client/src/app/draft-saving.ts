import type { DraftState } from '../lib/use-draft.ts';
import type { Saving } from '../ui/saved-state.tsx';

/** A draft's state as the screen shows it. */
export function savingOf(state: DraftState): Saving {
  switch (state.kind) {
    case 'loading':
    case 'empty':
      return { kind: 'nothing' };
    case 'saving':
      return { kind: 'saving' };
    case 'saved':
      return { kind: 'saved', at: new Date(state.at) };
    case 'failed':
      return { kind: 'failed' };
  }
}
