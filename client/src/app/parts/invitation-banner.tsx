import type { Invitation } from '@jaqyn/shared/consultations/participant.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPhoneIncoming } from '@tabler/icons-react';
import { participantWords } from '../../features/participants/participant-words.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { PrimaryActionLink } from '../../ui/action.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import styles from './invitation-banner.module.css';

/** Somebody asks for this person in a call that is on: one press away, and without a ring. */
export function InvitationBanner({ open }: { open: readonly Invitation[] }) {
  const { t } = useLingui();
  const localText = useLocalText();
  return (
    <div role="status" className={styles.live}>
      {open.map(({ id, requestId, type, stationName, invitedBy, waitsForConsent }) => {
        const place = localText(stationName);
        return (
          <div key={id} className={styles.bar}>
            <strong>
              {invitedBy === null ? (
                <Trans>Your consilium has begun: {place}</Trans>
              ) : (
                <Trans>
                  {invitedBy} asks you into a call: {place}
                </Trans>
              )}
            </strong>
            <StatusBadge tone="accent">{t(participantWords[type].label)}</StatusBadge>
            {waitsForConsent ? (
              <span>
                <Trans>The patient is being asked whether they agree. Please wait.</Trans>
              </span>
            ) : (
              <PrimaryActionLink
                to="/invitations/$requestId"
                params={{ requestId }}
                icon={<IconPhoneIncoming size={22} aria-hidden />}
              >
                <Trans>Join the call</Trans>
              </PrimaryActionLink>
            )}
          </div>
        );
      })}
    </div>
  );
}
