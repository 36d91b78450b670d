import type { Page } from 'playwright-core';
import type { Cast } from '../../client/e2e/support/cast.ts';
import type { State } from './answers.ts';

export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the button says that switches to it. */
export const WORDS: Readonly<Record<Language, string>> = { kk: 'ҚАЗ', ru: 'РУС', en: 'ENG' };

export const SIZES = { wide: { width: 1366, height: 768 }, narrow: { width: 390, height: 844 } } as const;
export type Size = keyof typeof SIZES;

/** Where a story plays: the product, its people, and the page of whoever it is about. */
export interface Stage {
  readonly cast: Cast;
  /** Signed in, wide and English; so is it again after each look. */
  readonly page: Page;
  /** Looks at this page, or at somebody else's, as it is now: in every size and language. */
  look(name: string, page?: Page): Promise<void>;
}

/** What is not just a screen at its address: dialogs, parts of a call, answers that are refused. It stops wherever there is something to see. */
export interface Story {
  readonly name: string;
  /** Who it is about. */
  readonly login: string;
  readonly play: (stage: Stage) => Promise<void>;
}

/** One picture that was taken, and what a machine saw wrong on it. */
export interface Look {
  readonly name: string;
  readonly login: string;
  readonly state: State | 'story';
  readonly language: Language;
  readonly size: string;
  readonly scheme: 'light' | 'dark';
  readonly file: string;
  readonly faults: readonly string[];
}
