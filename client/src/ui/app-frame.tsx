import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import styles from './app-frame.module.css';
import { HelpCorner } from './help-corner.tsx';

interface AppFrameProps {
  /** The station, or the hospital's specialist: who works here. */
  readonly place: string;
  readonly person?: string | undefined;
  /** The link's state, and what else the frame always shows. */
  readonly status?: ReactNode;
  /** Language, theme, sign-out. */
  readonly tools: ReactNode;
  /** The role's other screens, below the header. */
  readonly navigation?: ReactNode;
  /** Only the content: for a screen on a wall. */
  readonly isBare?: boolean | undefined;
  readonly helpPhone?: string | undefined;
  /** What else the help corner has. */
  readonly help?: ReactNode;
  readonly children: ReactNode;
}

/** Header, content, help in its corner: the same on every page. */
export function AppFrame({
  place,
  person,
  status,
  tools,
  navigation,
  isBare = false,
  helpPhone,
  help,
  children,
}: AppFrameProps) {
  if (isBare) {
    return (
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    );
  }
  return (
    <>
      <a className={styles.skip} href="#main">
        <Trans>Skip to the content</Trans>
      </a>
      <header className={styles.header}>
        <a className={styles.brand} href="/">
          <img src="/icon.svg" alt="Jaqyn" />
          <span className={styles.who}>
            <span className={styles.place}>{place}</span>
            {person && <span className={styles.person}>{person}</span>}
          </span>
        </a>
        <div className={styles.middle}>{status}</div>
        <div className={styles.tools}>{tools}</div>
      </header>
      {navigation}
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <HelpCorner phone={helpPhone}>{help}</HelpCorner>
    </>
  );
}
