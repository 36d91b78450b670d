import { Trans, useLingui } from '@lingui/react/macro';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { monthsOld } from '../months-old.ts';
import { vitalWords } from '../vital-words.ts';
import { readVitals, type VitalsEntry } from '../vitals-entry.ts';
import { VitalValue } from './vitals-table.tsx';

interface UnusualVitalsDialogProps {
  readonly isOpen: boolean;
  readonly entry: VitalsEntry;
  readonly birthDate?: string | undefined;
  onConfirm(): void;
  onCorrect(): void;
}

/** Asks once about values out of the usual range that were not confirmed at the field. It never refuses them. */
export function UnusualVitalsDialog({ isOpen, entry, birthDate, onConfirm, onCorrect }: UnusualVitalsDialogProps) {
  const { t } = useLingui();
  const { vitals, unconfirmed } = readVitals(entry, birthDate);
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
            {t(vitalWords[code].label)}: <VitalValue code={code} value={vitals[code]} months={monthsOld(birthDate)} />{' '}
            {t(vitalWords[code].unit)}
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
