import {
  PasswordInput,
  type PasswordInputProps,
  Textarea,
  type TextareaProps,
  TextInput,
  type TextInputProps,
} from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import styles from './field.module.css';

const names = {
  label: styles.label ?? '',
  required: styles.required ?? '',
  description: styles.description ?? '',
  error: styles.error ?? '',
  input: styles.input ?? '',
};

/** A line of text with its label above, always visible; `description` and `error` are read out with it. */
export function TextField(props: TextInputProps) {
  return <TextInput {...props} classNames={names} />;
}

/** Several lines; grows by the browser's own handle. */
export function TextAreaField(props: TextareaProps) {
  return <Textarea rows={3} resize="vertical" {...props} classNames={names} />;
}

function RevealIcon({ reveal }: { reveal: boolean }) {
  return reveal ? <IconEyeOff size={22} aria-hidden /> : <IconEye size={22} aria-hidden />;
}

/** A password with a button that shows it; pasting is allowed. */
export function PasswordField(props: PasswordInputProps & { showLabel: string }) {
  const { showLabel, ...rest } = props;
  return (
    <PasswordInput
      {...rest}
      visibilityToggleIcon={RevealIcon}
      visibilityToggleButtonProps={{ 'aria-label': showLabel, tabIndex: 0 }}
      classNames={{
        ...names,
        input: [styles.input, styles.box].join(' '),
        innerInput: styles.inner ?? '',
        section: styles.section ?? '',
        visibilityToggle: styles.toggle ?? '',
      }}
    />
  );
}
