import { useLingui } from '@lingui/react/macro';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useCurrentUser } from '../lib/session.ts';
import { navigationOf } from './navigation.ts';
import styles from './navigation-bar.module.css';

/** The screens of the signed-in person's role; the one that is open is marked by a bar, its weight and for readers. */
export function NavigationBar() {
  const { t } = useLingui();
  const items = navigationOf(useCurrentUser().role);
  const list = useRef<HTMLUListElement>(null);
  const here = useLocation({ select: ({ pathname }) => pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark moves with the page's path
  useEffect(() => {
    // On a telephone the bar is longer than the screen.
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [here]);
  if (items.length === 0) return null;
  return (
    <nav className={styles.bar} aria-label={t`Screens`}>
      <ul ref={list} className={styles.list}>
        {items.map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              className={styles.link}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={{ className: styles.here }}
            >
              <Icon size={20} aria-hidden />
              <span>{t(label)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
