import type { Urgency } from '@jaqyn/shared/consultations/consultation.contract';
import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { MessageDescriptor } from '@lingui/core';
import { createContext, use } from 'react';
import type { StatusTone } from '../../../../ui/status-badge.tsx';

/** Words that belong to other features; the screen brings them. */
export interface BoardWords {
  specialtyName(code: SpecialtyCode): string;
  readonly urgencyWords: Readonly<Record<Urgency, { readonly tone: StatusTone; readonly label: MessageDescriptor }>>;
}

const Words = createContext<BoardWords | null>(null);
export const BoardWordsProvider = Words.Provider;

export function useBoardWords(): BoardWords {
  const words = use(Words);
  if (words === null) throw new Error('The board is drawn outside of its screen');
  return words;
}
