import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { expect, it } from 'vitest';
import { answer, countOpen, type TeachBackText, taskProblem } from './teach-back-text.ts';

const EMPTY: TeachBackText = { answers: [], tasks: [] };
const recommendations = [
  { index: 0, text: 'a' },
  { index: 2, text: 'b' },
];

it('keeps the reason while somebody changes their mind, and one answer for each', () => {
  const cannot = answer(answer(EMPTY, 2, { kind: 'cannot' }), 2, { reason: 'no pharmacy' });
  expect(countOpen(cannot, recommendations)).toBe(1);
  const changed = answer(answer(cannot, 2, { kind: 'done' }), 0, { kind: 'done' });
  expect(changed.answers).toEqual([
    { index: 0, kind: 'done', reason: '' },
    { index: 2, kind: 'done', reason: 'no pharmacy' },
  ]);
  expect(countOpen(changed, recommendations)).toBe(0);
  expect(answer(changed, 2, { kind: 'cannot' }).answers[1]?.reason).toBe('no pharmacy');
});

it('knows what is wrong with a task', () => {
  const today = '2026-11-23' as CalendarDate;
  const problem = (text: string, due: string) => taskProblem({ id: '1', text, due }, today);
  expect([problem(' ', '24.11.2026'), problem('x', '31.02.2027'), problem('x', '22.11.2026')]).toEqual([
    'text',
    'day',
    'past',
  ]);
  expect(problem('x', '23.11.2026')).toBeUndefined();
});
