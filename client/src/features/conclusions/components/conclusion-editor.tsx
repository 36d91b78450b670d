import type { ConclusionField } from '@jaqyn/shared/consultations/conclusion.contract';
import { localDate } from '@jaqyn/shared/kernel/time';
import { ICD_CODE, tidyCode } from '@jaqyn/shared/terminologies/icd-code';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { serverNow } from '../../../lib/clock.ts';
import { toTypedDate } from '../../../lib/typed-date.ts';
import { Action } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { TextAreaField, TextField } from '../../../ui/field.tsx';
import { type ConclusionText, listUnfinished, MAX_LENGTH } from '../conclusion-text.ts';
import styles from './conclusion-editor.module.css';
import { OtherDiagnoses, type RenderCode } from './other-diagnoses.tsx';
import { RecommendationRows } from './recommendation-rows.tsx';

/** A code of the list of another day, or of none. */
export interface WrongCode {
  readonly code: string;
  readonly isRetired: boolean;
}

interface ConclusionEditorProps {
  readonly text: ConclusionText;
  /** Fields that signing asked for and that are empty; marked until they are filled. */
  readonly missing: readonly ConclusionField[];
  /** Marked until it is another one. */
  readonly wrongCode: WrongCode | undefined;
  onChange(text: ConclusionText): void;
  /** The field of an ICD-10 code, which another feature has. */
  readonly renderCode: RenderCode;
}

type PlainField = 'medicines' | 'furtherTests' | 'referral' | 'limits';
const PLAIN: readonly { readonly field: PlainField; readonly label: MessageDescriptor }[] = [
  { field: 'medicines', label: msg`Medicines` },
  { field: 'furtherTests', label: msg`Further tests` },
  { field: 'referral', label: msg`Referral` },
];

/** Quick choices for the next visit, in days from today. */
const VISIT_AFTER: readonly { readonly days: number; readonly label: MessageDescriptor }[] = [
  { days: 7, label: msg`in a week` },
  { days: 14, label: msg`in 2 weeks` },
  { days: 30, label: msg`in a month` },
];

/** The specialist's conclusion as it is written. The focus order is the order of thinking: seen, named, to be done. */
export function ConclusionEditor({ text, missing, wrongCode, onChange, renderCode }: ConclusionEditorProps) {
  const { t } = useLingui();
  const unfinished = listUnfinished(text);
  const set = (change: Partial<ConclusionText>) => onChange({ ...text, ...change });
  const setDiagnosis = (change: Partial<ConclusionText['diagnosis']>) =>
    set({ diagnosis: { ...text.diagnosis, ...change } });
  function codeError(typed: string): string | undefined {
    const code = tidyCode(typed);
    if (code !== '' && !ICD_CODE.test(code)) return t`Like I10 or E11.9, or choose from the list`;
    if (code === '' || code !== wrongCode?.code) return undefined;
    return wrongCode.isRetired ? t`No longer used: choose another` : t`Not in the list: choose another`;
  }
  const needed = (field: ConclusionField) => (missing.includes(field) ? t`Needed for the signature` : undefined);

  return (
    <div className={styles.editor}>
      <TextAreaField
        label={t`Findings`}
        withAsterisk
        rows={3}
        maxLength={MAX_LENGTH.findings}
        name="findings"
        value={text.findings}
        error={needed('findings')}
        onChange={(event) => set({ findings: event.currentTarget.value })}
      />
      <div className={styles.diagnosis}>
        {renderCode({
          label: t`ICD-10`,
          name: 'code',
          value: text.diagnosis.code,
          error: codeError(text.diagnosis.code),
          onChange: (code) => setDiagnosis({ code }),
          // What was written in words stays: only an empty line takes the name of the code.
          onChoose: ({ code, name }) =>
            setDiagnosis({ code, text: text.diagnosis.text.trim() === '' ? name : text.diagnosis.text }),
        })}
        <TextField
          label={t`Diagnosis`}
          withAsterisk
          maxLength={MAX_LENGTH.diagnosis}
          name="diagnosis"
          value={text.diagnosis.text}
          error={needed('diagnosis')}
          onChange={(event) => setDiagnosis({ text: event.currentTarget.value })}
        />
      </div>
      <ChoiceCards
        legend={t`How sure`}
        isLegendHidden
        cardWidth="13.5rem"
        choices={[
          { value: 'preliminary', title: t`preliminary` },
          { value: 'final', title: t`final` },
        ]}
        value={text.diagnosis.certainty}
        onChange={(certainty) => setDiagnosis({ certainty })}
      />
      <OtherDiagnoses
        others={text.diagnosis.others ?? []}
        renderCode={renderCode}
        codeError={codeError}
        onChange={(others) => setDiagnosis({ others })}
      />
      <RecommendationRows
        rows={text.recommendations}
        error={needed('recommendations')}
        onChange={(recommendations) => set({ recommendations })}
      />
      {PLAIN.map(({ field, label }) => (
        <PlainText key={field} label={t(label)} field={field} text={text} onChange={set} />
      ))}
      <fieldset className={styles.visit}>
        <TextField
          label={t`Follow-up visit`}
          placeholder={t`dd.mm.yyyy`}
          inputMode="numeric"
          maxLength={10}
          name="followUp"
          autoComplete="off"
          value={text.followUp}
          error={unfinished.includes('followUp') ? t`A day like 05.12.2026` : undefined}
          onChange={(event) => set({ followUp: event.currentTarget.value })}
        />
        <div className={styles.quick}>
          {VISIT_AFTER.map(({ days, label }) => (
            <Action key={days} onClick={() => set({ followUp: dayFromToday(days) })}>
              {t(label)}
            </Action>
          ))}
          {text.followUp !== '' && (
            <Action tone="quiet" onClick={() => set({ followUp: '' })}>
              <Trans>no visit</Trans>
            </Action>
          )}
        </div>
      </fieldset>
      <PlainText label={t`What could not be examined remotely`} field="limits" text={text} onChange={set} />
    </div>
  );
}

interface PlainTextProps {
  readonly label: string;
  readonly field: PlainField;
  readonly text: ConclusionText;
  onChange(change: Partial<ConclusionText>): void;
}

function PlainText({ label, field, text, onChange }: PlainTextProps) {
  return (
    <TextAreaField
      label={label}
      rows={2}
      maxLength={MAX_LENGTH[field]}
      name={field}
      value={text[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
}

function dayFromToday(days: number): string {
  return toTypedDate(localDate(new Date(serverNow() + days * 86_400_000)));
}
