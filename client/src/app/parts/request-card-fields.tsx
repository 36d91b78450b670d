import type { Urgency } from '@jaqyn/shared/consultations/urgency';
import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { needsOverride } from '@jaqyn/shared/protocols/danger-signs';
import type { Pregnancy } from '@jaqyn/shared/protocols/pregnancy';
import { Trans, useLingui } from '@lingui/react/macro';
import { ConsentFields } from '../../features/consents/components/consent-fields.tsx';
import type { CardDraft } from '../../features/consultations/card-draft.ts';
import { urgencyWords } from '../../features/consultations/consultation-words.ts';
import { SummaryCard } from '../../features/patients/components/summary-card.tsx';
import { CompletenessList } from '../../features/protocols/components/completeness-list.tsx';
import { DangerSigns } from '../../features/protocols/components/danger-signs.tsx';
import { IcdField } from '../../features/terminologies/components/icd-field.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { StatusShape } from '../../ui/status-badge.tsx';
import styles from './request-card-fields.module.css';
import type { CardJudgement } from './use-request-card.ts';

interface CardPartProps {
  readonly card: CardDraft;
  set(change: Partial<CardDraft>): void;
  readonly judgement: CardJudgement;
}

/** Danger signs of mothers and children; what they ask for, and why not. Nothing where none apply. */
export function DangerPart({
  card,
  set,
  judgement,
  vitals,
  urgency,
  isReasonMissing,
}: CardPartProps & { readonly vitals: Vitals; readonly urgency: Urgency | null; readonly isReasonMissing: boolean }) {
  const { t } = useLingui();
  const { danger, raisedTo } = judgement;
  const isLower = urgency !== null && needsOverride(urgency, raisedTo);
  const asked = raisedTo === undefined ? '' : t(urgencyWords[raisedTo].label);
  return (
    <>
      {judgement.asksPregnancy && (
        <ChoiceCards<Pregnancy>
          legend={<Trans>Pregnancy</Trans>}
          cardWidth="11rem"
          choices={[
            { value: 'no', title: t`Not pregnant` },
            { value: 'pregnant', title: t`Pregnant` },
            { value: 'postpartum', title: t`Gave birth up to 42 days ago` },
            { value: 'unknown', title: t`Not known` },
          ]}
          value={card.pregnancy}
          onChange={(pregnancy) => set({ pregnancy })}
        />
      )}
      {danger.length > 0 && (
        <section className={layout.card} aria-label={t`Danger signs`}>
          <div className={layout.stack}>
            <DangerSigns
              protocols={danger}
              vitals={vitals}
              value={card.found}
              onChange={(found) => set({ found: found && toMutable(found) })}
            />
            {raisedTo !== undefined && (
              <p className={styles.raised} role="status">
                <StatusShape tone="act-now" />{' '}
                {isLower ? (
                  <Trans>These signs ask for more urgency: {asked}</Trans>
                ) : (
                  <Trans>These signs ask for: {asked}</Trans>
                )}
              </p>
            )}
            {isLower && (
              <TextField
                label={t`Why less urgent than the signs ask for?`}
                withAsterisk
                maxLength={500}
                value={card.overrideReason}
                error={isReasonMissing && t`Raise the urgency, or write why it is not needed`}
                onChange={(event) => set({ overrideReason: event.currentTarget.value })}
              />
            )}
          </div>
        </section>
      )}
    </>
  );
}

function toMutable(found: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(found).map(([id, signs]) => [id, [...signs]]));
}

/** What is known of the patient, in the words of the card, confirmed with one press. */
export function SummaryPart({
  card,
  set,
  judgement,
  patient,
  specialty,
}: CardPartProps & { readonly patient: Patient; readonly specialty: SpecialtyCode | null }) {
  const { t } = useLingui();
  return (
    <section className={layout.card} aria-labelledby="summary">
      <div className={layout.stack}>
        <h2 id="summary">
          <Trans>About the patient: read it out</Trans>
        </h2>
        <SummaryCard
          patient={patient}
          isMinor={judgement.isMinor}
          confirmed={card.confirmedSummary}
          className={layout.row}
          onConfirm={(confirmedSummary) => set({ confirmedSummary })}
          renderCode={({ value, onChange, onChoose }) => (
            <IcdField
              label={t`ICD-10`}
              name="condition"
              value={value}
              specialty={specialty}
              onChange={onChange}
              onChoose={onChoose}
            />
          )}
        />
      </div>
    </section>
  );
}

/** Complaints and how it came; both may follow in the call. */
export function StoryPart({ card, set }: Pick<CardPartProps, 'card' | 'set'>) {
  const { t } = useLingui();
  return (
    <>
      <TextAreaField
        label={t`Complaints`}
        rows={3}
        maxLength={4000}
        value={card.complaints}
        onChange={(event) => set({ complaints: event.currentTarget.value })}
      />
      <TextAreaField
        label={t`Anamnesis: how it began and went`}
        rows={3}
        maxLength={4000}
        value={card.anamnesis}
        onChange={(event) => set({ anamnesis: event.currentTarget.value })}
      />
    </>
  );
}

export function ConsentPart({
  card,
  set,
  judgement,
  patient,
  isEmergency,
}: CardPartProps & { readonly patient: Patient | null; readonly isEmergency: boolean }) {
  const representative = patient?.summary.representatives[0]?.name ?? '';
  return (
    <section className={layout.card} aria-labelledby="consent">
      <div className={layout.stack}>
        <h2 id="consent">
          <Trans>Consent</Trans>
        </h2>
        <ConsentFields
          value={card.consent}
          onChange={(consent) => set({ consent })}
          representative={representative}
          isMinor={judgement.isMinor}
          isEmergency={isEmergency}
        />
      </div>
    </section>
  );
}

export function CompletenessPart({ card, set, judgement }: CardPartProps) {
  const { completeness } = judgement;
  if (!completeness) return null;
  return (
    <section className={layout.card} aria-labelledby="completeness">
      <h2 id="completeness">
        <Trans>What this specialist looks at first</Trans>
      </h2>
      <CompletenessList
        completeness={completeness}
        onNotPossible={(key, reason) => set({ notPossible: { ...card.notPossible, [key]: reason } })}
      />
    </section>
  );
}
