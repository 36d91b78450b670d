import { type PractitionerId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useEarliest } from '../api/find-earliest.ts';
import { NativeSelect } from './native-select.tsx';
import styles from './options.module.css';

export interface SpecialtyOption {
  readonly code: SpecialtyCode;
  readonly name: string;
}

interface AlsoSpecialistsProps {
  readonly specialties: readonly SpecialtyOption[];
  readonly except: PractitionerId;
  readonly value: readonly PractitionerId[];
  onChange(value: PractitionerId[]): void;
}

/** The contract's limit. */
const MOST = 4;

/** Others who join the same appointment; whether they are free is said by the check beside the slot. */
export function AlsoSpecialists({ specialties, except, value, onChange }: AlsoSpecialistsProps) {
  const { t } = useLingui();
  const [specialty, setSpecialty] = useState<SpecialtyCode | ''>('');
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const earliest = useEarliest({ specialty: specialty === '' ? 'none' : specialty, limit: 20 }, specialty !== '');
  const found = new Map(
    [...(specialty === '' ? [] : (earliest.data?.slots ?? []))].map(({ practitioner }) => [
      practitioner.id,
      practitioner.displayName,
    ]),
  );
  for (const one of specialty === '' ? [] : (earliest.data?.now ?? [])) found.set(one.practitionerId, one.displayName);
  for (const id of value) if (names[id] !== undefined) found.set(id, names[id]);
  found.delete(except);

  return (
    <div className={styles.stack}>
      <NativeSelect
        label={t`Specialty of the other specialist`}
        value={specialty}
        options={[
          { value: '', label: t`Choose` },
          ...specialties.map(({ code, name }) => ({ value: code as string, label: name })),
        ]}
        onChange={(next) => setSpecialty(next === '' ? '' : SpecialtyCode.parse(next))}
      />
      {specialty !== '' && earliest.isPending && <Skeleton lines={2} />}
      {earliest.isError && <ProblemNotice error={earliest.error} onRetry={() => void earliest.refetch()} />}
      {found.size > 0 && (
        <fieldset className={styles.checks}>
          <legend className="visually-hidden">
            <Trans>Who else joins</Trans>
          </legend>
          {[...found].map(([id, name]) => (
            <label key={id} className={styles.check}>
              <input
                type="checkbox"
                checked={value.includes(id)}
                disabled={!value.includes(id) && value.length >= MOST}
                onChange={(event) => {
                  setNames({ ...names, [id]: name });
                  onChange(event.currentTarget.checked ? [...value, id] : value.filter((one) => one !== id));
                }}
              />
              {name}
            </label>
          ))}
        </fieldset>
      )}
      {specialty !== '' && earliest.data && found.size === 0 && (
        <p className="quiet">
          <Trans>Nobody of this specialty has free time.</Trans>
        </p>
      )}
    </div>
  );
}
