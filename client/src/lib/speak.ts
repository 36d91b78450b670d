import { currentLanguage } from './i18n.ts';
import { playBlip } from './sounds.ts';

/**
 * A tone, and the words aloud where this computer has a voice of the language: for somebody who looks at the patient and not at the
 * screen. Few have a Kazakh voice; a foreign one would make a riddle of the words, so then the tone is all.
 */
export function sayAloud(words: string): void {
  playBlip();
  const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined;
  const language = currentLanguage();
  const voice = speech?.getVoices().find(({ lang, localService }) => localService && lang.startsWith(language));
  if (speech === undefined || voice === undefined) return;
  const utterance = new SpeechSynthesisUtterance(words);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  speech.speak(utterance);
}
