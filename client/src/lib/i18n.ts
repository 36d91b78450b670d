import { LANGUAGES, type Language } from '@jaqyn/shared/auth/auth.contract';
import { i18n, type Messages } from '@lingui/core';
import { createStore, useStore } from './store.ts';

const STORED_UNDER = 'jaqyn.language';

// Written out so that each language becomes a file of its own, fetched when it is chosen.
const catalogs: Record<Language, () => Promise<{ messages: Messages }>> = {
  kk: () => import('../locales/kk.po'),
  ru: () => import('../locales/ru.po'),
  en: () => import('../locales/en.po'),
};

// The texts of screens that a station never opens, apart from its first load.
const moreTexts: Record<Language, () => Promise<{ messages: Messages }>> = {
  kk: () => import('../locales/kk.po?lingui'),
  ru: () => import('../locales/ru.po?lingui'),
  en: () => import('../locales/en.po?lingui'),
};
let hasMore = false;
/** The language that was asked for last. */
let asked: Language | undefined;

const current = createStore<Language>('kk');
let isChosenHere = false;

function isLanguage(text: string | null): text is Language {
  return (LANGUAGES as readonly (string | null)[]).includes(text);
}

/** The language of this device: the last one chosen on it, else Kazakh. */
export function storedLanguage(): Language {
  try {
    const stored = localStorage.getItem(STORED_UNDER);
    return isLanguage(stored) ? stored : 'kk';
  } catch {
    return 'kk';
  }
}

/** All texts that are wanted by the time they are here: more of them may be asked for while the first are on their way. */
async function textsOf(language: Language): Promise<Messages> {
  const isWithMore = hasMore;
  const parts = await Promise.all([catalogs[language](), ...(isWithMore ? [moreTexts[language]()] : [])]);
  if (hasMore !== isWithMore) return textsOf(language);
  return Object.assign({}, ...parts.map((part) => part.messages)) as Messages;
}

/** Switches every text on the screen. Nothing is mounted again, so what is typed stays. Throws when the texts cannot be fetched. */
export async function activateLanguage(language: Language): Promise<void> {
  asked = language;
  const messages = await textsOf(language);
  // Another one was asked for while these texts were on their way.
  if (asked !== language) return;
  i18n.loadAndActivate({ locale: language, messages });
  current.set(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORED_UNDER, language);
  } catch {
    // A browser without storage forgets the choice; the signed-in user's own is kept on the server.
  }
}

/** The rest of the texts, for everybody who does not sit at a station. Throws when they cannot be fetched. */
export async function loadMoreTexts(): Promise<void> {
  if (hasMore) return;
  const language = current.get();
  const { messages } = await moreTexts[language]();
  hasMore = true;
  i18n.load(language, messages);
  // Switched while they were on their way.
  if (current.get() !== language) await activateLanguage(current.get());
}

/** Somebody pressed the switch on this page, which says more than what an account remembers. */
export function noteLanguageChosen(): void {
  isChosenHere = true;
}

export function wasLanguageChosen(): boolean {
  return isChosenHere;
}

export function currentLanguage(): Language {
  return current.get();
}

export function useLanguage(): Language {
  return useStore(current);
}
