import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconPhoneIncoming, IconPhoneX } from '@tabler/icons-react';
import { useState } from 'react';
import { DeclineDialog } from '../../features/consultations/components/decline-dialog.tsx';
import { urgencyWords } from '../../features/consultations/consultation-words.ts';
import { useRingAlarm } from '../../features/consultations/use-ring-alarm.ts';
import { useRings } from '../../features/consultations/use-rings.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { Action, ActionLink } from '../../ui/action.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import styles from './other-calls.module.css';

/** What rings besides the consultation that one works on, if on any. */
export function useOtherCalls(requestId: RequestId | undefined, isInCall: boolean) {
  const { t } = useLingui();
  const { rings, consultations } = useRings();
  const ringing = [...rings.keys()].filter((id) => id !== requestId);
  useRingAlarm({
    ringing,
    isInCall,
    notice: { title: t`Incoming call`, body: t`A village station calls a specialist` },
  });
  return consultations.filter(({ id }) => ringing.includes(id));
}

/** Another station calls: it is seen over everything, can be declined here, and is taken from the worklist. */
export function OtherCalls({
  calls,
  isInCall,
  isFirst = false,
}: {
  calls: readonly Consultation[];
  isInCall: boolean;
  /** Nothing is worked on that they would come on top of. */
  isFirst?: boolean;
}) {
  const { t } = useLingui();
  const localText = useLocalText();
  const [declining, setDeclining] = useState<Consultation | null>(null);
  const [first] = calls;
  const count = calls.length;
  return (
    <div role="alert" className={styles.live}>
      {first && (
        <div className={styles.bar}>
          <strong>
            {isFirst ? <Trans>Incoming call</Trans> : <Plural value={count} one="One more call" other="# more calls" />}
          </strong>
          <StatusBadge tone={urgencyWords[first.urgency].tone}>{t(urgencyWords[first.urgency].label)}</StatusBadge>
          <span className={styles.place}>{localText(first.station.settlement)}</span>
          {isInCall ? (
            <span>
              <Trans>End this call before you take it.</Trans>
            </span>
          ) : (
            <ActionLink to="/worklist" icon={<IconPhoneIncoming size={20} aria-hidden />}>
              <Trans>To the worklist</Trans>
            </ActionLink>
          )}
          <Action tone="danger" icon={<IconPhoneX size={20} aria-hidden />} onClick={() => setDeclining(first)}>
            <Trans>Decline</Trans>
          </Action>
        </div>
      )}
      {declining && <DeclineDialog consultation={declining} onClose={() => setDeclining(null)} />}
    </div>
  );
}
