import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { completenessOf, type ExpectedItem } from '../completeness.ts';
import styles from './completeness-note.module.css';

const words: Record<ExpectedItem, MessageDescriptor> = {
  patient: msg`patient`,
  allergies: msg`allergies`,
  blood_pressure: msg`blood pressure`,
  pulse: msg`pulse`,
  spo2: msg`oxygen`,
  temperature: msg`temperature`,
  glucose: msg`blood sugar`,
  weight: msg`weight`,
};

/** "4 of 6 known; not given: allergies, temperature". */
export function CompletenessNote({ consultation }: { consultation: Consultation }) {
  const { t } = useLingui();
  const { expected, missing } = completenessOf(consultation);
  const known = expected - missing.length;
  const list = missing.map((item) => t(words[item])).join(', ');
  return (
    <p className={styles.note}>
      <StatusShape tone={missing.length === 0 ? 'well' : 'accent'} />
      <span>
        {missing.length === 0 ? (
          <Trans>
            Data complete: {expected} of {expected}
          </Trans>
        ) : (
          <Trans>
            Data: {known} of {expected}. Not given: {list}
          </Trans>
        )}
      </span>
    </p>
  );
}
