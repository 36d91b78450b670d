import type { FoundSlot } from '@jaqyn/shared/scheduling/board.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useLocalText } from '../../../lib/local-text.ts';
import { Action } from '../../../ui/action.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useEquipmentNames } from '../components/appointments/conflict-words.ts';
import { useWhen } from '../components/appointments/when.ts';
import styles from './earliest-answer.module.css';

interface FoundSlotRowProps {
  readonly slot: FoundSlot;
  /** Of the asked language, in its own words: "Қазақша". */
  readonly languageName: string | undefined;
  readonly isFirst: boolean;
  readonly regionName?: string | undefined;
  onChoose(): void;
}

/** A slot that could be booked: when, who, and what speaks for or against it, said before it is pressed. */
export function FoundSlotRow({ slot, languageName, isFirst, regionName, onChoose }: FoundSlotRowProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const when = useWhen();
  const equipmentNames = useEquipmentNames();
  const { practitioner, speaksLanguage, missingEquipment, isAfterTreatBy, startsAt } = slot;
  const time = when(startsAt);
  const name = practitioner.displayName;
  const lacking = equipmentNames(missingEquipment);
  return (
    <li className={styles.found} data-first={isFirst}>
      <span className={styles.facts}>
        <span className={styles.time}>{time}</span>
        <span>
          {name}
          <span className="quiet">
            {' · '}
            {localText(practitioner.organizationName)}
            {regionName !== undefined && ` · ${regionName}`}
          </span>
        </span>
        <span className={styles.badges}>
          {speaksLanguage !== null && languageName !== undefined && (
            <StatusBadge tone={speaksLanguage ? 'well' : 'heed'}>
              {speaksLanguage ? <Trans>Speaks {languageName}</Trans> : <Trans>Does not speak {languageName}</Trans>}
            </StatusBadge>
          )}
          {missingEquipment.length > 0 && (
            <StatusBadge tone="heed">
              <Trans>This station lacks: {lacking}</Trans>
            </StatusBadge>
          )}
          {isAfterTreatBy && (
            <StatusBadge tone="act-now">
              <Trans>Later than the patient should be seen</Trans>
            </StatusBadge>
          )}
        </span>
      </span>
      <Action aria-label={t`Choose: ${time}, ${name}`} onClick={onChoose}>
        <Trans>Choose</Trans>
      </Action>
    </li>
  );
}
