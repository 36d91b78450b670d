import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { setLanguage } from '../features/auth/api/set-language.ts';
import { signOut } from '../features/auth/api/sign-out.ts';
import { setColorScheme, useColorScheme } from '../lib/color-scheme.ts';
import { useLanguage } from '../lib/i18n.ts';
import { useStore } from '../lib/store.ts';
import { unsentFiles } from '../lib/unsent-files.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

export function LanguageTool() {
  const language = useLanguage();
  const change = useMutation({ mutationFn: setLanguage });
  return <LanguageSwitch language={language} onChange={(next) => change.mutate(next)} />;
}

export function ThemeTool() {
  const { t } = useLingui();
  const isDark = useColorScheme() === 'dark';
  return (
    <IconButton
      icon={isDark ? <IconSun size={22} aria-hidden /> : <IconMoon size={22} aria-hidden />}
      word={isDark ? t`Light theme` : t`Dark theme`}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    />
  );
}

export function SignOutTool() {
  const { t } = useLingui();
  const [isAsking, setIsAsking] = useState(false);
  const unsent = useStore(unsentFiles).length;
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => setIsAsking(false) });
  return (
    <>
      <IconButton icon={<IconLogout size={22} aria-hidden />} word={t`Sign out`} onClick={() => setIsAsking(true)} />
      <ConfirmDialog
        isOpen={isAsking}
        title={<Trans>Sign out?</Trans>}
        confirmLabel={<Trans>Sign out</Trans>}
        isBusy={leave.isPending}
        onConfirm={() => leave.mutate()}
        onCancel={() => {
          leave.reset();
          setIsAsking(false);
        }}
      >
        <p>
          <Trans>Drafts that were not sent are deleted from this computer. Everything sent is kept.</Trans>
        </p>
        {unsent > 0 && (
          <p>
            <strong>
              <Plural
                value={unsent}
                one="# photo or file was not sent yet and would be lost. Stay signed in until it is."
                other="# photos or files were not sent yet and would be lost. Stay signed in until they are."
              />
            </strong>
          </p>
        )}
        {leave.isError && <ProblemNotice error={leave.error} />}
      </ConfirmDialog>
    </>
  );
}
