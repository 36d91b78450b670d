import type { ConsentText } from '@jaqyn/shared/consents/consent';
import { expect, it } from 'vitest';
import { dateTexts } from './text-versions.ts';

const version = (language: 'kk' | 'ru', number: number, effectiveFrom: string) =>
  ({
    id: `${language}${number}`,
    language,
    version: number,
    effectiveFrom,
    text: '',
    sha256: '',
  }) as unknown as ConsentText;

it('has one text in force a language: the last that has begun', () => {
  const texts = [
    version('kk', 1, '2026-01-01'),
    version('kk', 2, '2026-06-01'),
    version('kk', 3, '2026-12-01'),
    version('ru', 1, '2026-01-01'),
  ];
  const states = (today: string) => dateTexts(texts, 'kk', today).map(({ text, state }) => [text.version, state]);
  expect(states('2026-11-22')).toEqual([
    [3, 'to_come'],
    [2, 'in_force'],
    [1, 'replaced'],
  ]);
  // On its day it counts.
  expect(states('2026-12-01').map(([, state]) => state)).toEqual(['in_force', 'replaced', 'replaced']);
  expect(dateTexts(texts, 'ru', '2025-01-01').map(({ state }) => state)).toEqual(['to_come']);
});

it('of two that begin on one day takes the later version', () => {
  const texts = [version('kk', 1, '2026-01-01'), version('kk', 2, '2026-01-01')];
  expect(dateTexts(texts, 'kk', '2026-01-01').map(({ state }) => state)).toEqual(['in_force', 'replaced']);
});
