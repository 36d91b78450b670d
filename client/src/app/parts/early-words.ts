import type { ExaminationAsk, ExaminationState } from '@jaqyn/shared/signalling/examination';

/** What the other side says of an examination while the instruments are still on their way. */
export interface EarlyWords {
  ask(what: ExaminationAsk): void;
  tell(state: ExaminationState): void;
  /** All of it, once; from then on whoever took it listens by itself. */
  take(): { readonly asked: readonly ExaminationAsk[]; readonly told: ExaminationState | null };
}

export function createEarlyWords(): EarlyWords {
  let asked: ExaminationAsk[] = [];
  let told: ExaminationState | null = null;
  let isTaken = false;
  return {
    ask(what) {
      if (!isTaken) asked.push(what);
    },
    tell(state) {
      if (!isTaken) told = state;
    },
    take() {
      const words = { asked, told };
      isTaken = true;
      [asked, told] = [[], null];
      return words;
    },
  };
}
