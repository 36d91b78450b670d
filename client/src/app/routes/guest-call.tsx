import type { Invitation } from '@jaqyn/shared/consultations/participant.contract';
import { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconLogout, IconSettings } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useConsultation } from '../../features/consultations/api/get-consultation.ts';
import { useInvitations } from '../../features/participants/api/list-invitations.ts';
import { participantWords } from '../../features/participants/participant-words.ts';
import { CallControl, CallControls } from '../../features/room/components/call-controls.tsx';
import { CallSteps } from '../../features/room/components/call-steps.tsx';
import { ChatPanel } from '../../features/room/components/chat-panel.tsx';
import { ConnectionBar } from '../../features/room/components/connection-bar.tsx';
import { DeviceMenu } from '../../features/room/components/device-menu.tsx';
import { DeviceNews } from '../../features/room/components/device-news.tsx';
import { SelfView } from '../../features/room/components/self-view.tsx';
import { VideoStage } from '../../features/room/components/video-stage.tsx';
import { type GuestRoom, useRoom } from '../../features/room/use-room.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { ActionLink } from '../../ui/action.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { PatientBanner } from '../../ui/patient-banner.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { NotFound, Pending } from '../fallbacks.tsx';
import { homeOf } from '../home-of.ts';
import { useCallPeople } from '../parts/call-people.tsx';
import { ConsultCard } from '../parts/consult-card.tsx';
import styles from './guest-call.module.css';

const route = getRouteApi('/signed-in/invitations/$requestId');

/** Whoever speaks begins with the microphone alone: the link is the patient's. */
const GUESTS: Readonly<Record<Invitation['type'], GuestRoom>> = {
  consultant: { sources: ['microphone', 'camera'], canRead: true },
  interpreter: { sources: ['microphone'], canRead: false },
  observer: { sources: [], canRead: false },
};

/** A call that somebody was asked into: as a further specialist, an interpreter or an observer. */
export function GuestCallScreen() {
  const requestId = RequestId.safeParse(route.useParams().requestId);
  return requestId.success ? <Door key={requestId.data} requestId={requestId.data} /> : <NotFound />;
}

function Door({ requestId }: { requestId: RequestId }) {
  const { t } = useLingui();
  const query = useInvitations();
  usePageTitle(t`Call I am asked into`);
  if (query.isPending) return <Pending />;
  if (!query.data) {
    return (
      <Outside>
        <ProblemNotice error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      </Outside>
    );
  }
  const invitation = query.data.find((one) => one.requestId === requestId);
  if (invitation === undefined) {
    return (
      <Outside>
        <EmptyState
          title={<Trans>You are not asked into this call any more</Trans>}
          why={<Trans>The call has ended, or those who lead it go on without you. Thank you.</Trans>}
          action={<ToStart />}
        />
      </Outside>
    );
  }
  if (!invitation.isOpen || invitation.waitsForConsent) {
    return (
      <Outside>
        <EmptyState
          title={
            invitation.waitsForConsent ? (
              <Trans>The patient is being asked</Trans>
            ) : (
              <Trans>The call has not begun yet</Trans>
            )
          }
          why={<Trans>Stay on this page: it opens by itself.</Trans>}
          action={<ToStart />}
        />
      </Outside>
    );
  }
  return <GuestCall key={invitation.id} invitation={invitation} />;
}

function GuestCall({ invitation }: { invitation: Invitation }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const navigate = useNavigate();
  const user = useCurrentUser();
  const { requestId, type, number, specialistName } = invitation;
  const guest = GUESTS[type];
  const { state, room, rejoin } = useRoom(requestId, { guest });
  const people = useCallPeople({ requestId, state, viewer: 'guest', isTalking: true });
  const [isChoosingDevices, setIsChoosingDevices] = useState(false);
  const { connection, microphone, camera } = state;
  const isOver = connection.kind === 'left' && connection.reason !== 'by_self';
  const { refetch } = useInvitations();
  useEffect(() => {
    // Sent out, or the call has ended: the list says which calls there still are.
    if (isOver) void refetch();
  }, [isOver, refetch]);
  const station = localText(invitation.stationName);
  const isSpeaking = type !== 'observer';
  const leave = () => {
    void room?.leave();
    void navigate({ to: homeOf(user.role) });
  };
  if (isOver) {
    return (
      <Outside>
        <EmptyState
          title={
            connection.reason === 'replaced' ? (
              <Trans>The call is open in another window</Trans>
            ) : (
              <Trans>You are not in the call any more</Trans>
            )
          }
          why={<Trans>You can come back as long as you are asked in and the call goes on.</Trans>}
          action={
            <ActionLink to="." reloadDocument>
              <Trans>Take the call here</Trans>
            </ActionLink>
          }
        />
      </Outside>
    );
  }
  return (
    <>
      {type === 'consultant' && <Patient requestId={requestId} />}
      <div className={styles.call}>
        <h1 className={styles.title}>
          <Trans>
            Call {number}, {station}
          </Trans>{' '}
          <StatusBadge tone="accent">{t(participantWords[type].label)}</StatusBadge>{' '}
          {specialistName !== null && (
            <span className={styles.leads}>
              <Trans>Led by {specialistName}</Trans>
            </span>
          )}
        </h1>
        <div className={styles.columns}>
          <section className={styles.main} aria-label={t`Conversation`}>
            <ConnectionBar connection={connection}>
              {isSpeaking && <CallSteps own={state.step} theirs={people.front?.step} />}
            </ConnectionBar>
            <DeviceNews news={state.deviceNews} />
            {connection.kind === 'failed' && <ProblemNotice error={connection.problem} onRetry={rejoin} />}
            {type === 'observer' && (
              <p className={styles.silent}>
                <Trans>
                  You hear and see the call. Nobody hears or sees you, and everybody knows that you are here.
                </Trans>
              </p>
            )}
            <VideoStage
              className={styles.stage}
              peer={people.front}
              isSilent={people.isSilent}
              isCurtained={state.curtain !== null}
              placeholder={
                <p>
                  <Trans>The station is joining…</Trans>
                </p>
              }
              corner={isSpeaking && <SelfView camera={camera} microphone={microphone} />}
            />
            {people.strip}
          </section>
          {type === 'consultant' && (
            <section className={styles.side} aria-label={t`Card`}>
              <ChatPanel
                requestId={requestId}
                messages={state.messages}
                ownUserId={user.id}
                onSend={(text) => room?.sendChat(text)}
                onRetry={(id) => room?.retryChat(id)}
              />
              <Card requestId={requestId} />
            </section>
          )}
        </div>
      </div>
      <div className={styles.bar}>
        {isSpeaking ? (
          <CallControls
            microphone={microphone}
            camera={camera}
            onToggleMicrophone={() => {
              if (microphone.kind === 'on') room?.setMicrophoneMuted(!microphone.isMuted);
              else void room?.setDeviceOn('microphone', true);
            }}
            onToggleCamera={() => void room?.setDeviceOn('camera', camera.kind !== 'on')}
            onEnd={leave}
            endLabel={t`Leave the call`}
          >
            <CallControl icon={<IconSettings size={24} aria-hidden />} onPress={() => setIsChoosingDevices(true)}>
              <Trans>Devices</Trans>
            </CallControl>
          </CallControls>
        ) : (
          <CallControl icon={<IconLogout size={24} aria-hidden />} onPress={leave}>
            <Trans>Leave the call</Trans>
          </CallControl>
        )}
      </div>
      <DeviceMenu
        isOpen={isChoosingDevices}
        microphone={microphone}
        camera={camera}
        hold={state.hold}
        onHold={(hold) => room?.setHold(hold)}
        onChoose={(source, deviceId) => {
          // When it is not to be had the one before goes on, and the list shows it.
          void room?.switchDevice(source, deviceId).catch(() => {});
        }}
        onClose={() => setIsChoosingDevices(false)}
      />
    </>
  );
}

/** What is said in place of the call, while there is none for this person. */
function Outside({ children }: { children: ReactNode }) {
  return (
    <div className={layout.page}>
      <h1>
        <Trans>Call I am asked into</Trans>
      </h1>
      {children}
    </div>
  );
}

function Patient({ requestId }: { requestId: RequestId }) {
  const { data } = useConsultation(requestId);
  return data === undefined ? null : <PatientBanner patient={data.patient} />;
}

function Card({ requestId }: { requestId: RequestId }) {
  const { data, error, isError, refetch } = useConsultation(requestId);
  if (data !== undefined) return <ConsultCard consultation={data} />;
  return isError ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Pending />;
}

function ToStart() {
  const { role } = useCurrentUser();
  return (
    <ActionLink to={homeOf(role)}>
      <Trans>Start page</Trans>
    </ActionLink>
  );
}
