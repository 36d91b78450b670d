import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { ballHolder, isIn, nextState } from '@jaqyn/shared/consultations/consultation.machine';
import type { StationQuestion } from '@jaqyn/shared/consultations/progress.contract';
import { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useConsultation } from '../../features/consultations/api/get-consultation.ts';
import { CancelDialog } from '../../features/consultations/components/cancel-dialog.tsx';
import { OpenQuestion, QuestionThread, UnsentAnswer } from '../../features/consultations/components/questions.tsx';
import { TurnOffers } from '../../features/consultations/components/turn-offers.tsx';
import { WaitTime } from '../../features/consultations/components/wait-time.tsx';
import { holderWordsForStation, wordsOf } from '../../features/consultations/consultation-words.ts';
import { draftLike, requestDraftKey } from '../../features/consultations/request-draft.ts';
import { stationPlace } from '../../features/consultations/station-place.ts';
import { declineWords, redirectWords } from '../../features/consultations/triage-words.ts';
import { saveDraft } from '../../lib/drafts.ts';
import { newId } from '../../lib/ids.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { Action, ActionLink, PrimaryAction, PrimaryAnchor } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { PatientBanner } from '../../ui/patient-banner.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { NotFound, Pending, ScreenProblem } from '../fallbacks.tsx';
import { ConsultFiles } from '../parts/consult-files.tsx';
import { StationSide } from '../parts/station-side.tsx';

const route = getRouteApi('/signed-in/requests/$requestId/status');

export function RequestStatusScreen() {
  const requestId = RequestId.safeParse(route.useParams().requestId);
  return requestId.success ? <RequestStatus key={requestId.data} requestId={requestId.data} /> : <NotFound />;
}

/** A request while it is sorted or answered in writing: who has to act, since when, what is asked, what can be done. */
function RequestStatus({ requestId }: { requestId: RequestId }) {
  const { t } = useLingui();
  const navigate = route.useNavigate();
  const query = useConsultation(requestId);
  const [isCancelling, setIsCancelling] = useState(false);
  const [asked, setAsked] = useState<StationQuestion>();
  usePageTitle(t`Request`);

  if (query.isPending) return <Pending />;
  const consultation = query.data;
  if (!consultation) {
    return (
      <ScreenProblem
        error={query.error}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
        actions={
          <ActionLink to="/">
            <Trans>Start page</Trans>
          </ActionLink>
        }
      />
    );
  }
  const open = consultation.questions.find(({ answer }) => answer === null);
  if (consultation.status !== 'cancelled' && open?.id !== asked?.id) setAsked(open);
  // Cancelled under the hands of somebody who answers: what they typed stays in front of them.
  if (consultation.status === 'cancelled' && asked !== undefined) {
    return (
      <>
        <PatientBanner patient={consultation.patient} />
        <div className={classes(layout.page, layout.narrow)}>
          <h1>{t(wordsOf(consultation).label)}</h1>
          <UnsentAnswer question={asked} />
          <div className={layout.row}>
            <ActionLink to="/">
              <Trans>Start page</Trans>
            </ActionLink>
          </div>
        </div>
      </>
    );
  }
  const place = stationPlace(consultation);
  if (place !== '/requests/$requestId/status') return <Navigate to={place} params={{ requestId }} replace />;
  const { status, decision, questions } = consultation;
  const words = wordsOf(consultation);
  const answered = questions.filter(({ answer }) => answer !== null);
  return (
    <>
      <PatientBanner
        patient={consultation.patient}
        actions={
          consultation.patient && (
            <ActionLink tone="quiet" to="/patients/$patientId" params={{ patientId: consultation.patient.id }}>
              <Trans>Card and history</Trans>
            </ActionLink>
          )
        }
      />
      <div className={classes(layout.page, layout.narrow)}>
        <div className={layout.stack}>
          <h1>{t(words.label)}</h1>
          {/* What is to be done after it was declined stands below. */}
          {status !== 'declined' && (
            <div className={layout.row}>
              <WaitTime consultation={consultation} />
              <StatusBadge tone={status === 'info_requested' ? 'heed' : 'quiet'}>
                {t(holderWordsForStation[ballHolder(status)])}
              </StatusBadge>
            </div>
          )}
        </div>
        {answered.map((question) => (
          <UnsentAnswer key={question.id} question={question} />
        ))}
        <OpenQuestion consultation={consultation} files={<ConsultFiles consultation={consultation} />} />
        {status === 'declined' && decision && <Declined consultation={consultation} />}
        {status === 'redirected' && decision && (
          <p>
            {t(redirectWords[(decision.reason ?? 'other') as keyof typeof redirectWords])}
            {decision.note && `. ${decision.note}`}
          </p>
        )}
        {isIn(status, ['async_assigned', 'in_triage']) && (
          <p>
            <Trans>The answer comes to this station by itself. Vital signs and files can be added meanwhile.</Trans>
          </p>
        )}
        <TurnOffers
          consultation={consultation}
          viewer="station"
          onCalled={() => void navigate({ to: '/requests/$requestId/call', params: { requestId } })}
        />
        <div className={layout.card}>
          <StationSide consultation={consultation} hasFiles={status !== 'info_requested'} />
        </div>
        <QuestionThread questions={answered} />
        <div className={layout.row}>
          <ActionLink to="/">
            <Trans>Start page</Trans>
          </ActionLink>
          {nextState(status, 'cancel', 'station') !== undefined && (
            <Action tone="danger" onClick={() => setIsCancelling(true)}>
              <Trans>Cancel the request</Trans>
            </Action>
          )}
        </div>
        <CancelDialog
          requestId={requestId}
          isOpen={isCancelling}
          onClose={() => setIsCancelling(false)}
          onCancelled={() => void navigate({ to: '/' })}
        />
      </div>
    </>
  );
}

/** What was typed for it stands in the new request: what changed since is written into it, nothing is typed again. */
function AskAnew({ consultation, isPrimary }: { consultation: Consultation; isPrimary: boolean }) {
  const navigate = route.useNavigate();
  const owner = useCurrentUser().id;
  const [problem, setProblem] = useState<unknown>();
  const Press = isPrimary ? PrimaryAction : Action;
  async function begin() {
    const draft = draftLike(consultation, RequestId.parse(newId()));
    try {
      await saveDraft(owner, requestDraftKey(draft.id), draft);
      await navigate({ to: '/requests/new', search: { draft: draft.id } });
    } catch (error) {
      setProblem(error);
    }
  }
  return (
    <>
      <Press onClick={() => void begin()}>
        <Trans>New request from this one</Trans>
      </Press>
      {problem !== undefined && <ProblemNotice error={problem} />}
    </>
  );
}

/** Why, and what the station does now. */
function Declined({ consultation }: { consultation: Consultation }) {
  const { t } = useLingui();
  const { decision } = consultation;
  const words = declineWords[(decision?.reason ?? 'other') as keyof typeof declineWords];
  return (
    <section className={classes(layout.card, layout.stack)} aria-label={t`What to do next`}>
      <h2>{t(words.title)}</h2>
      {decision?.note && <p>{decision.note}</p>}
      <p>
        <strong>{t(words.next)}</strong>
      </p>
      <p className="quiet">{decision?.by}</p>
      <div className={layout.row}>
        {decision?.reason === 'emergency_103' && (
          <PrimaryAnchor tone="act-now" href="tel:103">
            <Trans>Life in danger: call 103</Trans>
          </PrimaryAnchor>
        )}
        <AskAnew consultation={consultation} isPrimary={decision?.reason !== 'emergency_103'} />
      </div>
    </section>
  );
}
