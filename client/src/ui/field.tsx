import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { classes } from './classes.ts';
import styles from './field.module.css';

interface FieldProps {
  readonly label?: ReactNode;
  /** Read out with the field, like the error. */
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  /** A star beside the label; what is missing is said by the form. */
  readonly withAsterisk?: boolean | undefined;
}

interface TextFieldProps extends FieldProps, Omit<ComponentProps<'input'>, 'size'> {
  /** A sign at the start of the line. */
  readonly leftSection?: ReactNode;
}

/** A line of text with its label above, always visible; `description` and `error` are read out with it. */
export function TextField(props: TextFieldProps) {
  const { label, description, error, withAsterisk, leftSection, id, className, ...input } = props;
  const field = useField({ label, description, error, withAsterisk, id });
  return (
    <Field {...field} className={className}>
      <span className={styles.line}>
        {leftSection !== undefined && <span className={styles.sign}>{leftSection}</span>}
        <input
          type="text"
          {...input}
          {...field.input}
          className={classes(styles.input, leftSection !== undefined && styles.behindSign)}
        />
      </span>
    </Field>
  );
}

/** Several lines; grows by the browser's own handle. */
export function TextAreaField(props: FieldProps & ComponentProps<'textarea'>) {
  const { label, description, error, withAsterisk, id, className, ...input } = props;
  const field = useField({ label, description, error, withAsterisk, id });
  return (
    <Field {...field} className={className}>
      <textarea rows={3} {...input} {...field.input} className={classes(styles.input, styles.area)} />
    </Field>
  );
}

/** A password with a button that shows it; pasting is allowed. */
export function PasswordField(props: Omit<TextFieldProps, 'leftSection' | 'type'> & { readonly showLabel: string }) {
  const { label, description, error, withAsterisk, id, className, showLabel, ...input } = props;
  const field = useField({ label, description, error, withAsterisk, id });
  const [isShown, setIsShown] = useState(false);
  return (
    <Field {...field} className={className}>
      <span className={styles.line}>
        <input
          {...input}
          {...field.input}
          type={isShown ? 'text' : 'password'}
          className={classes(styles.input, styles.beforeToggle)}
        />
        <button
          type="button"
          className={styles.toggle}
          aria-label={showLabel}
          aria-pressed={isShown}
          onClick={() => setIsShown(!isShown)}
        >
          {isShown ? <IconEyeOff size={22} aria-hidden /> : <IconEye size={22} aria-hidden />}
        </button>
      </span>
    </Field>
  );
}

type Wired = FieldProps & {
  readonly input: Pick<ComponentProps<'input'>, 'id' | 'aria-describedby' | 'aria-invalid'>;
  readonly ids: { readonly description: string; readonly error: string };
};

/** Ids that tie label, description and error to the input. */
function useField({ id, ...props }: FieldProps & { readonly id?: string | undefined }): Wired {
  const own = useId();
  const inputId = id ?? own;
  const ids = { description: `${inputId}-description`, error: `${inputId}-error` };
  const described = [isSaid(props.error) && ids.error, isSaid(props.description) && ids.description].filter(Boolean);
  return {
    ...props,
    ids,
    input: {
      id: inputId,
      ...(described.length > 0 && { 'aria-describedby': described.join(' ') }),
      ...(isSaid(props.error) && { 'aria-invalid': true }),
    },
  };
}

function isSaid(part: ReactNode): boolean {
  return part !== undefined && part !== null && part !== false && part !== '';
}

function Field(props: Wired & { readonly className: string | undefined; readonly children: ReactNode }) {
  const { label, description, error, withAsterisk, input, ids, className, children } = props;
  return (
    <div className={classes(styles.field, className)}>
      {isSaid(label) && (
        <label className={styles.label} htmlFor={input.id}>
          {label}
          {withAsterisk === true && (
            <span className={styles.required} aria-hidden="true">
              {' *'}
            </span>
          )}
        </label>
      )}
      {isSaid(description) && (
        <p id={ids.description} className={styles.description}>
          {description}
        </p>
      )}
      {children}
      {isSaid(error) && error !== true && (
        <p id={ids.error} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}
