import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Action } from '../../../ui/action.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import type { RingStop } from '../use-rings.ts';
import styles from './ring-readiness.module.css';

const words: Record<RingStop['why'], MessageDescriptor> = {
  answered: msg`The call was answered, in another window or by a colleague.`,
  answered_elsewhere: msg`The call was answered by a colleague.`,
  cancelled: msg`The station cancelled the call.`,
  declined: msg`The call was declined in another window.`,
  escalated: msg`You did not answer in time: the next specialist on call is being called.`,
  unknown: msg`A call stopped ringing while this page had no connection.`,
  exhausted: msg`Nobody answered in time. The request waits in the list below, and you can take it.`,
};

/** Why a phone fell silent by itself; stays until it was read. */
export function MissedRing({ stop, onDismiss }: { stop: RingStop | null; onDismiss: () => void }) {
  const { t } = useLingui();
  return (
    <div role="status" className={styles.live}>
      {stop && (
        <div className={styles.hint}>
          <span className={styles.shape}>
            <StatusShape tone="heed" />
          </span>
          <p className={styles.words}>{t(words[stop.why])}</p>
          <Action onClick={onDismiss}>
            <Trans>Understood</Trans>
          </Action>
        </div>
      )}
    </div>
  );
}
