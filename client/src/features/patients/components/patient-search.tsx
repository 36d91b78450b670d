import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useDebounced } from '../../../lib/use-debounced.ts';
import { Action } from '../../../ui/action.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { MOST_PATIENTS, usePatients } from '../api/search-patients.ts';
import { checkIin, cleanIin } from '../iin-check.ts';
import { IinHint, isIinError } from './iin-hint.tsx';
import { PatientFacts } from './patient-facts.tsx';
import listStyles from './patient-list.module.css';
import styles from './patient-search.module.css';

interface PatientSearchProps {
  onChoose(patient: Patient): void;
  /** With what was typed, so that it is not typed again. */
  onRegister(searched: string): void;
}

/** Finds a patient by IIN, name or birth date; before anything is typed it lists the station's recent ones. */
export function PatientSearch({ onChoose, onRegister }: PatientSearchProps) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const list = useRef<HTMLUListElement>(null);
  // An IIN is searched as digits, however it was grouped.
  const query = useDebounced(/^[\d\s\u00A0-]+$/.test(text) ? cleanIin(text) : text.trim(), 250);
  const [isLong, setIsLong] = useState(false);
  const found = usePatients(query, isLong ? MOST_PATIENTS : 8);
  const foundCount = found.data?.patients.length ?? 0;
  const hasMore = found.data?.hasMore ?? false;
  const looksLikeIin = /^\d/.test(text.trim()) && !/[./]/.test(text);
  const check = looksLikeIin ? checkIin(text) : ({ kind: 'empty' } as const);

  // Down from the field into the list, up and down in it.
  function moveFocus(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = buttons[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <search className={styles.search}>
      <TextField
        label={t`Find the patient`}
        description={t`IIN, name or birth date`}
        leftSection={<IconSearch size={22} aria-hidden />}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={text}
        onKeyDown={moveFocus}
        error={isIinError(check) && <IinHint check={check} />}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {!isIinError(check) && check.kind !== 'empty' && (
        <p className={styles.heading}>
          <IinHint check={check} />
        </p>
      )}
      <div className={styles.results}>
        <p className={styles.heading} role="status">
          {found.isPending ? null : query === '' ? (
            <Trans>Recent patients</Trans>
          ) : hasMore ? (
            <Plural value={foundCount} one="# patient shown, more fit" other="# patients shown, more fit" />
          ) : (
            <Plural value={foundCount} one="# patient found" other="# patients found" />
          )}
        </p>
        {found.isPending && <Skeleton lines={3} />}
        {found.isError && (
          <ProblemNotice error={found.error} onRetry={() => void found.refetch()} isRetrying={found.isFetching} />
        )}
        {found.data?.patients.length === 0 && query !== '' && (
          <EmptyState
            title={<Trans>Nobody was found</Trans>}
            why={<Trans>Check the spelling, or register the patient: what you typed is taken over.</Trans>}
          />
        )}
        <ul ref={list} className={listStyles.list}>
          {found.data?.patients.map((patient) => (
            <li key={patient.id}>
              <button
                type="button"
                className={listStyles.patient}
                onKeyDown={moveFocus}
                onClick={() => onChoose(patient)}
              >
                <PatientFacts patient={patient} />
              </button>
            </li>
          ))}
        </ul>
        {hasMore && isLong && query !== '' && (
          <p className="quiet">
            <Trans>Type more of the name, the whole birth date or the IIN.</Trans>
          </p>
        )}
        <div className={styles.more}>
          {hasMore && !isLong && (
            <Action isBusy={found.isFetching} onClick={() => setIsLong(true)}>
              <Trans>Show more</Trans>
            </Action>
          )}
          <Action icon={<IconUserPlus size={22} aria-hidden />} onClick={() => onRegister(text)}>
            <Trans>Register a new patient</Trans>
          </Action>
        </div>
      </div>
    </search>
  );
}
