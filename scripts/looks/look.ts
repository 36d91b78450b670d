import type { Page } from 'playwright-core';
import type { Cast } from '../../client/e2e/support/cast.ts';
import type { State } from './answers.ts';

export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const SIZES = { wide: { width: 1366, height: 768 }, narrow: { width: 390, height: 844 } } as const;
export type Size = keyof typeof SIZES;

/** Where a scene plays: the product, its people, and the page that is looked at. */
export interface Stage {
  readonly cast: Cast;
  readonly page: Page;
  readonly login: string;
  readonly language: Language;
  readonly size: Size;
}

/** Something to look at that is not just a screen at its address: a dialog, a part of a call, an answer that is refused. */
export interface Scene {
  readonly name: string;
  /** Who looks. */
  readonly login: string;
  /** Brings the page there; texts of the page are in `stage.language`. */
  readonly play: (stage: Stage) => Promise<void>;
}

/** One picture that was taken, and what a machine saw wrong on it. */
export interface Look {
  readonly name: string;
  readonly login: string;
  readonly state: State | 'scene';
  readonly language: Language;
  readonly size: string;
  readonly scheme: 'light' | 'dark';
  readonly file: string;
  readonly faults: readonly string[];
}
