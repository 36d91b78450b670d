import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { SignInForm } from '../../features/auth/components/sign-in-form.tsx';
import { HelpCorner } from '../../ui/help-corner.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { homeOf } from '../home-of.ts';
import { LanguageTool, ThemeTool } from '../tools.tsx';
import styles from './sign-in.module.css';

const route = getRouteApi('/sign-in');

export function SignInScreen() {
  const { t } = useLingui();
  const router = useRouter();
  const { next } = route.useSearch();
  usePageTitle(t`Sign in`);
  return (
    <main className={styles.page}>
      <div className={styles.top}>
        <LanguageTool />
        <ThemeTool />
      </div>
      <div className={styles.box}>
        <div className={styles.brand}>
          <img src="/icon.svg" alt="" />
          <div>
            <h1 className={styles.name}>Jaqyn</h1>
            <p className={styles.tagline}>
              <Trans>The specialist is near</Trans>
            </p>
          </div>
        </div>
        <SignInForm
          onSignedIn={(user) => {
            // Only an address of our own; `//host` would leave the site.
            const isOwn = next?.startsWith('/') && !next.startsWith('//');
            if (isOwn && next) router.history.push(next);
            else void router.navigate({ to: homeOf(user.role) });
          }}
        />
      </div>
      <HelpCorner />
    </main>
  );
}
