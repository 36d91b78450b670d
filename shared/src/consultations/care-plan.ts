/** What a conclusion asks of the patient, what they answered to each of it, and what has to be done later. Pure. */
import type { CalendarDate } from '../kernel/time.ts';
import { addDays } from '../scheduling/local-day.ts';
import type { ConclusionContent } from './conclusion.contract.ts';

/** `done`: said back, understood and possible. */
export const ANSWERS = ['done', 'cannot'] as const;
type AnswerKind = (typeof ANSWERS)[number];

/** The answer to one recommendation. */
export interface Answer {
  /** Position among the recommendations of the conclusion. */
  readonly index: number;
  readonly kind: AnswerKind;
  /** Why they cannot; nothing is asked of who can. */
  readonly reason: string;
}

export interface Recommendation {
  readonly index: number;
  readonly text: string;
}

/** What is read aloud one by one; empty rows of the editor are none. */
export function listRecommendations({ recommendations }: Pick<ConclusionContent, 'recommendations'>): Recommendation[] {
  return recommendations.flatMap((text, index) => (text.trim() === '' ? [] : [{ index, text: text.trim() }]));
}

interface AnswerProblem {
  readonly index: number;
  readonly code: 'required' | 'reason_required';
}

/** What still stands against "read and understood": a recommendation without an answer, a "cannot" without its reason. */
export function listAnswerProblems(
  recommendations: readonly Recommendation[],
  answers: readonly Answer[],
): AnswerProblem[] {
  const byIndex = new Map(answers.map((answer) => [answer.index, answer]));
  return recommendations.flatMap(({ index }): AnswerProblem[] => {
    const answer = byIndex.get(index);
    if (answer === undefined) return [{ index, code: 'required' }];
    return answer.kind === 'cannot' && answer.reason.trim() === '' ? [{ index, code: 'reason_required' }] : [];
  });
}

/** `visit`: the follow-up day of the conclusion. `cannot`: what the patient cannot do and somebody has to settle. `other`: written by people. */
export const CARE_TASK_KINDS = ['visit', 'cannot', 'other'] as const;
export type CareTaskKind = (typeof CARE_TASK_KINDS)[number];

export const CARE_TASK_STATES = ['open', 'done', 'withdrawn'] as const;

interface NewCareTask {
  readonly kind: CareTaskKind;
  readonly text: string;
  readonly reason: string;
  readonly dueOn: CalendarDate;
}

/** Days in which another way is to be found for what the patient cannot do. */
const CANNOT_DAYS = 2;

/** What follows from a conclusion and its answers by itself. */
export function tasksOf(
  content: Pick<ConclusionContent, 'recommendations' | 'followUpDate'>,
  answers: readonly Answer[],
  today: CalendarDate,
): NewCareTask[] {
  const byIndex = new Map(answers.map((answer) => [answer.index, answer]));
  const cannot = listRecommendations(content).flatMap(({ index, text }): NewCareTask[] => {
    const answer = byIndex.get(index);
    if (answer?.kind !== 'cannot') return [];
    return [{ kind: 'cannot', text, reason: answer.reason.trim(), dueOn: addDays(today, CANNOT_DAYS) }];
  });
  const visit: NewCareTask[] =
    content.followUpDate === null ? [] : [{ kind: 'visit', text: '', reason: '', dueOn: content.followUpDate }];
  return [...cannot, ...visit];
}

/** Where an acknowledged request goes: it closes only when nothing is left to be done. */
export function afterAcknowledgement(openTasks: number): 'open_follow_up' | 'close' {
  return openTasks > 0 ? 'open_follow_up' : 'close';
}

/** How a task stands on a day. */
export function dueOf(dueOn: CalendarDate, today: CalendarDate): 'overdue' | 'today' | 'later' {
  if (dueOn < today) return 'overdue';
  return dueOn === today ? 'today' : 'later';
}
