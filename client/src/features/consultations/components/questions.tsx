import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { StationQuestion } from '@jaqyn/shared/consultations/progress.contract';
import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconHeartRateMonitor, IconSend, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import * as z from 'zod/mini';
import { formatDateTime } from '../../../lib/format.ts';
import { ProblemError } from '../../../lib/problem-error.ts';
import { useDraft } from '../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { TextAreaField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useAnswerQuestion } from '../api/answer-question.ts';
import { AddVitalsDialog } from './add-vitals-dialog.tsx';
import styles from './questions.module.css';

/** What was asked and answered, oldest first. */
export function QuestionThread({ questions }: { questions: readonly StationQuestion[] }) {
  const { t } = useLingui();
  if (questions.length === 0) return null;
  return (
    <ul className={styles.thread} aria-label={t`Questions to the station`}>
      {questions.map((one) => (
        <li key={one.id} className={styles.entry}>
          <span className="quiet">
            {one.askedBy} · {formatDateTime(one.askedAt)}
          </span>
          <strong>{one.question}</strong>
          {one.answer === null ? (
            <span className="quiet">
              <Trans>The station has not answered yet.</Trans>
            </span>
          ) : (
            <span className={styles.answer}>
              {one.answer.text}{' '}
              <span className="quiet">
                {one.answer.by} · {formatDateTime(one.answer.at)}
              </span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

const Draft = z.object({ answer: z.string() });
const EMPTY = { answer: '' };
const draftKey = ({ id }: Pick<StationQuestion, 'id'>) => `answer ${id}`;
const NO_VITALS: Vitals = {};

interface OpenQuestionProps {
  readonly consultation: Pick<Consultation, 'id' | 'questions' | 'patient'>;
  /** Files of the request, where the station adds what was asked for. */
  readonly files?: ReactNode;
}

/** The question that waits for this station, with the place for its answer; what is typed outlives the page. */
export function OpenQuestion({ consultation, files }: OpenQuestionProps) {
  const open = consultation.questions.find(({ answer }) => answer === null);
  return open === undefined ? null : (
    <Answering
      key={open.id}
      requestId={consultation.id}
      birthDate={consultation.patient?.birthDate}
      question={open}
      files={files}
    />
  );
}

/**
 * What was typed for a question that nobody waits for any more, the request being cancelled or somebody else having answered: it was
 * not sent, and it is not lost.
 */
export function UnsentAnswer({ question }: { question: StationQuestion }) {
  const { t } = useLingui();
  const draft = useDraft(draftKey(question), Draft, EMPTY);
  const { answer } = draft.value;
  const stored = question.answer?.text;
  // Nothing was typed here, or what was typed here is the answer.
  if (stored !== undefined && (answer.trim() === '' || answer.trim() === stored)) return null;
  return (
    <section className={layout.stack}>
      <ProblemNotice
        error={ProblemError.local(stored === undefined ? 'consultation.cancelled' : 'question.answered')}
      />
      <p className={styles.words}>{question.question}</p>
      {answer.trim() !== '' && (
        <>
          <TextAreaField label={t`Your answer, not sent`} rows={4} readOnly value={answer} />
          <div>
            <Action
              tone="quiet"
              icon={<IconTrash size={20} aria-hidden />}
              onClick={() => {
                draft.set(EMPTY);
                void draft.discard();
              }}
            >
              <Trans>Delete what was not sent</Trans>
            </Action>
          </div>
        </>
      )}
    </section>
  );
}

function Answering({
  requestId,
  birthDate,
  question,
  files,
}: {
  requestId: RequestId;
  /** Usual ranges go by age. */
  birthDate: string | undefined;
  question: StationQuestion;
  files: ReactNode;
}) {
  const { t } = useLingui();
  const id = useId();
  const draft = useDraft(draftKey(question), Draft, EMPTY);
  const send = useAnswerQuestion(requestId, question.id);
  const [isMeasuring, setIsMeasuring] = useState(false);
  const { answer } = draft.value;
  return (
    <section className={styles.open} aria-labelledby={id}>
      <h2 id={id}>
        <Trans>The specialist's side asks</Trans>
      </h2>
      <p className={styles.words}>{question.question}</p>
      <p className="quiet">
        {question.askedBy} · {formatDateTime(question.askedAt)}
      </p>
      <TextAreaField
        label={t`Your answer`}
        withAsterisk
        rows={4}
        maxLength={4000}
        value={answer}
        onChange={(event) => draft.set({ answer: event.currentTarget.value })}
      />
      {files}
      {send.isError && <ProblemNotice error={send.error} />}
      <div className={layout.row}>
        <PrimaryAction
          icon={<IconSend size={24} aria-hidden />}
          isBusy={send.isPending}
          disabled={answer.trim() === ''}
          onClick={() =>
            send.mutate({ answer: answer.trim(), vitals: NO_VITALS }, { onSuccess: () => void draft.discard() })
          }
        >
          <Trans>Send the answer</Trans>
        </PrimaryAction>
        <Action icon={<IconHeartRateMonitor size={22} aria-hidden />} onClick={() => setIsMeasuring(true)}>
          <Trans>Add vital signs</Trans>
        </Action>
      </div>
      <AddVitalsDialog
        requestId={requestId}
        birthDate={birthDate}
        isOpen={isMeasuring}
        onClose={() => setIsMeasuring(false)}
      />
    </section>
  );
}
