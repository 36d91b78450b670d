import type { Delivery } from '@jaqyn/shared/notices/notice.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatDateTime } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { Action } from '../../../ui/action.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useRetryDelivery } from '../api/retry-delivery.ts';
import { CHANNEL_WORDS, DELIVERY_TONES, DELIVERY_WORDS, NOTICE_WORDS } from '../notice-words.ts';
import styles from './notices.module.css';

/** One row a way of a notice: when, to whom, what, how, and what became of it. */
export function DeliveryTable({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const retry = useRetryDelivery();
  return (
    <>
      {retry.error && <ProblemNotice error={retry.error} />}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>When</Trans>
            </th>
            <th scope="col">
              <Trans>To whom</Trans>
            </th>
            <th scope="col">
              <Trans>What</Trans>
            </th>
            <th scope="col">
              <Trans>How</Trans>
            </th>
            <th scope="col">
              <Trans>What became of it</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map(
            ({ id, at, recipient, kind, parameters, channel, state, attempts, sentAt, readAt, ...rest }) => (
              <tr key={id}>
                <td>{formatDateTime(at)}</td>
                <td>{recipient.displayName}</td>
                <td>
                  {t(NOTICE_WORDS[kind])}
                  <div className={styles.quiet}>
                    № {parameters.requestNumber} · {localText(parameters.stationName)}
                    {parameters.startsAt !== null && ` · ${formatDateTime(parameters.startsAt)}`}
                  </div>
                </td>
                <td>{t(CHANNEL_WORDS[channel])}</td>
                <td>
                  <StatusBadge tone={DELIVERY_TONES[state]}>{t(DELIVERY_WORDS[state])}</StatusBadge>
                  <div className={styles.quiet}>
                    {sentAt !== null && formatDateTime(sentAt)}
                    {readAt !== null && <Trans> · read</Trans>}
                    {state !== 'sent' && attempts > 0 && (
                      <Trans>
                        Attempts: {attempts}. {rest.lastError}
                      </Trans>
                    )}
                  </div>
                  {state === 'dead' && (
                    <Action isBusy={retry.isPending && retry.variables === id} onClick={() => retry.mutate(id)}>
                      <Trans>Send again</Trans>
                    </Action>
                  )}
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </>
  );
}
