import { listRecommendations, type Recommendation } from '@jaqyn/shared/consultations/care-plan';
import type { TeachBack } from '@jaqyn/shared/consultations/care-plan.contract';
import type { ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import type { CareTaskId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconCheck } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { formatCalendarDate } from '../../../lib/format.ts';
import { isTemporary } from '../../../lib/problem-error.ts';
import { parseTypedDate } from '../../../lib/typed-date.ts';
import { useDraft } from '../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SavedState } from '../../../ui/saved-state.tsx';
import { useAcknowledgeConclusion } from '../api/acknowledge-conclusion.ts';
import { answer, countOpen, TeachBackText, taskProblem } from '../teach-back-text.ts';
import { useTeachBackAutosave } from '../use-teach-back-autosave.ts';
import { OwnTasks } from './own-tasks.tsx';
import styles from './teach-back.module.css';

interface TeachBackFormProps {
  readonly stored: TeachBack;
  readonly content: ConclusionContent;
  readonly today: CalendarDate;
  /** The delivery is on its way; before it nothing can be confirmed. */
  readonly isDelivered: boolean;
}

/** Each recommendation is read aloud, said back, and ticked; only then is the conclusion acknowledged. */
export function TeachBackForm({ stored, content, today, isDelivered }: TeachBackFormProps) {
  const id = useId();
  const recommendations = listRecommendations(content);
  const draft = useDraft(`teach-back:${stored.compositionId}`, TeachBackText, {
    answers: [...stored.answers],
    tasks: [],
  });
  const text = draft.value;
  const autosave = useTeachBackAutosave(stored, text.answers);
  const acknowledge = useAcknowledgeConclusion(stored.requestId);
  const [isAsked, setIsAsked] = useState(false);
  const open = countOpen(text, recommendations);
  const isReady = open === 0 && text.tasks.every((task) => taskProblem(task, today) === undefined);
  const followUp = content.followUpDate === null ? null : formatCalendarDate(content.followUpDate);
  const isOvertaken = autosave.error?.code === 'teach_back.version_conflict';

  function confirm() {
    setIsAsked(true);
    if (!isReady) return;
    const tasks = text.tasks.map((task) => ({
      id: task.id as CareTaskId,
      text: task.text.trim(),
      dueOn: parseTypedDate(task.due) as CalendarDate,
    }));
    acknowledge.mutate(
      { compositionId: stored.compositionId, answers: text.answers, tasks },
      { onSuccess: () => void draft.discard() },
    );
  }

  return (
    <section className={`${styles.section} no-print`} aria-labelledby={id}>
      <h2 id={id}>
        <Trans>Said back by the patient</Trans>
      </h2>
      <p>
        <Trans>
          Read each recommendation aloud and ask the patient to say it back in their own words. Then tick it.
        </Trans>
      </p>
      <ol className={styles.list}>
        {recommendations.map((recommendation) => (
          <Item
            key={recommendation.index}
            recommendation={recommendation}
            given={text.answers.find(({ index }) => index === recommendation.index)}
            isAsked={isAsked}
            onChange={(change) => draft.set((before) => answer(before, recommendation.index, change))}
          />
        ))}
      </ol>
      {followUp !== null && (
        <p>
          <Trans>The follow-up visit on {followUp} goes onto your list by itself.</Trans>
        </p>
      )}
      <OwnTasks
        tasks={text.tasks}
        today={today}
        isAsked={isAsked}
        onChange={(tasks) => draft.set((before) => ({ ...before, tasks }))}
      />
      {isOvertaken ? (
        <ProblemNotice
          error={autosave.error}
          actions={
            <>
              <Action onClick={() => autosave.overrule(stored.version)}>
                <Trans>Keep what is on this screen</Trans>
              </Action>
              <Action onClick={() => draft.set((before) => ({ ...before, answers: [...stored.answers] }))}>
                <Trans>Take what was saved there</Trans>
              </Action>
            </>
          }
        />
      ) : (
        autosave.error && !isTemporary(autosave.error) && <ProblemNotice error={autosave.error} />
      )}
      {acknowledge.isError && (
        <ProblemNotice error={acknowledge.error} onRetry={confirm} isRetrying={acknowledge.isPending} />
      )}
      <div className={styles.foot}>
        <PrimaryAction
          icon={<IconCheck size={24} aria-hidden />}
          isBusy={acknowledge.isPending}
          disabled={!isDelivered || (isAsked && !isReady)}
          onClick={confirm}
        >
          <Trans>Read and understood</Trans>
        </PrimaryAction>
        <span role="status">
          {open === 0 ? (
            <Trans>Every recommendation is answered.</Trans>
          ) : (
            <Plural value={open} one="# recommendation is still open." other="# recommendations are still open." />
          )}
        </span>
        <SavedState saving={autosave.saving} onRetry={autosave.retry} />
      </div>
    </section>
  );
}

interface ItemProps {
  readonly recommendation: Recommendation;
  readonly given: TeachBackText['answers'][number] | undefined;
  readonly isAsked: boolean;
  onChange(change: { kind?: 'done' | 'cannot'; reason?: string }): void;
}

function Item({ recommendation, given, isAsked, onChange }: ItemProps) {
  const { t } = useLingui();
  const name = useId();
  const isReasonMissing = given?.kind === 'cannot' && given.reason.trim() === '';
  return (
    <li className={styles.item}>
      <fieldset className={styles.group} aria-invalid={isAsked && given === undefined}>
        <legend className={styles.text}>{recommendation.text}</legend>
        <div className={styles.options}>
          <label className={styles.option}>
            <input
              type="radio"
              name={name}
              checked={given?.kind === 'done'}
              onChange={() => onChange({ kind: 'done' })}
            />
            <Trans>Done: understood, will do it</Trans>
          </label>
          <label className={styles.option}>
            <input
              type="radio"
              name={name}
              checked={given?.kind === 'cannot'}
              onChange={() => onChange({ kind: 'cannot' })}
            />
            <Trans>Cannot, because…</Trans>
          </label>
        </div>
        {given?.kind === 'cannot' && (
          <TextField
            label={<Trans>Why not</Trans>}
            description={t`The specialist is told, and another way is put on the lists.`}
            value={given.reason}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => onChange({ reason: event.currentTarget.value })}
            {...(isAsked && isReasonMissing && { error: t`Write why the patient cannot` })}
          />
        )}
        {isAsked && given === undefined && (
          <p className={styles.missing}>
            <Trans>Not answered yet</Trans>
          </p>
        )}
      </fieldset>
    </li>
  );
}
