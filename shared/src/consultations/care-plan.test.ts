import { describe, expect, it } from 'vitest';
import type { CalendarDate } from '../kernel/time.ts';
import {
  type Answer,
  afterAcknowledgement,
  dueOf,
  listAnswerProblems,
  listRecommendations,
  tasksOf,
} from './care-plan.ts';

const TODAY = '2026-11-23' as CalendarDate;
const content = {
  recommendations: ['Күн сайын қысымды өлшеу', '  ', 'Тұзды азайту'],
  followUpDate: '2026-12-05' as CalendarDate,
};
const done = (index: number): Answer => ({ index, kind: 'done', reason: '' });
const cannot = (index: number, reason: string): Answer => ({ index, kind: 'cannot', reason });

describe('what is read aloud', () => {
  it('is each recommendation that says something, at its own place', () => {
    expect(listRecommendations(content).map(({ index }) => index)).toEqual([0, 2]);
  });

  it('is understood when each has an answer and each "cannot" its reason', () => {
    const recommendations = listRecommendations(content);
    expect(listAnswerProblems(recommendations, [])).toEqual([
      { index: 0, code: 'required' },
      { index: 2, code: 'required' },
    ]);
    expect(listAnswerProblems(recommendations, [done(0), cannot(2, '  ')])).toEqual([
      { index: 2, code: 'reason_required' },
    ]);
    // The empty row is nobody's to answer.
    expect(listAnswerProblems(recommendations, [done(1), done(0)])).toEqual([{ index: 2, code: 'required' }]);
    expect(listAnswerProblems(recommendations, [done(0), cannot(2, 'Басқа тамақ жоқ')])).toEqual([]);
  });
});

describe('what follows', () => {
  it('is the visit, and another way for what cannot be done', () => {
    expect(tasksOf(content, [done(0), cannot(2, ' Басқа тамақ жоқ ')], TODAY)).toEqual([
      { kind: 'cannot', text: 'Тұзды азайту', reason: 'Басқа тамақ жоқ', dueOn: '2026-11-25' },
      { kind: 'visit', text: '', reason: '', dueOn: '2026-12-05' },
    ]);
    expect(tasksOf({ ...content, followUpDate: null }, [done(0), done(2)], TODAY)).toEqual([]);
  });

  it('keeps the request open until nothing is left', () => {
    expect([afterAcknowledgement(0), afterAcknowledgement(1)]).toEqual(['close', 'open_follow_up']);
  });

  it('is overdue the day after its day', () => {
    expect(['2026-11-22', '2026-11-23', '2026-11-24'].map((day) => dueOf(day as CalendarDate, TODAY))).toEqual([
      'overdue',
      'today',
      'later',
    ]);
  });
});
