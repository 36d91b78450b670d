import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { FINAL_STATES, isIn } from '@jaqyn/shared/consultations/consultation.machine';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconHeartRateMonitor } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { VitalsTable } from '../../features/consultations/components/vitals-table.tsx';
import { urgencyWords } from '../../features/consultations/consultation-words.ts';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useLate } from '../../lib/use-late.ts';
import { Action } from '../../ui/action.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Pending } from '../fallbacks.tsx';
import { CardState } from './card-state.tsx';
import { ConsultFiles } from './consult-files.tsx';
import styles from './station-side.module.css';

interface StationSideProps {
  readonly consultation: Consultation;
  /** Of the call, for a photo of what it sees. */
  readonly camera?: MediaStreamTrack | undefined;
  /** They stand elsewhere on the page, or not at all. */
  readonly hasFiles?: boolean;
  /** The messages, where there is a room to write in. */
  readonly children?: ReactNode;
}

/** Comes beside the waiting and the call: neither waits for it. */
async function loadAddVitals() {
  return (await import('../../features/consultations/components/add-vitals-dialog.tsx')).AddVitalsDialog;
}

/** Beside the waiting and beside the call: what was asked, what was measured, the messages. */
export function StationSide({ consultation, camera, hasFiles = true, children }: StationSideProps) {
  const { t } = useLingui();
  const specialtyName = useSpecialtyName();
  const [isAdding, setIsAdding] = useState(false);
  const AddVitals = useLate(loadAddVitals);
  const urgency = urgencyWords[consultation.urgency];
  return (
    <aside className={styles.side} aria-label={t`Request`}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className={styles.info} tabIndex={0} role="group" aria-label={t`Question and vital signs`}>
        <div className={styles.facts}>
          <h2>{specialtyName(consultation.specialty)}</h2>
          <StatusBadge tone={urgency.tone}>{t(urgency.label)}</StatusBadge>
          <span className={styles.number}>№ {consultation.number}</span>
        </div>
        <p className={styles.reason}>{consultation.reason}</p>
        <VitalsTable observations={consultation.observations} birthDate={consultation.patient?.birthDate} columns={2} />
        {hasFiles && <ConsultFiles consultation={consultation} camera={camera} />}
        {!isIn(consultation.status, FINAL_STATES) && (
          <div>
            <Action icon={<IconHeartRateMonitor size={22} aria-hidden />} onClick={() => setIsAdding(true)}>
              <Trans>Add vital signs</Trans>
            </Action>
          </div>
        )}
        <CardState consultation={consultation} />
      </div>
      {children}
      {isAdding && !AddVitals && <Pending />}
      {AddVitals && (
        // oxlint-disable-next-line react/static-components -- fetched once, and the same from then on
        <AddVitals
          requestId={consultation.id}
          birthDate={consultation.patient?.birthDate}
          isOpen={isAdding}
          onClose={() => setIsAdding(false)}
        />
      )}
    </aside>
  );
}
