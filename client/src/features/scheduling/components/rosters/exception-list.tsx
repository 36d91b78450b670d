import type { RosterException } from '@jaqyn/shared/scheduling/roster.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp } from '@tabler/icons-react';
import { Action } from '../../../../ui/action.tsx';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import { useDayWords, useServiceName } from './day-words.ts';
import styles from './entry-list.module.css';
import { closureWords } from './schedule-words.ts';

/** Leave or extra work in a line. */
export function ExceptionWords({ exception }: { exception: RosterException }) {
  const { t } = useLingui();
  const words = useDayWords();
  const serviceName = useServiceName();
  const { kind, reason, service, startsAt, endsAt } = exception;
  const title =
    kind === 'closure'
      ? t(closureWords[reason ?? 'other'])
      : exception.mode === 'on_call'
        ? t`Extra duty`
        : t`Extra work`;
  return (
    <>
      <strong>{title}</strong> {words.span(startsAt, endsAt)}
      {kind === 'extra' && service !== null && `, ${serviceName(service)}`}
    </>
  );
}

interface ExceptionListProps {
  readonly exceptions: readonly RosterException[];
  readonly onWithdraw?: ((exception: RosterException) => void) | undefined;
}

/** What is different from the weekly windows, soonest first. */
export function ExceptionList({ exceptions, onWithdraw }: ExceptionListProps) {
  const { t } = useLingui();
  return (
    <ul className={styles.list}>
      {exceptions.map((exception) => (
        <li key={exception.id} className={styles.entry}>
          <div className={styles.words}>
            <span>
              <ExceptionWords exception={exception} />
            </span>
            {exception.substitutionId !== null && (
              <span>
                <StatusBadge tone="accent">
                  {exception.kind === 'closure' ? t`with a substitute` : t`as a substitute`}
                </StatusBadge>
              </span>
            )}
            {exception.note !== '' && <span className="quiet">{exception.note}</span>}
          </div>
          {onWithdraw && (
            <Action tone="quiet" icon={<IconArrowBackUp size={20} aria-hidden />} onClick={() => onWithdraw(exception)}>
              <Trans>Take back</Trans>
            </Action>
          )}
        </li>
      ))}
    </ul>
  );
}
