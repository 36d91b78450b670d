import type { DangerCheck } from '@jaqyn/shared/consultations/request-card.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useLocalText } from '../../../lib/local-text.ts';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { urgencyWords } from '../consultation-words.ts';
import styles from './danger-note.module.css';

/** Danger signs that were found, what they ask for, and why it was decided otherwise. */
export function DangerNote({ check }: { check: DangerCheck }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { signs, raisedTo, overrideReason } = check;
  if (signs.length === 0) {
    return (
      <p className={styles.none}>
        <StatusShape tone="well" /> <Trans>Danger signs were looked for: none found</Trans>
      </p>
    );
  }
  const asked = raisedTo === null ? '' : t(urgencyWords[raisedTo].label);
  return (
    <div className={styles.found}>
      <p>
        <StatusShape tone="act-now" />{' '}
        <strong>
          <Trans>Danger signs, they ask for: {asked}</Trans>
        </strong>
      </p>
      <ul>
        {signs.map(({ key, text }) => (
          <li key={key}>{localText(text)}</li>
        ))}
      </ul>
      {overrideReason !== '' && (
        <p>
          <Trans>The station decided otherwise: {overrideReason}</Trans>
        </p>
      )}
    </div>
  );
}
