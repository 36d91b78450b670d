import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { PrimaryAction } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import type { Conflict } from '../conclusion-autosave.ts';
import { canTakeBoth, type MergeChoice } from '../conclusion-merge.ts';
import type { ConclusionText, ConclusionTextField } from '../conclusion-text.ts';
import styles from './conflict-dialog.module.css';

const fieldNames: Record<ConclusionTextField, MessageDescriptor> = {
  findings: msg`Findings`,
  diagnosis: msg`Diagnosis`,
  recommendations: msg`Recommendations`,
  medicines: msg`Medicines`,
  furtherTests: msg`Further tests`,
  referral: msg`Referral`,
  followUp: msg`Follow-up visit`,
  limits: msg`What could not be examined remotely`,
};

interface ConflictDialogProps {
  readonly conflict: Conflict;
  onResolve(choices: Partial<Record<ConclusionTextField, MergeChoice>>): void;
}

/** Two texts of the same field: both are shown and a person decides. It cannot be left without a decision, and nothing is sent before. */
export function ConflictDialog({ conflict, onResolve }: ConflictDialogProps) {
  const { t } = useLingui();
  const [choices, setChoices] = useState<Partial<Record<ConclusionTextField, MergeChoice>>>({});
  const isDecided = conflict.conflicts.every((field) => choices[field] !== undefined);
  const theirTitle = conflict.from === 'server' ? t`Saved in another window` : t`Kept on this computer from before`;

  return (
    <Dialog isOpen title={<Trans>The same part was written twice</Trans>}>
      <p>
        <Trans>Nothing is lost: choose which text stays. Everything else was joined by itself.</Trans>
      </p>
      {conflict.conflicts.map((field) => (
        <section key={field} className={styles.field}>
          <h3>{t(fieldNames[field])}</h3>
          <ChoiceCards<MergeChoice>
            legend={t(fieldNames[field])}
            isLegendHidden
            cardWidth="13rem"
            value={choices[field] ?? null}
            onChange={(choice) => setChoices({ ...choices, [field]: choice })}
            choices={[
              { value: 'mine', title: t`Written here`, note: <FieldText field={field} text={conflict.mine} /> },
              { value: 'theirs', title: theirTitle, note: <FieldText field={field} text={conflict.theirs} /> },
              ...(canTakeBoth(field)
                ? [{ value: 'both' as const, title: t`Both, one after the other`, note: t`can be tidied afterwards` }]
                : []),
            ]}
          />
        </section>
      ))}
      <DialogActions>
        <PrimaryAction disabled={!isDecided} onClick={() => onResolve(choices)}>
          <Trans>Continue with this</Trans>
        </PrimaryAction>
      </DialogActions>
    </Dialog>
  );
}

function FieldText({ field, text }: { field: ConclusionTextField; text: ConclusionText }) {
  const words = wordsOf(field, text);
  return <span className={styles.text}>{words === '' ? <Trans>(empty)</Trans> : words}</span>;
}

function wordsOf(field: ConclusionTextField, text: ConclusionText): string {
  switch (field) {
    case 'diagnosis':
      return [text.diagnosis, ...(text.diagnosis.others ?? [])]
        .map(({ code, text: words }) => `${code} ${words}`.trim())
        .join('\n');
    case 'recommendations':
      return text.recommendations
        .filter((row) => row.trim() !== '')
        .map((row, at) => `${at + 1}. ${row}`)
        .join('\n');
    default:
      return text[field];
  }
}
