import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { ALLERGY_SEVERITIES, RELATIONSHIPS } from '@jaqyn/shared/patients/patient-summary';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useDraft } from '../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useSaveSummary } from '../api/save-summary.ts';
import {
  hasNameless,
  isNameless,
  type ListAnswer,
  NEW_ROW,
  SummaryDraft,
  toDraft,
  toSummary,
} from '../summary-draft.ts';
import { relationshipWords, severityWords } from '../summary-words.ts';
import styles from './summary-editor.module.css';
import { SummaryView } from './summary-view.tsx';

export interface CodeFieldProps {
  readonly value: string;
  onChange(code: string): void;
  onChoose(concept: { readonly code: string; readonly name: string }): void;
}

interface SummaryEditorProps {
  readonly patient: Patient;
  onClose(): void;
  onSaved(patient: Patient): void;
  /** The field for a code of ICD-10, which is another feature's. */
  readonly renderCode: (props: CodeFieldProps) => ReactNode;
}

/** As many as the server takes (patient-summary.ts). */
const MOST_ROWS = 40;

type Rows = 'allergies' | 'conditions' | 'medicines' | 'representatives';

/** What every specialist needs to know of the patient. What is typed survives closing it and a reload. */
export function SummaryEditor({ patient, onClose, onSaved, renderCode }: SummaryEditorProps) {
  const { t } = useLingui();
  const [fresh] = useState(() => toDraft(patient.summary, patient.summaryVersion));
  const draft = useDraft(`summary:${patient.id}`, SummaryDraft, fresh);
  const save = useSaveSummary(patient.id);
  const { value } = draft;
  const isStale = value.baseVersion !== patient.summaryVersion;
  const [isTried, setIsTried] = useState(false);
  const editor = useRef<HTMLDivElement>(null);
  const nameError = (row: Parameters<typeof isNameless>[0]) =>
    isTried && isNameless(row) && t`Write what it is, or remove the row`;

  const set = (change: Partial<SummaryDraft>) => draft.set((before) => ({ ...before, ...change }));
  const add = (rows: Rows) => draft.set((before) => ({ ...before, [rows]: [...before[rows], NEW_ROW[rows]] }));
  const remove = (rows: Rows, at: number) =>
    draft.set((before) => ({ ...before, [rows]: before[rows].filter((_row, index) => index !== at) }));
  const change = <R extends Rows>(rows: R, at: number, part: Partial<SummaryDraft[R][number]>) =>
    draft.set((before) => ({
      ...before,
      [rows]: before[rows].map((row, index) => (index === at ? { ...row, ...part } : row)),
    }));
  /** "Yes" begins with an empty row. */
  const answer =
    (field: 'allergyAnswer' | 'conditionAnswer' | 'medicineAnswer', rows: Rows) => (chosen: ListAnswer) => {
      set({ [field]: chosen });
      if (chosen === 'some' && value[rows].length === 0) add(rows);
    };

  function submit(baseVersion: number) {
    setIsTried(true);
    if (hasNameless(value)) {
      requestAnimationFrame(() => editor.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    save.mutate(
      // Over what somebody else saved meanwhile only after it was shown.
      { baseVersion, summary: toSummary(value) },
      {
        onSuccess: (saved) => {
          void draft.discard();
          onSaved(saved);
        },
      },
    );
  }

  const row = (rows: Rows, at: number, what: string, children: ReactNode) => {
    const name = `${what} ${at + 1}`;
    return (
      <div key={at} className={styles.row} role="group" aria-label={name}>
        {children}
        <IconButton
          icon={<IconTrash size={20} aria-hidden />}
          word={t`Remove`}
          aria-label={t`Remove: ${name}`}
          onClick={() => remove(rows, at)}
        />
      </div>
    );
  };
  const more = (rows: Rows) =>
    value[rows].length < MOST_ROWS && (
      <div>
        <Action icon={<IconPlus size={20} aria-hidden />} onClick={() => add(rows)}>
          <Trans>One more</Trans>
        </Action>
      </div>
    );

  return (
    <Dialog isOpen title={<Trans>Allergies, conditions, medicines</Trans>} onClose={onClose}>
      <div className={styles.editor} ref={editor}>
        {isStale && (
          <section role="status" className={styles.stale}>
            <p>
              <Trans>Somebody saved this card after you began. This is what they saved; yours is below.</Trans>
            </p>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
            <div className={styles.theirs} tabIndex={0} role="group" aria-label={t`Saved by somebody else`}>
              <SummaryView summary={patient.summary} />
            </div>
            <div className={layout.row}>
              <Action isBusy={save.isPending} onClick={() => submit(patient.summaryVersion)}>
                <Trans>Save mine over it</Trans>
              </Action>
              <Action
                onClick={() => {
                  draft.set(toDraft(patient.summary, patient.summaryVersion));
                  save.reset();
                }}
              >
                <Trans>Begin from what is saved</Trans>
              </Action>
            </div>
          </section>
        )}
        <Answers legend={t`Allergies`} value={value.allergyAnswer} onChange={answer('allergyAnswer', 'allergies')} />
        {value.allergyAnswer === 'some' && (
          <>
            {value.allergies.map((entry, at) =>
              row(
                'allergies',
                at,
                t`Allergy`,
                <>
                  <TextField
                    label={t`To what`}
                    maxLength={500}
                    value={entry.substance}
                    error={nameError(entry)}
                    onChange={(event) => change('allergies', at, { substance: event.currentTarget.value })}
                  />
                  <TextField
                    label={t`What happened`}
                    maxLength={200}
                    value={entry.reaction}
                    onChange={(event) => change('allergies', at, { reaction: event.currentTarget.value })}
                  />
                  <label className={styles.choice}>
                    {t`How severe`}
                    <select
                      value={entry.severity}
                      onChange={(event) =>
                        change('allergies', at, { severity: event.currentTarget.value as typeof entry.severity })
                      }
                    >
                      {ALLERGY_SEVERITIES.map((severity) => (
                        <option key={severity} value={severity}>
                          {t(severityWords[severity])}
                        </option>
                      ))}
                    </select>
                  </label>
                </>,
              ),
            )}
            {more('allergies')}
          </>
        )}
        <Answers
          legend={t`Chronic conditions`}
          value={value.conditionAnswer}
          onChange={answer('conditionAnswer', 'conditions')}
        />
        {value.conditionAnswer === 'some' && (
          <>
            {value.conditions.map((entry, at) =>
              row(
                'conditions',
                at,
                t`Condition`,
                <>
                  {renderCode({
                    value: entry.code,
                    onChange: (code) => change('conditions', at, { code }),
                    onChoose: ({ code, name }) => change('conditions', at, { code, name }),
                  })}
                  <TextField
                    label={t`In words`}
                    maxLength={500}
                    value={entry.name}
                    onChange={(event) => change('conditions', at, { name: event.currentTarget.value })}
                  />
                </>,
              ),
            )}
            {more('conditions')}
          </>
        )}
        <Answers
          legend={t`Medicines taken now`}
          value={value.medicineAnswer}
          onChange={answer('medicineAnswer', 'medicines')}
        />
        {value.medicineAnswer === 'some' && (
          <>
            {value.medicines.map((entry, at) =>
              row(
                'medicines',
                at,
                t`Medicine`,
                <>
                  <TextField
                    label={t`Name of the medicine`}
                    maxLength={160}
                    value={entry.name}
                    error={nameError(entry)}
                    onChange={(event) => change('medicines', at, { name: event.currentTarget.value })}
                  />
                  <TextField
                    label={t`Dose`}
                    maxLength={80}
                    value={entry.dose}
                    onChange={(event) => change('medicines', at, { dose: event.currentTarget.value })}
                  />
                  <TextField
                    label={t`How often`}
                    maxLength={120}
                    value={entry.frequency}
                    onChange={(event) => change('medicines', at, { frequency: event.currentTarget.value })}
                  />
                </>,
              ),
            )}
            {more('medicines')}
          </>
        )}
        <h3>
          <Trans>Who answers for the patient</Trans>
        </h3>
        <p className="quiet">
          <Trans>Needed for everybody under 18.</Trans>
        </p>
        {value.representatives.map((entry, at) =>
          row(
            'representatives',
            at,
            t`Representative`,
            <>
              <TextField
                label={t`Full name`}
                maxLength={160}
                value={entry.name}
                error={nameError(entry)}
                onChange={(event) => change('representatives', at, { name: event.currentTarget.value })}
              />
              <label className={styles.choice}>
                {t`Who it is`}
                <select
                  value={entry.relationship}
                  onChange={(event) =>
                    change('representatives', at, {
                      relationship: event.currentTarget.value as typeof entry.relationship,
                    })
                  }
                >
                  {RELATIONSHIPS.map((relationship) => (
                    <option key={relationship} value={relationship}>
                      {t(relationshipWords[relationship])}
                    </option>
                  ))}
                </select>
              </label>
              <TextField
                label={t`Phone`}
                inputMode="tel"
                maxLength={40}
                value={entry.phone}
                onChange={(event) => change('representatives', at, { phone: event.currentTarget.value })}
              />
            </>,
          ),
        )}
        {value.representatives.length < 6 && (
          <div>
            <Action icon={<IconPlus size={20} aria-hidden />} onClick={() => add('representatives')}>
              <Trans>Add a representative</Trans>
            </Action>
          </div>
        )}
        {save.isError && !isStale && <ProblemNotice error={save.error} />}
      </div>
      <DialogActions>
        <Action onClick={onClose}>
          <Trans>Close</Trans>
        </Action>
        <PrimaryAction isBusy={save.isPending} disabled={isStale} onClick={() => submit(value.baseVersion)}>
          <Trans>Save</Trans>
        </PrimaryAction>
      </DialogActions>
    </Dialog>
  );
}

interface AnswersProps {
  readonly legend: string;
  readonly value: ListAnswer;
  onChange(answer: ListAnswer): void;
}

function Answers({ legend, value, onChange }: AnswersProps) {
  const { t } = useLingui();
  return (
    <ChoiceCards
      legend={legend}
      cardWidth="11rem"
      choices={[
        { value: 'unknown', title: t`Not asked yet` },
        { value: 'none', title: t`None known` },
        { value: 'some', title: t`Yes` },
      ]}
      value={value}
      onChange={onChange}
    />
  );
}
