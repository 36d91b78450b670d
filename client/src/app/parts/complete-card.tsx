import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { CompletenessFacts } from '@jaqyn/shared/protocols/completeness';
import { ICD_CODE, tidyCode } from '@jaqyn/shared/terminologies/icd-code';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { isConsentTextChanged } from '../../features/consultations/api/consent-text-changed.ts';
import { useSaveRequestCard } from '../../features/consultations/api/save-request-card.ts';
import { CardDraft, cardDraftOf, cardKey, toCardInput } from '../../features/consultations/card-draft.ts';
import { latestVitals } from '../../features/consultations/vital-summary.ts';
import { usePatient } from '../../features/patients/api/get-patient.ts';
import { IcdField } from '../../features/terminologies/components/icd-field.tsx';
import { ProblemError } from '../../lib/problem-error.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../ui/action.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import layout from '../../ui/layout.module.css';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { CompletenessPart, ConsentPart, DangerPart, StoryPart, SummaryPart } from './request-card-fields.tsx';
import { hasNoCode } from './request-fields.tsx';
import { useRequestCard } from './use-request-card.ts';

/** With the version it was begun from: what somebody else saved meanwhile is not written over. */
const Draft = z.object({ baseVersion: z.number(), card: CardDraft, preliminaryCode: z.string() });

/** The card as a dialog over the call. What is typed survives closing it and a reload. */
export function CompleteCard({ consultation, onClose }: { consultation: Consultation; onClose(): void }) {
  const { t } = useLingui();
  const { id, card: stored, urgency, specialty } = consultation;
  const queryClient = useQueryClient();
  const saved = {
    baseVersion: stored?.version ?? 0,
    card: cardDraftOf(stored),
    preliminaryCode: consultation.preliminaryCode ?? '',
  };
  const [fresh] = useState(saved);
  const draft = useDraft(cardKey(id), Draft, fresh);
  const save = useSaveRequestCard(id);
  // The card of the patient itself: what is changed there shows here at once.
  const fetched = usePatient(consultation.patient?.id ?? null);
  const patient = fetched.data ?? consultation.patient;
  const { card, baseVersion, preliminaryCode } = draft.value;
  const set = (change: Partial<CardDraft>) =>
    draft.set((before) => ({ ...before, card: { ...before.card, ...change } }));
  const setCode = (code: string) => draft.set((before) => ({ ...before, preliminaryCode: code }));
  const vitals = Object.fromEntries(latestVitals(consultation.observations));
  const judgement = useRequestCard({ card, patient, specialty, vitals, preliminaryCode, files: filesOf(consultation) });
  const part = { card, set, judgement };
  const refusal = save.error instanceof ProblemError ? save.error.code : undefined;
  const isStale = refusal === 'request_card.changed';
  const isCodeRefused =
    refusal?.startsWith('terminology.') && tidyCode(preliminaryCode) === save.variables?.preliminaryCode;

  function submit(from: number) {
    save.mutate(
      { baseVersion: from, card: toCardInput(card, judgement.dangerCheck), ...codeOf(preliminaryCode) },
      {
        onSuccess: () => {
          void draft.discard();
          onClose();
        },
        onError: (error) => {
          if (isConsentTextChanged(queryClient, error)) set({ consent: null });
        },
      },
    );
  }

  return (
    <Dialog isOpen title={<Trans>Complete the card</Trans>} onClose={onClose}>
      <div className={layout.stack}>
        <DangerPart {...part} vitals={vitals} urgency={urgency} isReasonMissing={false} />
        <StoryPart {...part} />
        <IcdField
          label={t`Preliminary diagnosis, ICD-10`}
          description={t`If you have one; it may stay empty`}
          name="preliminaryCode"
          value={preliminaryCode}
          error={
            isCodeRefused
              ? t`Choose another code from the list, or leave it empty`
              : hasNoCode(preliminaryCode) && t`Like I10 or E11.9, or choose from the list; words are not sent`
          }
          specialty={specialty}
          onChange={setCode}
          onChoose={({ code }) => setCode(code)}
        />
        {patient && <SummaryPart {...part} patient={patient} specialty={specialty} />}
        {stored?.consent?.kind !== 'given' && (
          <ConsentPart {...part} patient={patient} isEmergency={urgency === 'stat'} />
        )}
        <CompletenessPart {...part} />
        {save.isError && (
          <ProblemNotice
            error={save.error}
            actions={
              isStale && (
                <>
                  <Action isBusy={save.isPending} onClick={() => submit(saved.baseVersion)}>
                    <Trans>Save mine over it</Trans>
                  </Action>
                  <Action
                    onClick={() => {
                      draft.set(saved);
                      save.reset();
                    }}
                  >
                    <Trans>Begin from what is saved</Trans>
                  </Action>
                </>
              )
            }
          />
        )}
      </div>
      <DialogActions>
        <Action onClick={onClose}>
          <Trans>Close</Trans>
        </Action>
        <PrimaryAction isBusy={save.isPending} onClick={() => submit(baseVersion)}>
          <Trans>Save the card</Trans>
        </PrimaryAction>
      </DialogActions>
    </Dialog>
  );
}

/** Half a code, or words to search by, are no code. */
function codeOf(typed: string): { preliminaryCode?: string } {
  const code = tidyCode(typed);
  return ICD_CODE.test(code) ? { preliminaryCode: code } : {};
}

/** Files are counted by the server: an item it holds ready stays ready while the rest is typed. */
function filesOf({ card }: Consultation): CompletenessFacts['files'] {
  const isReady = (key: string) => card?.completeness?.items.some((item) => item.key === key && item.state === 'ready');
  return {
    ...(isReady('ecg') && { ecg: 20 }),
    ...(isReady('photos') && { photo: 20 }),
    ...(isReady('lab') && { lab: 20 }),
    ...(isReady('xray') && { xray: 20 }),
  };
}
