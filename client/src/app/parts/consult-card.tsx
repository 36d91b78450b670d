import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { CompletenessNote } from '../../features/consultations/components/completeness-note.tsx';
import { EarlierConsultations } from '../../features/consultations/components/earlier-consultations.tsx';
import { Timeline } from '../../features/consultations/components/timeline.tsx';
import { VitalStrip } from '../../features/consultations/components/vital-strip.tsx';
import { VitalTrends } from '../../features/consultations/components/vital-trends.tsx';
import { VitalsTable } from '../../features/consultations/components/vitals-table.tsx';
import { urgencyWords, wordsOf } from '../../features/consultations/consultation-words.ts';
import { EvidencePanel } from '../../features/evidence/components/evidence-panel.tsx';
import { useLocalText } from '../../lib/local-text.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import styles from './consult-card.module.css';
import { PatientAppointments } from './patient-appointments.tsx';

/** What the specialist reads beside the picture: the question, the measurements and how they went, what was before. */
export function ConsultCard({ consultation }: { consultation: Consultation }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { urgency, reason, observations, station, requestedBy, patient } = consultation;
  const words = wordsOf(consultation);
  return (
    <div className={styles.card}>
      <div className={styles.badges}>
        <StatusBadge tone={urgencyWords[urgency].tone}>{t(urgencyWords[urgency].label)}</StatusBadge>
        <StatusBadge tone={words.tone}>{t(words.label)}</StatusBadge>
      </div>
      <section className={styles.part}>
        <h2>
          <Trans>Why the specialist is asked</Trans>
        </h2>
        <p className={styles.reason}>{reason}</p>
      </section>
      <section className={styles.part}>
        <h2>
          <Trans>Vital signs</Trans>
        </h2>
        <VitalStrip observations={observations} />
        <VitalTrends observations={observations} />
        <CompletenessNote consultation={consultation} />
        {observations.length > 0 && (
          <Disclosure title={<Trans>All measurements</Trans>}>
            <VitalsTable observations={observations} columns={observations.length} />
          </Disclosure>
        )}
      </section>
      {patient && patient.chronicConditions !== '' && (
        <section className={styles.part}>
          <h2>
            <Trans>Chronic conditions</Trans>
          </h2>
          <p className={styles.reason}>{patient.chronicConditions}</p>
        </section>
      )}
      <section className={styles.part}>
        <h2>
          <Trans>Station</Trans>
        </h2>
        <p>
          {localText(station.name)}
          <br />
          {requestedBy.displayName}
          <br />
          <a href={`tel:${station.phone.replace(/[^+\d]/g, '')}`} className={styles.phone}>
            {station.phone}
          </a>
        </p>
      </section>
      {patient && <PatientAppointments patientId={patient.id} exceptRequestId={consultation.id} />}
      <Disclosure title={<Trans>Earlier consultations</Trans>}>
        <EarlierConsultations consultation={consultation} />
      </Disclosure>
      <Disclosure title={<Trans>What happened when</Trans>}>
        <Timeline requestId={consultation.id} />
      </Disclosure>
      {consultation.answeredAt !== null && (
        <Disclosure title={<Trans>Measured by the server</Trans>}>
          <EvidencePanel requestId={consultation.id} />
        </Disclosure>
      )}
    </div>
  );
}
