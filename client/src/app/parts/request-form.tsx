import { PatientId, type RequestId } from '@jaqyn/shared/kernel/ids';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { countCategories } from '@jaqyn/shared/protocols/completeness';
import { needsOverride } from '@jaqyn/shared/protocols/danger-signs';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarPlus, IconPencil, IconPhoneCall } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { isConsentTextChanged } from '../../features/consultations/api/consent-text-changed.ts';
import { useCreateConsultation } from '../../features/consultations/api/create-consultation.ts';
import { useCreatePlannedConsultation } from '../../features/consultations/api/create-planned-consultation.ts';
import { type CardDraft, EMPTY_CARD_DRAFT, toCardInput } from '../../features/consultations/card-draft.ts';
import { UnusualVitalsDialog } from '../../features/consultations/components/unusual-vitals-dialog.tsx';
import { isSentAlready } from '../../features/consultations/is-sent-already.ts';
import { newRequestDraft, RequestDraft, requestDraftKey } from '../../features/consultations/request-draft.ts';
import {
  missingOfRequest,
  type RequestPart,
  toPlannedRequest,
  toRequest,
} from '../../features/consultations/request-form.ts';
import { readVitals } from '../../features/consultations/vitals-entry.ts';
import { usePatient } from '../../features/patients/api/get-patient.ts';
import { PatientPicker } from '../../features/patients/components/patient-picker.tsx';
import { formatPersonName, formatTime } from '../../lib/format.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { useStore } from '../../lib/store.ts';
import { unsentFiles } from '../../lib/unsent-files.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { Action, ActionLink, PrimaryAction } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { PatientBanner, PatientBannerPlace } from '../../ui/patient-banner.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SavedState } from '../../ui/saved-state.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { savingOf } from '../draft-saving.ts';
import { Pending } from '../fallbacks.tsx';
import styles from '../routes/new-request.module.css';
import { DraftFiles, sendDraftFiles } from './consult-files.tsx';
import { RequestFields } from './request-fields.tsx';
import { useRequestCard } from './use-request-card.ts';

type Part = RequestPart | 'representative' | 'danger';
/** A call now, a time to come, or an answer in writing without a call. */
type Intent = 'call' | 'plan' | 'write';

interface RequestFormProps {
  readonly requestId: RequestId;
  /** From the start page's list, when a patient was chosen there. */
  readonly patientId: string | undefined;
}

/** A request from the patient to the call, on one page; everything typed is kept on this computer until it is sent. */
export function RequestForm({ requestId, patientId }: RequestFormProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const draft = useDraft(requestDraftKey(requestId), RequestDraft, newRequestDraft(requestId));
  const { value } = draft;
  const patient = usePatient(value.patientId);
  const create = useCreateConsultation();
  const plan = useCreatePlannedConsultation();
  const [isTried, setIsTried] = useState(false);
  const [intent, setIntent] = useState<Intent>('call');
  const [isAskingVitals, setIsAskingVitals] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  usePageTitle(t`New request`);

  // The patient that was chosen before the form was opened; a restored draft has its own.
  const isFresh = draft.state.kind === 'empty';
  const { set } = draft;
  useEffect(() => {
    const chosen = PatientId.safeParse(patientId);
    if (isFresh && chosen.success) set((before) => ({ ...before, patientId: chosen.data }));
  }, [isFresh, patientId, set]);

  // The name for the list of drafts, which must not need the network.
  const name = patient.data ? formatPersonName(patient.data) : undefined;
  const needsName = name !== undefined && value.patientName !== name;
  useEffect(() => {
    if (needsName) set((before) => ({ ...before, patientName: name }));
  }, [needsName, name, set]);

  const card = value.card ?? EMPTY_CARD_DRAFT;
  const setCard = (change: Partial<CardDraft>) =>
    set((before) => ({ ...before, card: { ...(before.card ?? EMPTY_CARD_DRAFT), ...change } }));
  const { vitals } = readVitals(value.vitals);
  // They wait on this device and go with the request.
  const held = useStore(unsentFiles).filter((file) => file.requestId === requestId);
  const judgement = useRequestCard({
    card,
    patient: patient.data ?? null,
    specialty: value.specialty,
    vitals,
    preliminaryCode: value.preliminaryCode,
    files: countCategories(held.map(({ kind }) => ({ kind, count: 1 }))),
  });
  // A sign that was found raises the urgency by itself; whoever lowers it afterwards says why.
  const { raisedTo } = judgement;
  useEffect(() => {
    if (raisedTo === undefined) return;
    set((before) => {
      const isLower = before.urgency === null || needsOverride(before.urgency, raisedTo);
      return isLower && !before.card?.overrideReason ? { ...before, urgency: raisedTo } : before;
    });
  }, [raisedTo, set]);

  if (draft.state.kind === 'loading') return <Pending />;

  const missing: Part[] = [...missingOfRequest(value), ...missingOfCard()];
  const lacks = (part: Part) => isTried && missing.includes(part);

  function missingOfCard(): Part[] {
    const isChild = judgement.isMinor && value.urgency !== 'stat';
    const isLower = value.urgency !== null && needsOverride(value.urgency, raisedTo);
    return [
      ...(isChild && patient.data?.summary.representatives.length === 0 ? (['representative'] as const) : []),
      ...(isLower && card.overrideReason.trim() === '' ? (['danger'] as const) : []),
    ];
  }

  const cardInput = () => {
    const isLower = value.urgency !== null && needsOverride(value.urgency, raisedTo);
    const { dangerCheck } = judgement;
    // A reason that is no longer owed is not sent.
    return toCardInput(card, dangerCheck && { ...dangerCheck, overrideReason: isLower ? card.overrideReason : '' });
  };

  const sending = intent === 'call' ? create : plan;
  const isCodeRefused = sending.error instanceof ProblemError && sending.error.code.startsWith('terminology.');
  const refusedCode = isCodeRefused ? sending.variables?.preliminaryCode : undefined;

  // First who it is about, alone on the screen; then everything else on one page.
  const isChoosing = value.patientId === null;

  function forgetPatient() {
    set((before) => ({ ...before, patientId: null, patientName: '' }));
  }

  function choosePatient(chosen: Patient) {
    set((before) => ({ ...before, patientId: chosen.id, patientName: formatPersonName(chosen) }));
  }

  function send() {
    const request = toRequest(value, cardInput());
    if (!request) return;
    create.mutate(request, {
      onSuccess: (consultation) => {
        void sendDraftFiles(requestId);
        void draft.discard();
        void navigate({ to: '/requests/$requestId/call', params: { requestId: consultation.id }, replace: true });
      },
      // The draft stays: what was typed since is in it and nowhere else.
      onError: (error) => {
        if (isSentAlready(error)) void navigate({ to: '/requests/$requestId/call', params: { requestId: request.id } });
        else refuse(error);
      },
    });
  }

  /** What the answer says of the form: a consent to another text is none, and is asked for again. */
  function refuse(error: Error) {
    if (isConsentTextChanged(queryClient, error)) setCard({ consent: null });
  }

  /** Stored and rung nowhere: for a time to come, which is chosen next, or for an answer in writing, which comes by itself. */
  function sendUnrung(isWritten: boolean) {
    const request = toPlannedRequest(value, cardInput(), isWritten);
    if (!request) return;
    const goOn = () =>
      void navigate({
        to: isWritten ? '/requests/$requestId/status' : '/requests/$requestId/plan',
        params: { requestId: request.id },
        replace: true,
      });
    plan.mutate(request, {
      onSuccess: () => {
        void sendDraftFiles(requestId);
        void draft.discard();
        goOn();
      },
      onError: (error) => (isSentAlready(error) ? goOn() : refuse(error)),
    });
  }

  const sendings: Record<Intent, () => void> = {
    call: send,
    plan: () => sendUnrung(false),
    write: () => sendUnrung(true),
  };

  function press(intent: Intent) {
    setIntent(intent);
    setIsTried(true);
    if (missing.length > 0) {
      requestAnimationFrame(() =>
        form.current
          ?.querySelector<HTMLElement>(
            '[aria-invalid="true"]:not(fieldset), fieldset[aria-invalid="true"] input:not(:disabled), [type="search"]',
          )
          ?.focus(),
      );
      return;
    }
    if (readVitals(value.vitals, patient.data?.birthDate).unconfirmed.length > 0) setIsAskingVitals(true);
    else sendings[intent]();
  }

  return (
    <div ref={form}>
      {value.patientId !== null && patient.isPending && <PatientBannerPlace />}
      {value.patientId !== null && patient.data && (
        <PatientBanner
          patient={patient.data}
          actions={
            <>
              <ActionLink tone="quiet" to="/patients/$patientId" params={{ patientId: patient.data.id }}>
                <Trans>Card and history</Trans>
              </ActionLink>
              <Action tone="quiet" onClick={forgetPatient}>
                <Trans>Another patient</Trans>
              </Action>
            </>
          }
        />
      )}
      <div className={layout.page}>
        <div className={layout.row}>
          <h1>
            <Trans>New request</Trans>
          </h1>
          {draft.wasRestored && draft.state.kind === 'saved' && (
            <StatusBadge tone="accent">
              <RestoredWords at={draft.state.at} />
            </StatusBadge>
          )}
        </div>

        {patient.isError && (
          <ProblemNotice
            error={patient.error}
            onRetry={() => void patient.refetch()}
            isRetrying={patient.isFetching}
            actions={
              <Action onClick={forgetPatient}>
                <Trans>Another patient</Trans>
              </Action>
            }
          />
        )}
        {isChoosing ? (
          <section className={layout.card} aria-label={t`Patient`}>
            <PatientPicker draftKey={requestId} onChoose={choosePatient} />
          </section>
        ) : (
          <RequestFields
            value={value}
            card={card}
            patient={patient.data ?? null}
            judgement={judgement}
            set={set}
            setCard={setCard}
            lacks={lacks}
            refusedCode={refusedCode}
          />
        )}
        {!isChoosing && <DraftFiles requestId={requestId} />}
        {sending.isError && (
          <ProblemNotice
            error={sending.error}
            onRetry={() => press(intent)}
            isRetrying={sending.isPending}
            actions={
              <ActionLink to="/">
                <Trans>Start page</Trans>
              </ActionLink>
            }
          />
        )}
      </div>

      {!isChoosing && (
        <div className={styles.bar}>
          <div className={styles.barInside}>
            <p className={classes(styles.missing, 'quiet')} role="status">
              {isTried && missing.length > 0 && <MissingWords missing={missing} />}
            </p>
            <SavedState saving={savingOf(draft.state)} onRetry={draft.retry} />
            <div className={styles.ways}>
              {/* An emergency is called. */}
              {value.urgency !== 'stat' && (
                <>
                  <Action
                    icon={<IconPencil size={22} aria-hidden />}
                    isBusy={plan.isPending && intent === 'write'}
                    disabled={sending.isPending}
                    onClick={() => press('write')}
                  >
                    <Trans>Answer in writing</Trans>
                  </Action>
                  <Action
                    icon={<IconCalendarPlus size={22} aria-hidden />}
                    isBusy={plan.isPending && intent === 'plan'}
                    disabled={sending.isPending}
                    onClick={() => press('plan')}
                  >
                    <Trans>Plan a time</Trans>
                  </Action>
                </>
              )}
              <PrimaryAction
                icon={<IconPhoneCall size={24} aria-hidden />}
                isBusy={create.isPending}
                disabled={plan.isPending}
                onClick={() => press('call')}
              >
                <Trans>Call</Trans>
              </PrimaryAction>
            </div>
          </div>
        </div>
      )}
      <UnusualVitalsDialog
        isOpen={isAskingVitals}
        entry={value.vitals}
        birthDate={patient.data?.birthDate}
        onCorrect={() => setIsAskingVitals(false)}
        onConfirm={() => {
          setIsAskingVitals(false);
          sendings[intent]();
        }}
      />
    </div>
  );
}

function RestoredWords({ at }: { at: number }) {
  const time = formatTime(new Date(at));
  return <Trans>Draft of {time}</Trans>;
}

function MissingWords({ missing }: { missing: readonly Part[] }) {
  const { t } = useLingui();
  const words: Record<Part, string> = {
    patient: t`patient`,
    specialty: t`specialist`,
    urgency: t`urgency`,
    reason: t`question`,
    vitals: t`vital signs with a typing error`,
    representative: t`representative of the child`,
    danger: t`why it is less urgent than the danger signs ask for`,
  };
  const list = missing.map((part) => words[part]).join(', ');
  return <Trans>Still needed: {list}</Trans>;
}
