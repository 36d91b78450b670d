import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import styles from './select-field.module.css';

interface SelectFieldProps extends Omit<ComponentPropsWithRef<'select'>, 'className'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

/** The browser's own list, so that it works on a telephone and by keyboard as everywhere. */
export function SelectField({ label, hint, children, ...rest }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...rest}
      >
        {children}
      </select>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
