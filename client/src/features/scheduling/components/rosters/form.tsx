import { Trans } from '@lingui/react/macro';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { useId } from 'react';
import { classes } from '../../../../ui/classes.ts';
import { StatusShape } from '../../../../ui/status-badge.tsx';
import styles from './form.module.css';

interface SelectFieldProps extends Omit<ComponentPropsWithRef<'select'>, 'className'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
}

/** The browser's own list, so that it works on a telephone and by keyboard as everywhere. */
export function SelectField({ label, hint, error, children, ...rest }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined && hint === undefined ? undefined : `${id}-note`}
        {...rest}
      >
        {children}
      </select>
      {(error ?? hint) !== undefined && (
        <p id={`${id}-note`} className={error === undefined ? styles.hint : styles.error}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

interface CheckFieldProps {
  readonly isChecked: boolean;
  readonly isDisabled?: boolean;
  onChange(isChecked: boolean): void;
  readonly children: ReactNode;
}

export function CheckField({ isChecked, isDisabled = false, onChange, children }: CheckFieldProps) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  );
}

interface ToggleGroupProps<V extends string | number> {
  readonly legend: ReactNode;
  readonly options: readonly { readonly value: V; readonly label: ReactNode; readonly fullLabel?: string }[];
  readonly values: readonly V[];
  onChange(values: V[]): void;
  readonly error?: ReactNode;
}

/** Several of a few, each a large button that stays pressed. */
export function ToggleGroup<V extends string | number>({
  legend,
  options,
  values,
  onChange,
  error,
}: ToggleGroupProps<V>) {
  const id = useId();
  return (
    <fieldset className={styles.group} aria-describedby={error === undefined ? undefined : id}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.toggles}>
        {options.map(({ value, label, fullLabel }) => (
          <label key={value} className={styles.toggle}>
            <input
              type="checkbox"
              aria-label={fullLabel}
              checked={values.includes(value)}
              onChange={(event) =>
                onChange(event.target.checked ? [...values, value] : values.filter((other) => other !== value))
              }
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p id={id} className={styles.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** One sentence that matters, with its shape. `isLive`: it appears while somebody types and is read out. */
export function Notice({
  tone,
  isLive = false,
  children,
}: {
  tone: 'heed' | 'well' | 'act-now';
  isLive?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={classes(styles.notice, styles[tone])} role={isLive ? 'status' : undefined}>
      <StatusShape tone={tone} />
      <div>{children}</div>
    </div>
  );
}

/** Said where a change of the roster touches nobody. */
export function NobodyBooked() {
  return (
    <Notice tone="well" isLive>
      <Trans>Nobody is booked at this time.</Trans>
    </Notice>
  );
}

/** Said when a booking came in between the preview and the save. */
export function ChangedMeanwhile() {
  return (
    <Notice tone="heed" isLive>
      <Trans>Bookings changed while you were deciding. Nothing was saved; the list above is the newest.</Trans>
    </Notice>
  );
}
