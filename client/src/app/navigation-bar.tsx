import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronDown } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useCurrentUser } from '../lib/session.ts';
import { classes } from '../ui/classes.ts';
import { type NavigationItem, navigationOf } from './navigation.ts';
import styles from './navigation-bar.module.css';

/** The screens of the signed-in person's role; the one that is open is marked by a bar, its weight and for readers. */
export function NavigationBar() {
  const { t } = useLingui();
  const { role } = useCurrentUser();
  const items = navigationOf(role);
  const list = useRef<HTMLUListElement>(null);
  const here = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => {
    // On a telephone the bar is longer than the screen.
    list.current?.querySelector(`[href="${CSS.escape(here)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [here]);
  if (items.length === 0) return null;
  const isRare = ({ more }: NavigationItem) => more?.includes(role) === true;
  const rare = items.filter(isRare);
  return (
    <nav className={styles.bar} aria-label={t`Screens`}>
      <ul ref={list} className={classes(styles.list, styles.daily)}>
        {items
          .filter((item) => !isRare(item))
          .map((item) => (
            <Entry key={item.to} item={item} />
          ))}
      </ul>
      {rare.length > 0 && <More key={here} items={rare} isHere={rare.some(({ to }) => to === here)} />}
    </nav>
  );
}

function Entry({ item: { to, label, icon: Icon } }: { item: NavigationItem }) {
  const { t } = useLingui();
  return (
    <li>
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
  );
}

/** What is set up now and then. Closed again by Escape, by a press elsewhere, and by going there. */
function More({ items, isHere }: { items: readonly NavigationItem[]; isHere: boolean }) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const element = details.current;
    const closeUnless = (target: EventTarget | null) => {
      if (element && target instanceof Node && !element.contains(target)) element.open = false;
    };
    const onPress = ({ target }: PointerEvent) => closeUnless(target);
    const onLeave = ({ relatedTarget }: FocusEvent) => closeUnless(relatedTarget);
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape' || element?.open !== true) return;
      element.open = false;
      element.querySelector('summary')?.focus();
    };
    addEventListener('pointerdown', onPress);
    element?.addEventListener('focusout', onLeave);
    element?.addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointerdown', onPress);
      element?.removeEventListener('focusout', onLeave);
      element?.removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <details ref={details} className={styles.more}>
      <summary className={classes(styles.link, isHere && styles.here)}>
        <Trans>More</Trans>
        <IconChevronDown size={18} aria-hidden />
      </summary>
      <ul className={classes(styles.list, styles.rare)}>
        {items.map((item) => (
          <Entry key={item.to} item={item} />
        ))}
      </ul>
    </details>
  );
}
