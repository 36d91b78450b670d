import type { PatientConfirmation } from '@jaqyn/shared/evidence/patient-confirmation.contract';
import type { ConfirmationId, RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans } from '@lingui/react/macro';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage } from '../../../lib/i18n.ts';
import { newId } from '../../../lib/ids.ts';
import { Action } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { classes } from '../../../ui/classes.ts';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useConfirmAsPatient, usePatientConfirmation } from '../api/patient-confirmation.ts';
import styles from './patient-confirmation.module.css';

/** The patient's own word on the station's screen, if they wish: a question in large print, and two buttons. Nothing waits for it. */
export function PatientConfirmationPanel({ requestId }: { requestId: RequestId }) {
  const id = useId();
  const { data, error, isFetching, refetch } = usePatientConfirmation(requestId);
  const [isAgain, setIsAgain] = useState(false);
  return (
    <section className={classes(layout.stack, 'no-print')} aria-labelledby={id}>
      <h2 id={id}>
        <Trans>The patient’s own word</Trans>
      </h2>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {data && <SaidByPatient said={data} />}
      {data && !isAgain && (
        <div>
          <Action tone="quiet" onClick={() => setIsAgain(true)}>
            <Trans>Ask again</Trans>
          </Action>
        </div>
      )}
      {(data === null || isAgain) && <Question requestId={requestId} onSaid={() => setIsAgain(false)} />}
    </section>
  );
}

/** What was said, how, and by whose word. */
export function SaidByPatient({ said }: { said: PatientConfirmation }) {
  const at = formatDateTime(said.recordedAt);
  const name = said.recordedByName;
  return (
    <div role="status">
      <p>
        <strong>
          {said.answer === 'yes' ? (
            <Trans>“Yes, a specialist consulted me.”</Trans>
          ) : (
            <Trans>“No, no specialist consulted me.”</Trans>
          )}
        </strong>
      </p>
      <p className="quiet">
        {said.by === 'patient' ? <Trans>The patient</Trans> : <Trans>A representative</Trans>},{' '}
        {said.method === 'pressed' ? (
          <Trans>pressed on the screen themselves</Trans>
        ) : (
          <Trans>said aloud, the station pressed</Trans>
        )}
        .{' '}
        <Trans>
          Signed in at the station: {name}, {at}
        </Trans>
      </p>
    </div>
  );
}

function Question({ requestId, onSaid }: { requestId: RequestId; onSaid(): void }) {
  const language = useLanguage();
  const [id, setId] = useState(() => newId() as ConfirmationId);
  const [by, setBy] = useState<PatientConfirmation['by']>('patient');
  const [method, setMethod] = useState<PatientConfirmation['method']>('pressed');
  const confirm = useConfirmAsPatient(requestId);
  const say = (answer: PatientConfirmation['answer']) =>
    confirm.mutate(
      { id, answer, by, method, language },
      {
        onSuccess: () => {
          setId(newId() as ConfirmationId);
          onSaid();
        },
        // Another answer is another record.
        onError: () => setId(newId() as ConfirmationId),
      },
    );
  return (
    <div className={layout.stack}>
      <p className="quiet">
        <Trans>If the patient wishes. It changes nothing in their care, and nothing waits for it.</Trans>
      </p>
      <div className={layout.fields}>
        <ChoiceCards
          legend={<Trans>Who answers</Trans>}
          choices={[
            { value: 'patient', title: <Trans>The patient</Trans> },
            { value: 'representative', title: <Trans>A representative</Trans> },
          ]}
          value={by}
          onChange={setBy}
        />
        <ChoiceCards
          legend={<Trans>How</Trans>}
          choices={[
            { value: 'pressed', title: <Trans>Presses on the screen</Trans> },
            { value: 'spoken', title: <Trans>Says it aloud, you press</Trans> },
          ]}
          value={method}
          onChange={setMethod}
        />
      </div>
      <div className={classes(layout.card, layout.stack)}>
        <p className={styles.question}>
          <Trans>Did a specialist consult you, and was the conclusion read to you?</Trans>
        </p>
        <div className={layout.row}>
          <Action icon={<IconCheck size={24} aria-hidden />} isBusy={confirm.isPending} onClick={() => say('yes')}>
            <Trans>Yes, it was so</Trans>
          </Action>
          <Action icon={<IconX size={24} aria-hidden />} isBusy={confirm.isPending} onClick={() => say('no')}>
            <Trans>No, it was not</Trans>
          </Action>
        </div>
        {confirm.isError && <ProblemNotice error={confirm.error} />}
      </div>
    </div>
  );
}
