import { URGENCIES, type Urgency } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { StatusShape, type StatusTone } from '../../../ui/status-badge.tsx';
import { urgencyWords } from '../consultation-words.ts';
import styles from './urgency-choice.module.css';

interface UrgencyChoiceProps {
  readonly value: Urgency | null;
  onChange(urgency: Urgency): void;
  readonly error?: string | undefined;
}

export function UrgencyChoice({ value, onChange, error }: UrgencyChoiceProps) {
  const { t } = useLingui();
  return (
    <ChoiceCards
      legend={<Trans>How urgent?</Trans>}
      cardWidth="15.5rem"
      choices={URGENCIES.map((urgency) => ({
        value: urgency,
        title: t(urgencyWords[urgency].label),
        note: t(urgencyWords[urgency].note),
        icon: <Shape tone={urgencyWords[urgency].tone} />,
      }))}
      value={value}
      onChange={onChange}
      {...(error !== undefined && { error })}
    />
  );
}

function Shape({ tone }: { tone: StatusTone }) {
  return (
    <span className={styles[tone]}>
      <StatusShape tone={tone} />
    </span>
  );
}
