import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useRef } from 'react';
import { ProblemError } from '../lib/problem-error.ts';
import { problemMessages, UNKNOWN_PROBLEM } from '../lib/problem-messages.ts';
import { Action } from './action.tsx';
import { PossibleAgain } from './possible-again.tsx';
import styles from './problem-notice.module.css';
import { StatusShape } from './status-badge.tsx';

/** Seconds that nobody counts. */
const A_MOMENT = 5;

interface ProblemNoticeProps {
  readonly error: unknown;
  /** What is kept, where more is known than the message of the code says. */
  readonly kept?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
  readonly isRetrying?: boolean | undefined;
  /** More ways out, beside "try again". */
  readonly actions?: ReactNode;
}

/** What happened, what is kept, what to do, and a number to quote. Stays until it is solved. */
export function ProblemNotice({ error, kept, onRetry, isRetrying = false, actions }: ProblemNoticeProps) {
  const { t } = useLingui();
  const ref = useRef<HTMLDivElement>(null);
  const problem = ProblemError.from(error);
  // The beginning of the log line's id: enough to find it, short enough to read aloud.
  const reference = problem.reference.slice(0, 8);
  const message = problemMessages[problem.code] ?? UNKNOWN_PROBLEM;

  // On a small screen the notice may be out of sight of the button that caused it.
  useEffect(() => {
    ref.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <div ref={ref} role="alert" className={styles.notice}>
      <span className={styles.icon}>
        <StatusShape tone="act-now" />
      </span>
      <div className={styles.text}>
        <p className={styles.title}>{t(message.title)}</p>
        <p>
          {kept ?? t(message.kept)} {t(message.todo)}
        </p>
        {problem.retryAfter !== undefined && problem.retryAfter > A_MOMENT && (
          <PossibleAgain key={problem.reference} afterSeconds={problem.retryAfter} />
        )}
        {reference !== '' && (
          <p className="quiet">
            <Trans>Number for support: {reference}</Trans>
          </p>
        )}
        {(onRetry || actions) && (
          <div className={styles.actions}>
            {onRetry && (
              <Action onClick={onRetry} isBusy={isRetrying}>
                <Trans>Try again</Trans>
              </Action>
            )}
            {actions}
          </div>
        )}
      </div>
    </div>
  );
}
