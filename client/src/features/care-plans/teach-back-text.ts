import { type Answer, listAnswerProblems, type Recommendation } from '@jaqyn/shared/consultations/care-plan';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as z from 'zod/mini';
import { parseTypedDate } from '../../lib/typed-date.ts';

/** What is entered at the patient's side; kept on this device until the server has all of it. */
export const TeachBackText = z.object({
  answers: z.array(z.object({ index: z.number(), kind: z.enum(['done', 'cannot']), reason: z.string() })),
  /** What the station puts on its list besides; the id is made once, so that sending it twice has one effect. */
  tasks: z.array(z.object({ id: z.string(), text: z.string(), due: z.string() })),
});
export type TeachBackText = z.output<typeof TeachBackText>;

/** The answer to one recommendation is another one now; the reason stays while somebody changes their mind. */
export function answer(text: TeachBackText, index: number, change: Partial<Answer>): TeachBackText {
  const before = text.answers.find((one) => one.index === index) ?? { index, kind: 'done' as const, reason: '' };
  const answers = [...text.answers.filter((one) => one.index !== index), { ...before, ...change }];
  return { ...text, answers: answers.sort((a, b) => a.index - b.index) };
}

type TaskProblem = 'text' | 'day' | 'past';

/** What is wrong with a task of the station's own. */
export function taskProblem(task: TeachBackText['tasks'][number], today: CalendarDate): TaskProblem | undefined {
  if (task.text.trim() === '') return 'text';
  const dueOn = parseTypedDate(task.due);
  if (dueOn === undefined) return 'day';
  return dueOn < today ? 'past' : undefined;
}

/** How much is still to be said before it can be confirmed. */
export function countOpen(text: TeachBackText, recommendations: readonly Recommendation[]): number {
  return listAnswerProblems(recommendations, text.answers).length;
}
