import type { PatientSummary } from '@jaqyn/shared/patients/patient-summary';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { relationshipWords, severityWords } from '../summary-words.ts';
import styles from './summary-view.module.css';

/** Allergies, conditions, medicines, representatives. "None known" and "not asked yet" are different words. */
export function SummaryView({ summary, isMinor = false }: { summary: PatientSummary; isMinor?: boolean }) {
  const { t } = useLingui();
  const { allergies, conditions, medicines, representatives } = summary;
  return (
    <dl className={styles.summary}>
      <Answer
        label={t`Allergies`}
        isHeeded={(allergies?.length ?? 0) > 0}
        entries={allergies?.map(({ substance, reaction, severity }) => {
          const rest = [reaction, severity === 'unknown' ? '' : t(severityWords[severity])].filter(Boolean).join(', ');
          return rest === '' ? substance : `${substance} (${rest})`;
        })}
      />
      <Answer
        label={t`Chronic conditions`}
        entries={conditions?.map(({ code, name }) => (code === null ? name : `${code} ${name}`))}
      />
      <Answer
        label={t`Medicines taken now`}
        entries={medicines?.map(({ name, dose, frequency }) => [name, dose, frequency].filter(Boolean).join(', '))}
      />
      {(representatives.length > 0 || isMinor) && (
        <Answer
          label={t`Representative`}
          none={<Trans>Not named</Trans>}
          entries={representatives.map(({ name, relationship, phone }) =>
            [name, t(relationshipWords[relationship]), phone].filter(Boolean).join(', '),
          )}
        />
      )}
    </dl>
  );
}

interface AnswerProps {
  readonly label: string;
  readonly entries: readonly string[] | undefined;
  readonly none?: ReactNode;
  readonly isHeeded?: boolean;
}

function Answer({ label, entries, none, isHeeded = false }: AnswerProps) {
  return (
    <div className={styles.answer}>
      <dt>{label}</dt>
      <dd className={classes(entries === undefined && styles.unknown, isHeeded && styles.heeded)}>
        {entries === undefined ? (
          <>
            <StatusShape tone="heed" /> <Trans>Not asked yet</Trans>
          </>
        ) : entries.length === 0 ? (
          (none ?? <Trans>None known</Trans>)
        ) : (
          <ul>
            {entries.map((entry, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two may read alike, and nothing is kept in them
              <li key={at}>{entry}</li>
            ))}
          </ul>
        )}
      </dd>
    </div>
  );
}
