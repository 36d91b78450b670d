import { listRecommendations } from '@jaqyn/shared/consultations/care-plan';
import type { CareTask, TeachBack } from '@jaqyn/shared/consultations/care-plan.contract';
import type { ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { formatCalendarDate, formatDateTime } from '../../../lib/format.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { kindWords, taskStateWords } from '../care-words.ts';
import styles from './teach-back.module.css';

interface AnswersViewProps {
  readonly stored: TeachBack;
  readonly tasks: readonly CareTask[];
  readonly content: ConclusionContent;
}

/** What the patient said to each recommendation, and what is still to be done; to be read. */
export function AnswersView({ stored, tasks, content }: AnswersViewProps) {
  const { t } = useLingui();
  const id = useId();
  const byIndex = new Map(stored.answers.map((given) => [given.index, given]));
  const when = stored.completedAt === null ? '' : formatDateTime(stored.completedAt);
  const who = stored.completedByName ?? '';
  return (
    <section className={`${styles.section} no-print`} aria-labelledby={id}>
      <h2 id={id}>
        <Trans>Said back by the patient</Trans>
      </h2>
      <p className="quiet">
        {stored.completedAt === null ? (
          <Trans>No answers of the patient yet.</Trans>
        ) : (
          <Trans>
            Read aloud on {when}, {who}
          </Trans>
        )}
      </p>
      <ol className={styles.list}>
        {listRecommendations(content).map(({ index, text }) => {
          const given = byIndex.get(index);
          return (
            <li key={index} className={styles.answer}>
              <span>{text}</span>
              {given !== undefined && (
                <span>
                  <StatusBadge tone={given.kind === 'done' ? 'well' : 'act-now'}>
                    {given.kind === 'done' ? <Trans>understood</Trans> : <Trans>cannot</Trans>}
                  </StatusBadge>{' '}
                  {given.reason}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {tasks.length > 0 && (
        <>
          <h3>
            <Trans>To be done later</Trans>
          </h3>
          <ul className={styles.list}>
            {tasks.map((task) => {
              const state = taskStateWords[task.status];
              const day = formatCalendarDate(task.dueOn);
              return (
                <li key={task.id} className={styles.answer}>
                  <span>
                    <strong>{day}</strong> · {t(kindWords[task.kind])}
                    {task.text !== '' && `: ${task.text}`}
                  </span>
                  <span>
                    <StatusBadge tone={state.tone}>{t(state.label)}</StatusBadge> {task.note}
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
