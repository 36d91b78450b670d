import type { LocalText } from '@jaqyn/shared/auth/auth.contract';
import { useLanguage } from './i18n.ts';

/** A text of the server that comes in all languages, in the one of the screen; Russian or Kazakh stands in for an empty one. */
export function useLocalText(): (text: LocalText) => string {
  const language = useLanguage();
  return (text) => text[language] || text.ru || text.kk;
}
