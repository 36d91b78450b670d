import { type CalendarDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus, IconX } from '@tabler/icons-react';
import { newId } from '../../../lib/ids.ts';
import { toTypedDate } from '../../../lib/typed-date.ts';
import { Action } from '../../../ui/action.tsx';
import { TextField } from '../../../ui/field.tsx';
import { type TeachBackText, taskProblem } from '../teach-back-text.ts';
import styles from './teach-back.module.css';

type Task = TeachBackText['tasks'][number];

interface OwnTasksProps {
  readonly tasks: readonly Task[];
  readonly today: CalendarDate;
  readonly isAsked: boolean;
  onChange(tasks: Task[]): void;
}

const MOST = 10;

/** What the station wants to be reminded of besides: a call in a week, a test to be taken. */
export function OwnTasks({ tasks, today, isAsked, onChange }: OwnTasksProps) {
  const { t } = useLingui();
  const change = (id: string, part: Partial<Task>) =>
    onChange(tasks.map((task) => (task.id === id ? { ...task, ...part } : task)));
  return (
    <>
      {tasks.length > 0 && (
        <ul className={styles.tasks} aria-label={t`To be done later`}>
          {tasks.map((task, index) => {
            const problem = isAsked ? taskProblem(task, today) : undefined;
            const number = index + 1;
            return (
              <li key={task.id} className={styles.task}>
                <TextField
                  label={<Trans>What is to be done</Trans>}
                  value={task.text}
                  maxLength={500}
                  autoComplete="off"
                  onChange={(event) => change(task.id, { text: event.currentTarget.value })}
                  {...(problem === 'text' && { error: t`Write what is to be done` })}
                />
                <TextField
                  label={<Trans>By which day</Trans>}
                  value={task.due}
                  inputMode="numeric"
                  autoComplete="off"
                  onChange={(event) => change(task.id, { due: event.currentTarget.value })}
                  {...(problem === 'day' && { error: t`Write a day, for example 30.11.2026` })}
                  {...(problem === 'past' && { error: t`This day is over: choose today or later` })}
                />
                <Action
                  tone="quiet"
                  icon={<IconX size={20} aria-hidden />}
                  aria-label={t`Remove task ${number}`}
                  onClick={() => onChange(tasks.filter(({ id }) => id !== task.id))}
                >
                  <Trans>Remove</Trans>
                </Action>
              </li>
            );
          })}
        </ul>
      )}
      {tasks.length < MOST && (
        <div>
          <Action
            tone="quiet"
            icon={<IconPlus size={20} aria-hidden />}
            onClick={() => onChange([...tasks, { id: newId(), text: '', due: toTypedDate(addDays(today, 7)) }])}
          >
            <Trans>Add something to be done later</Trans>
          </Action>
        </div>
      )}
    </>
  );
}
