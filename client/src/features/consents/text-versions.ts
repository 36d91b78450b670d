import type { ConsentText } from '@jaqyn/shared/consents/consent';

export interface DatedText {
  readonly text: ConsentText;
  readonly state: 'in_force' | 'to_come' | 'replaced';
}

/** Versions of one language, the newest first: in force is the last that has begun. */
export function dateTexts(texts: readonly ConsentText[], language: string, today: string): DatedText[] {
  const versions = texts.filter((text) => text.language === language).sort((a, b) => b.version - a.version);
  const inForce = versions.find(({ effectiveFrom }) => effectiveFrom <= today);
  return versions.map((text) => ({
    text,
    state: text === inForce ? 'in_force' : text.effectiveFrom > today ? 'to_come' : 'replaced',
  }));
}
