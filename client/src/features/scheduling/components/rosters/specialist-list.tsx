import { LANGUAGES } from '@jaqyn/shared/auth/auth.contract';
import type { BoardRow } from '@jaqyn/shared/scheduling/board.contract';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useLocalText } from '../../../../lib/local-text.ts';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import { LANGUAGE_NAMES } from './schedule-words.ts';
import styles from './specialist-list.module.css';

interface SpecialistListProps {
  readonly rows: readonly BoardRow[];
  specialtyName(code: string): string;
}

/** Specialists with how full their week is; each leads to the roster. */
export function SpecialistList({ rows, specialtyName }: SpecialistListProps) {
  const localText = useLocalText();
  return (
    <ul className={styles.list}>
      {rows.map(({ practitioner, slots, taken }) => (
        <li key={practitioner.id} className={styles.item}>
          <Link to="/rosters/$practitionerId" params={{ practitionerId: practitioner.id }} className={styles.name}>
            {practitioner.displayName}
          </Link>
          <span className={styles.facts}>
            {specialtyName(practitioner.specialty)}, {localText(practitioner.organization.name)}
            <br />
            {LANGUAGES.filter((language) => practitioner.languages.includes(language))
              .map((language) => LANGUAGE_NAMES[language])
              .join(', ')}
          </span>
          {slots === 0 ? (
            <span>
              <StatusBadge tone="quiet">
                <Trans>no slots this week</Trans>
              </StatusBadge>
            </span>
          ) : (
            <span className={styles.meter}>
              <span className={styles.bar} aria-hidden="true">
                <span
                  className={styles.fill}
                  style={{ width: `${Math.round((taken / slots) * 100)}%`, display: 'block' }}
                />
              </span>
              <span>
                <Trans>
                  {taken} of {slots} taken
                </Trans>
              </span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
