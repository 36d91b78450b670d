import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans } from '@lingui/react/macro';
import { useLocalText } from '../../../lib/local-text.ts';
import { StatusShape } from '../../../ui/status-badge.tsx';
import styles from './completeness-note.module.css';

/** "4 of 6 ready. Missing: allergies, ECG. Not possible: photos (no camera)". Silent where nothing is asked for. */
export function CompletenessNote({ consultation }: { consultation: Consultation }) {
  const localText = useLocalText();
  const completeness = consultation.card?.completeness;
  if (completeness == null) return null;
  const { ready, expected, items } = completeness;
  const missing = items
    .filter(({ state }) => state === 'missing')
    .map(({ label }) => localText(label))
    .join(', ');
  const notPossible = items
    .filter(({ state }) => state === 'not_possible')
    .map(({ label, reason }) => `${localText(label)} (${reason})`)
    .join(', ');
  return (
    <p className={styles.note}>
      <StatusShape tone={ready === expected ? 'well' : 'accent'} />
      <span>
        <Trans>
          {ready} of {expected} ready
        </Trans>
        {missing !== '' && (
          <>
            {'. '}
            <Trans>Missing: {missing}</Trans>
          </>
        )}
        {notPossible !== '' && (
          <>
            {'. '}
            <Trans>Not possible: {notPossible}</Trans>
          </>
        )}
      </span>
    </p>
  );
}
