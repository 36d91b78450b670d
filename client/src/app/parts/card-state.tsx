import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { FINAL_STATES, isIn } from '@jaqyn/shared/consultations/consultation.machine';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFileText } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { consentWords } from '../../features/consents/consent-draft.ts';
import { DangerNote } from '../../features/consultations/components/danger-note.tsx';
import { CompletenessList } from '../../features/protocols/components/completeness-list.tsx';
import { Action } from '../../ui/action.tsx';
import layout from '../../ui/layout.module.css';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { WithdrawConsent } from './withdraw-consent.tsx';

// The form is fetched when it is wanted: the call itself must come first.
const CompleteCard = lazy(async () => ({ default: (await import('./complete-card.tsx')).CompleteCard }));

/** How complete the card is, while waiting, in the call and after it, and the way to complete it. Nothing is forced. */
export function CardState({ consultation }: { consultation: Consultation }) {
  const { t } = useLingui();
  const [isOpen, setIsOpen] = useState(false);
  const { card } = consultation;
  const consent = card?.consent;
  const isOver = isIn(consultation.status, FINAL_STATES);
  return (
    <div className={layout.stack}>
      {card?.completeness && <CompletenessList completeness={card.completeness} />}
      <div className={layout.row}>
        <StatusBadge tone={consent?.kind === 'given' ? 'well' : 'heed'}>
          {consent ? t(consentWords[consent.kind]) : t`Consent not recorded yet`}
        </StatusBadge>
        {consent?.kind === 'given' && <WithdrawConsent requestId={consultation.id} />}
      </div>
      {card?.dangerCheck && <DangerNote check={card.dangerCheck} />}
      {!isOver && (
        <div>
          <Action icon={<IconFileText size={22} aria-hidden />} onClick={() => setIsOpen(true)}>
            <Trans>Complete the card</Trans>
          </Action>
        </div>
      )}
      {isOpen && (
        <Suspense>
          <CompleteCard consultation={consultation} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
