import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Action } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { TextField } from '../../../ui/field.tsx';
import { MAX_LENGTH, MAX_OTHERS, type OtherText } from '../conclusion-text.ts';
import styles from './conclusion-editor.module.css';

export interface CodeFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly error: string | undefined;
  onChange(code: string): void;
  onChoose(concept: { readonly code: string; readonly name: string }): void;
}
export type RenderCode = (field: CodeFieldProps) => ReactNode;

interface OtherDiagnosesProps {
  readonly others: readonly OtherText[];
  readonly renderCode: RenderCode;
  codeError(code: string): string | undefined;
  onChange(others: OtherText[]): void;
}

/** Complications and what the patient has besides, each with its code and its words. */
export function OtherDiagnoses({ others, renderCode, codeError, onChange }: OtherDiagnosesProps) {
  const { t } = useLingui();
  const set = (at: number, change: Partial<OtherText>) =>
    onChange(others.map((other, index) => (index === at ? { ...other, ...change } : other)));
  return (
    <>
      {others.map((other, at) => (
        <fieldset key={at} className={styles.visit}>
          <legend className="quiet">
            <Trans>Another diagnosis</Trans> {at + 1}
          </legend>
          <ChoiceCards
            legend={t`Kind of the diagnosis`}
            isLegendHidden
            cardWidth="13.5rem"
            choices={[
              { value: 'complication', title: t`complication` },
              { value: 'concomitant', title: t`concomitant` },
            ]}
            value={other.kind}
            onChange={(kind) => set(at, { kind })}
          />
          <div className={styles.diagnosis}>
            {renderCode({
              label: t`ICD-10`,
              name: `code-${at}`,
              value: other.code,
              error: codeError(other.code),
              onChange: (code) => set(at, { code }),
              onChoose: ({ code, name }) => set(at, { code, text: other.text.trim() === '' ? name : other.text }),
            })}
            <TextField
              label={t`Diagnosis`}
              maxLength={MAX_LENGTH.diagnosis}
              value={other.text}
              onChange={(event) => set(at, { text: event.currentTarget.value })}
            />
          </div>
          <div>
            <Action
              tone="quiet"
              icon={<IconTrash size={20} aria-hidden />}
              onClick={() => onChange(others.filter((_other, index) => index !== at))}
            >
              <Trans>Take this diagnosis away</Trans>
            </Action>
          </div>
        </fieldset>
      ))}
      {others.length < MAX_OTHERS && (
        <div>
          <Action
            tone="quiet"
            icon={<IconPlus size={20} aria-hidden />}
            onClick={() => onChange([...others, { kind: 'concomitant', code: '', text: '' }])}
          >
            <Trans>Complication or concomitant diagnosis</Trans>
          </Action>
        </div>
      )}
    </>
  );
}
