import { Trans } from '@lingui/react/macro';
import { IconBell, IconVolume } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { startRing, useSoundState } from '../../../lib/sounds.ts';
import { Action } from '../../../ui/action.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { useNotificationQuestion } from '../use-ring-alarm.ts';
import styles from './ring-readiness.module.css';

/** A browser plays nothing before the first click on the page, and shows no notice before it was asked: both are said here. */
export function RingReadiness() {
  const isLocked = useSoundState() === 'locked';
  const question = useNotificationQuestion();
  if (!isLocked && !question.isOpen) return null;
  return (
    <section className={styles.hint}>
      <span className={styles.shape}>
        <StatusShape tone="heed" />
      </span>
      <p className={styles.words} role="status">
        {isLocked ? (
          <Trans>The browser keeps this page silent until you click it once. Calls would not be heard.</Trans>
        ) : (
          <Trans>The browser may show calls also while another page is in front.</Trans>
        )}
      </p>
      {isLocked ? (
        // The click itself is what the browser waits for; `lib/sounds.ts` listens to it.
        <Action icon={<IconVolume size={22} aria-hidden />}>
          <Trans>Turn the sound on</Trans>
        </Action>
      ) : (
        <Action icon={<IconBell size={22} aria-hidden />} onClick={question.ask}>
          <Trans>Show calls over other pages</Trans>
        </Action>
      )}
    </section>
  );
}

const TRIAL_MS = 3000;

/** Rings once, so that a specialist on duty knows the loudspeaker works. */
export function RingTrial() {
  const [isRinging, setIsRinging] = useState(false);
  useEffect(() => {
    if (!isRinging) return;
    const stop = startRing();
    const timer = setTimeout(() => setIsRinging(false), TRIAL_MS);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [isRinging]);
  return (
    <Action icon={<IconVolume size={22} aria-hidden />} disabled={isRinging} onClick={() => setIsRinging(true)}>
      <Trans>Hear how a call sounds</Trans>
    </Action>
  );
}
