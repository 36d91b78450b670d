import type { LocalText } from '@jaqyn/shared/auth/auth.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconBan } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocalText } from '../../../lib/local-text.ts';
import { Action } from '../../../ui/action.tsx';
import { TextField } from '../../../ui/field.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import styles from './completeness-list.module.css';

interface Item {
  readonly key: string;
  readonly label: LocalText;
  readonly state: 'ready' | 'missing' | 'not_possible';
  readonly reason: string;
}

interface CompletenessListProps {
  readonly completeness: { readonly ready: number; readonly expected: number; readonly items: readonly Item[] };
  /** Absent where it is only read. */
  onNotPossible?(key: string, reason: string): void;
}

/** "3 of 5 ready", what is missing, and what this station cannot give with its reason. Nothing of it is forced. */
export function CompletenessList({ completeness, onNotPossible }: CompletenessListProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { ready, expected, items } = completeness;
  const [asked, setAsked] = useState<{ readonly key: string; readonly reason: string }>();
  const isWhole = ready === expected;
  return (
    <div className={styles.box}>
      <p className={styles.head}>
        <StatusShape tone={isWhole ? 'well' : 'accent'} />{' '}
        <strong>
          <Trans>
            {ready} of {expected} ready
          </Trans>
        </strong>
      </p>
      <ul className={styles.list}>
        {items
          .filter(({ state }) => state !== 'ready' || onNotPossible !== undefined)
          .map(({ key, label, state, reason }) => (
            <li key={key} className={styles.item}>
              <span className={styles[state]}>
                <span aria-hidden="true">{state === 'ready' ? '✓' : state === 'missing' ? '○' : '–'}</span>{' '}
                {localText(label)}
                <span className="visually-hidden">
                  {state === 'ready' ? t`: ready` : state === 'missing' ? t`: missing` : t`: not possible`}
                </span>
                {state === 'not_possible' && <span className="quiet"> · {reason}</span>}
              </span>
              {onNotPossible &&
                state !== 'ready' &&
                (asked?.key === key ? (
                  <form
                    className={styles.ask}
                    onSubmit={(event) => {
                      event.preventDefault();
                      onNotPossible(key, asked.reason);
                      setAsked(undefined);
                    }}
                  >
                    <TextField
                      label={t`Not possible at this station, because`}
                      maxLength={300}
                      value={asked.reason}
                      onChange={(event) => setAsked({ key, reason: event.currentTarget.value })}
                    />
                    <Action type="submit" disabled={asked.reason.trim() === ''}>
                      <Trans>Note it</Trans>
                    </Action>
                  </form>
                ) : state === 'not_possible' ? (
                  <Action tone="quiet" onClick={() => onNotPossible(key, '')}>
                    <Trans>Take back</Trans>
                  </Action>
                ) : (
                  <Action
                    tone="quiet"
                    icon={<IconBan size={18} aria-hidden />}
                    onClick={() => setAsked({ key, reason: '' })}
                  >
                    <Trans>Not possible here</Trans>
                  </Action>
                ))}
            </li>
          ))}
      </ul>
    </div>
  );
}
