import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestCard } from '@jaqyn/shared/consultations/request-card.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { consentWords, methodWords } from '../../features/consents/consent-draft.ts';
import { CompletenessNote } from '../../features/consultations/components/completeness-note.tsx';
import { DangerNote } from '../../features/consultations/components/danger-note.tsx';
import { EarlierConsultations } from '../../features/consultations/components/earlier-consultations.tsx';
import { Timeline } from '../../features/consultations/components/timeline.tsx';
import { VitalStrip } from '../../features/consultations/components/vital-strip.tsx';
import { VitalTrends } from '../../features/consultations/components/vital-trends.tsx';
import { VitalsTable } from '../../features/consultations/components/vitals-table.tsx';
import { urgencyWords, wordsOf } from '../../features/consultations/consultation-words.ts';
import { EvidencePanel } from '../../features/evidence/components/evidence-panel.tsx';
import { CallQualityPanel } from '../../features/link-samples/components/call-quality-panel.tsx';
import { SummaryView } from '../../features/patients/components/summary-view.tsx';
import { formatDateTime } from '../../lib/format.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import styles from './consult-card.module.css';
import { ConsultFiles } from './consult-files.tsx';
import { PatientAppointments } from './patient-appointments.tsx';
import { PatientTrends } from './patient-trends.tsx';

/** What the specialist reads beside the picture: the question, the measurements and how they went, what was before. */
export function ConsultCard({ consultation }: { consultation: Consultation }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { urgency, reason, observations, station, requestedBy, patient, card } = consultation;
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
        {card && card.urgencyReason !== '' && (
          <p className="quiet">
            <Trans>Why so urgent</Trans>: {card.urgencyReason}
          </p>
        )}
      </section>
      {card?.dangerCheck && <DangerNote check={card.dangerCheck} />}
      {card && <CardStory card={card} />}
      {patient && (
        <section className={styles.part}>
          <h2>
            <Trans>About the patient</Trans>
          </h2>
          <SummaryView summary={patient.summary} />
          {card && <SummaryConfirmed at={card.summaryConfirmedAt} />}
        </section>
      )}
      <section className={styles.part}>
        <h2>
          <Trans>Vital signs</Trans>
        </h2>
        <VitalStrip observations={observations} birthDate={patient?.birthDate} />
        <VitalTrends observations={observations} birthDate={patient?.birthDate} />
        <CompletenessNote consultation={consultation} />
        {observations.length > 0 && (
          <Disclosure title={<Trans>All measurements</Trans>}>
            <VitalsTable observations={observations} birthDate={patient?.birthDate} columns={observations.length} />
          </Disclosure>
        )}
      </section>
      <section className={styles.part}>
        <h2>
          <Trans>Photos and files</Trans>
        </h2>
        <ConsultFiles consultation={consultation} />
      </section>
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
      {patient && (
        <Disclosure title={<Trans>Vital signs over time</Trans>}>
          <PatientTrends patient={patient} />
        </Disclosure>
      )}
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
      {consultation.answeredAt !== null && (
        <Disclosure title={<Trans>How the call was</Trans>}>
          <CallQualityPanel requestId={consultation.id} />
        </Disclosure>
      )}
    </div>
  );
}

/** Complaints, how it came, and whether consent is there. */
function CardStory({ card }: { card: RequestCard }) {
  const { t } = useLingui();
  const { complaints, anamnesis, consent } = card;
  return (
    <section className={styles.part}>
      {complaints !== '' && (
        <>
          <h2>
            <Trans>Complaints</Trans>
          </h2>
          <p className={styles.reason}>{complaints}</p>
        </>
      )}
      {anamnesis !== '' && (
        <>
          <h2>
            <Trans>Anamnesis</Trans>
          </h2>
          <p className={styles.reason}>{anamnesis}</p>
        </>
      )}
      <p>
        <StatusBadge tone={consent?.kind === 'given' ? 'well' : 'heed'}>
          {consent ? t(consentWords[consent.kind]) : t`Consent not recorded yet`}
        </StatusBadge>{' '}
        <span className="quiet">
          {[consent?.method && t(methodWords[consent.method]), consent?.representative, consent?.reason]
            .filter(Boolean)
            .join(', ')}
        </span>
      </p>
    </section>
  );
}

function SummaryConfirmed({ at }: { at: RequestCard['summaryConfirmedAt'] }) {
  if (at === null) {
    return (
      <p className="quiet">
        <Trans>Not read out to the patient for this request yet</Trans>
      </p>
    );
  }
  const time = formatDateTime(at);
  return (
    <p className="quiet">
      <Trans>Confirmed with the patient {time}</Trans>
    </p>
  );
}
