import { Trans, useLingui } from '@lingui/react/macro';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { vitalWords } from '../vital-words.ts';
import { readVitals, type VitalsEntry } from '../vitals-entry.ts';
import { VitalValue } from './vitals-table.tsx';

interface UnusualVitalsDialogProps {
  readonly isOpen: boolean;
  readonly entry: VitalsEntry;
  onConfirm(): void;
  onCorrect(): void;
}

/** Asks once about values out of the usual range that were not confirmed at the field. It never refuses them. */
export function UnusualVitalsDialog({ isOpen, entry, onConfirm, onCorrect }: UnusualVitalsDialogProps) {
  const { t } = useLingui();
  const { vitals, unconfirmed } = readVitals(entry);
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={<Trans>Are these measured correctly?</Trans>}
      confirmLabel={<Trans>Yes, measured correctly</Trans>}
      cancelLabel={<Trans>Correct them</Trans>}
      onConfirm={onConfirm}
      onCancel={onCorrect}
    >
      <ul>
        {unconfirmed.map((code) => (
          <li key={code}>
            {t(vitalWords[code].label)}: <VitalValue code={code} value={vitals[code]} /> {t(vitalWords[code].unit)}
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
