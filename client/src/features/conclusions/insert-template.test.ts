import { EMPTY_TEMPLATE_TEXTS } from '@jaqyn/shared/consultations/conclusion-template.contract';
import { expect, test } from 'vitest';
import { EMPTY_TEXT, toContent, toText } from './conclusion-text.ts';
import { insertTemplate, takeBack } from './insert-template.ts';

const template = {
  ...EMPTY_TEMPLATE_TEXTS,
  title: 'Т',
  findings: '{{age}}, АҚҚ {{bloodPressure}}, {{ spo2 }}, {{foreign}}',
  recommendations: ['Бір', 'Екі'],
};

test('the station’s data stand in, a missing one leaves a blank, what is typed stays and comes first', () => {
  const typed = { ...EMPTY_TEXT, findings: 'Менің сөзім', recommendations: ['Екі', ''], medicines: 'Дәрі' };
  const text = insertTemplate(typed, template, { age: '64', bloodPressure: '150/95' });
  expect(text.findings).toBe('Менің сөзім\n64, АҚҚ 150/95, ___, {{foreign}}');
  expect(text.recommendations).toEqual(['Екі', 'Бір']);
  expect(text.medicines).toBe('Дәрі');
});

test('what has no room is left out, not what was typed', () => {
  const full = {
    ...EMPTY_TEXT,
    findings: 'я'.repeat(7990),
    recommendations: Array.from({ length: 30 }, (_, n) => `${n}`),
  };
  const text = insertTemplate(full, template, {});
  expect(text.findings).toBe(full.findings);
  expect(text.recommendations).toEqual(full.recommendations);
});

test('taken back it is as before, but for what was typed since', () => {
  const inserted = insertTemplate(EMPTY_TEXT, template, {});
  expect(takeBack(inserted, EMPTY_TEXT, inserted)).toEqual(EMPTY_TEXT);
  const since = { ...inserted, findings: `${inserted.findings} және тағы`, limits: 'шек' };
  expect(takeBack(since, EMPTY_TEXT, inserted)).toEqual({ ...EMPTY_TEXT, findings: since.findings, limits: 'шек' });
});

test('other diagnoses go to the server whole, half typed codes and empty rows do not, and old texts are read as before', () => {
  const others = [
    { kind: 'complication' as const, code: 'е11,4', text: 'Полиневропатия' },
    { kind: 'concomitant' as const, code: 'гипер', text: 'АГ' },
    { kind: 'concomitant' as const, code: '', text: ' ' },
  ];
  const content = toContent({ ...EMPTY_TEXT, diagnosis: { ...EMPTY_TEXT.diagnosis, others } });
  expect(content.diagnosis.others).toEqual([
    { kind: 'complication', code: 'E11.4', text: 'Полиневропатия' },
    { kind: 'concomitant', code: '', text: 'АГ' },
  ]);
  expect('others' in toContent(toText(toContent(EMPTY_TEXT))).diagnosis).toBe(false);
});
