import { isIn, RINGING_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useConsultation } from '../../features/consultations/api/get-consultation.ts';
import { statusWords } from '../../features/consultations/consultation-words.ts';
import { ChatPanel } from '../../features/room/components/chat-panel.tsx';
import { DeviceMenu } from '../../features/room/components/device-menu.tsx';
import { useRoom } from '../../features/room/use-room.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { playBlip } from '../../lib/sounds.ts';
import { useLate } from '../../lib/use-late.ts';
import { ActionLink, PrimaryActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { PatientBanner } from '../../ui/patient-banner.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { NotFound, Pending, ScreenProblem } from '../fallbacks.tsx';
import { StationTalk } from '../parts/station-talk.tsx';
import { StationWaiting } from '../parts/station-waiting.tsx';

const route = getRouteApi('/signed-in/requests/$requestId/call');

// Only an emergency begins without its patient.
const loadChoosePatient = async () => (await import('../parts/choose-patient.tsx')).ChoosePatient;

/** Waiting and talking at the station: one room from the first ring to the end, so that the answer finds it connected. */
export function CallScreen() {
  const requestId = RequestId.safeParse(route.useParams().requestId);
  return requestId.success ? <StationCall key={requestId.data} requestId={requestId.data} /> : <NotFound />;
}

const TALK_STATES = ['in_call', 'interrupted'] as const;

function StationCall({ requestId }: { requestId: RequestId }) {
  const { t } = useLingui();
  const user = useCurrentUser();
  const consultation = useConsultation(requestId);
  const status = consultation.data?.status;
  const isRinging = status !== undefined && isIn(status, RINGING_STATES);
  const isInCall = status !== undefined && isIn(status, TALK_STATES);
  const { state, room } = useRoom(requestId, { isWanted: isRinging || isInCall });
  // Whoever answered is here before the request is read anew, which takes a satellite two thirds of a second.
  const isTalking = isInCall || (isRinging && state.peers.some(({ side }) => side === 'specialist'));
  const [isChoosingDevices, setIsChoosingDevices] = useState(false);
  const ChoosePatient = useLate(loadChoosePatient, consultation.data?.patient === null);
  usePageTitle(isTalking ? t`Video call` : t`Calling the specialist`);
  useAnswerSound(isRinging && !isTalking, isTalking);

  if (consultation.isPending) return <Pending />;
  if (consultation.isError && !consultation.data) {
    return (
      <ScreenProblem
        error={consultation.error}
        onRetry={() => void consultation.refetch()}
        isRetrying={consultation.isFetching}
        actions={<ToStart />}
      />
    );
  }
  const current = consultation.data;
  const chat = (
    <ChatPanel
      requestId={requestId}
      messages={state.messages}
      ownUserId={user.id}
      onSend={(text) => room?.sendChat(text)}
      onRetry={(id) => room?.retryChat(id)}
    />
  );
  const canChoosePatient = current.patient === null && (isRinging || isTalking || current.status === 'in_triage');
  // oxlint-disable-next-line react/static-components -- fetched once, and the same from then on
  const choosePatient = canChoosePatient && ChoosePatient && <ChoosePatient requestId={requestId} />;

  return (
    <>
      <PatientBanner patient={current.patient} actions={choosePatient} />
      {state.connection.kind === 'failed' && (
        <div className={layout.page}>
          <ProblemNotice error={state.connection.problem} actions={<ToStart />} />
        </div>
      )}
      {state.connection.kind === 'left' && state.connection.reason === 'replaced' ? (
        <ElsewhereOpen />
      ) : isTalking ? (
        <StationTalk
          consultation={current}
          room={state}
          client={room}
          onToggleMicrophone={() => {
            if (state.microphone.kind === 'on') room?.setMicrophoneMuted(!state.microphone.isMuted);
            else void room?.setDeviceOn('microphone', true);
          }}
          onToggleCamera={() => void room?.setDeviceOn('camera', state.camera.kind !== 'on')}
          onToggleVoiceOnly={() => room?.setVoiceOnly(!state.isVoiceOnly)}
          onDevices={() => setIsChoosingDevices(true)}
          onLeave={() => void room?.leave()}
          chat={chat}
        />
      ) : isRinging || (current.status === 'in_triage' && !current.isPlanned && !current.isWritten) ? (
        <StationWaiting consultation={current} room={state} onDevices={() => setIsChoosingDevices(true)} chat={chat} />
      ) : (
        <AfterCall requestId={requestId} status={current.status} />
      )}
      <DeviceMenu
        isOpen={isChoosingDevices}
        microphone={state.microphone}
        camera={state.camera}
        hold={state.hold}
        onHold={(hold) => room?.setHold(hold)}
        onChoose={(source, deviceId) => {
          // The device before goes on when this one is not to be had; the list shows which one is used.
          void room?.switchDevice(source, deviceId).catch((error: unknown) => ProblemError.from(error));
        }}
        onClose={() => setIsChoosingDevices(false)}
      />
    </>
  );
}

/** A short tone when the specialist answers: the feldsher may be looking at the patient. */
function useAnswerSound(isRinging: boolean, isTalking: boolean): void {
  const wasRinging = useRef(false);
  useEffect(() => {
    if (wasRinging.current && isTalking) playBlip();
    wasRinging.current = isRinging;
  }, [isRinging, isTalking]);
}

function AfterCall({ requestId, status }: { requestId: RequestId; status: keyof typeof statusWords }) {
  const { t } = useLingui();
  switch (status) {
    case 'signed':
    case 'delivered':
    case 'acknowledged':
    case 'amended':
    case 'follow_up_open':
    case 'closed':
      return <Navigate to="/requests/$requestId/result" params={{ requestId }} replace />;
    case 'conclusion_draft':
    case 'awaiting_signature':
      return (
        <div className={classes(layout.page, layout.narrow)}>
          <h1>
            <Trans>The call has ended</Trans>
          </h1>
          <p>
            <Trans>The specialist is writing the conclusion. It comes to this station by itself.</Trans>
          </p>
          <div className={layout.row}>
            <PrimaryActionLink to="/requests/$requestId/result" params={{ requestId }}>
              <Trans>Wait for the conclusion</Trans>
            </PrimaryActionLink>
            <ToStart />
          </div>
        </div>
      );
    case 'submitted':
    case 'info_requested':
    case 'declined':
    case 'redirected':
      return <Navigate to="/requests/$requestId/status" params={{ requestId }} replace />;
    case 'in_triage':
    case 'accepted':
    case 'waitlisted':
    case 'booked':
    case 'checked_in':
    case 'no_show':
    case 'async_assigned':
      return <Navigate to="/requests/$requestId/plan" params={{ requestId }} replace />;
    default:
      return (
        <div className={classes(layout.page, layout.narrow)}>
          <EmptyState
            title={t(statusWords[status].label)}
            why={<Trans>There is no call for this request now.</Trans>}
            action={<ToStart />}
          />
        </div>
      );
  }
}

function ElsewhereOpen() {
  return (
    <div className={classes(layout.page, layout.narrow)}>
      <EmptyState
        title={<Trans>The call is open in another window</Trans>}
        why={
          <Trans>Somebody opened it in another tab or on another computer of this user. Only one can be in it.</Trans>
        }
        action={
          <ActionLink to="." reloadDocument>
            <Trans>Take the call here</Trans>
          </ActionLink>
        }
      />
    </div>
  );
}

function ToStart() {
  return (
    <ActionLink to="/">
      <Trans>Start page</Trans>
    </ActionLink>
  );
}
