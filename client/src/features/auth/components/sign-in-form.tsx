import type { CurrentUser } from '@jaqyn/shared/auth/auth.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { PrimaryAction } from '../../../ui/action.tsx';
import { PasswordField, TextField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { signIn } from '../api/sign-in.ts';
import styles from './sign-in-form.module.css';

interface SignInFormProps {
  /** Filled in and fixed when a known user signs in again. */
  readonly login?: string;
  onSignedIn(user: CurrentUser): void;
}

export function SignInForm({ login: fixedLogin, onSignedIn }: SignInFormProps) {
  const { t } = useLingui();
  const [login, setLogin] = useState(fixedLogin ?? '');
  const [password, setPassword] = useState('');
  const [isTried, setIsTried] = useState(false);
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: (user) => {
      setPassword('');
      onSignedIn(user);
    },
  });
  const loginError = isTried && login.trim() === '' ? t`Enter your login` : undefined;
  const passwordError = isTried && password === '' ? t`Enter your password` : undefined;

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (login.trim() === '' || password === '' || attempt.isPending) return;
        attempt.mutate({ login: login.trim(), password });
      }}
    >
      <TextField
        label={t`Login`}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        value={login}
        readOnly={fixedLogin !== undefined}
        data-autofocus={fixedLogin === undefined || undefined}
        error={loginError}
        onChange={(event) => setLogin(event.currentTarget.value)}
      />
      <PasswordField
        label={t`Password`}
        showLabel={t`Show the password`}
        name="password"
        autoComplete="current-password"
        maxLength={128}
        value={password}
        error={passwordError}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {attempt.isError && <ProblemNotice error={attempt.error} />}
      <PrimaryAction type="submit" isBusy={attempt.isPending}>
        <Trans>Sign in</Trans>
      </PrimaryAction>
    </form>
  );
}
