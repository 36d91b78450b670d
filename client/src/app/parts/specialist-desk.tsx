import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowRight, IconMessageQuestion, IconPhone, IconSettings } from '@tabler/icons-react';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ConclusionDesk } from '../../features/conclusions/components/conclusion-desk.tsx';
import { useAcceptCall } from '../../features/consultations/api/accept-call.ts';
import { useEndCall } from '../../features/consultations/api/end-call.ts';
import { useWholeList } from '../../features/consultations/api/list-whole.ts';
import { QuestionThread } from '../../features/consultations/components/questions.tsx';
import { AskDialog } from '../../features/consultations/components/triage/triage-dialogs.tsx';
import { TurnOffers } from '../../features/consultations/components/turn-offers.tsx';
import { WaitTime } from '../../features/consultations/components/wait-time.tsx';
import { listWritten } from '../../features/consultations/worklist.ts';
import { CallControl, CallControls } from '../../features/room/components/call-controls.tsx';
import { ChatHistory } from '../../features/room/components/chat-history.tsx';
import { ChatPanel } from '../../features/room/components/chat-panel.tsx';
import { DeviceMenu } from '../../features/room/components/device-menu.tsx';
import { isTooThinToTalk } from '../../features/room/room-state.ts';
import { useRoom } from '../../features/room/use-room.ts';
import { IcdField } from '../../features/terminologies/components/icd-field.tsx';
import { useLanguage } from '../../lib/i18n.ts';
import { sessionState, useCurrentUser } from '../../lib/session.ts';
import { mayActAlone, useSingleKeys } from '../../lib/single-keys.ts';
import { Action, ActionLink, PrimaryActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useCallExamination } from './call-examination.tsx';
import { useCallPeople } from './call-people.tsx';
import { ConsultCard } from './consult-card.tsx';
import { DocumentView } from './document-view.tsx';
import { PatientAnswers } from './patient-answers.tsx';
import styles from './specialist-desk.module.css';
import { SpecialistStage } from './specialist-stage.tsx';
import { templateFacts } from './template-facts.ts';

const TALK_STATES = ['in_call', 'interrupted'] as const;
const WRITING_STATES = ['conclusion_draft', 'awaiting_signature'] as const;

type Part = 'call' | 'card' | 'conclusion';

/** The three columns of a consult: the card, the patient, the conclusion. On a narrow screen one at a time. */
export function SpecialistDesk({ consultation }: { consultation: Consultation }) {
  const { t } = useLingui();
  const { id: requestId, status } = consultation;
  const user = useCurrentUser();
  const language = useLanguage();
  const isTalking = isIn(status, TALK_STATES);
  const { state, room } = useRoom(requestId, { isWanted: isTalking });
  const [part, setPart] = useState<Part>(isTalking ? 'call' : 'conclusion');
  const [isWide, setIsWide] = useState(false);
  const [isChoosingDevices, setIsChoosingDevices] = useState(false);
  const [isEnding, setIsEnding] = useState(false);
  const end = useEndCall(requestId);
  const station = state.peers.find(({ side }) => side === 'station');
  const examination = useCallExamination({ requestId, room, state, peer: station, hasPatient: false });
  const people = useCallPeople({ requestId, state, viewer: 'specialist', isTalking });
  const blocker = useBlocker({
    // Who is signed out has nothing to stay for.
    shouldBlockFn: () => isTalking && state.connection.kind === 'live' && sessionState().kind === 'signed_in',
    withResolver: true,
  });
  const isElsewhere = state.connection.kind === 'left' && state.connection.reason === 'replaced';
  const shown = part === 'call' && !isTalking ? 'conclusion' : part;

  const obstacles = [
    ...(consultation.patient === null ? [t`the station has not named the patient yet`] : []),
    ...(status === 'info_requested' ? [t`the station has not answered yet`] : []),
    ...(status === 'cancelled' ? [t`the request was cancelled`] : []),
  ];

  const parts: readonly { readonly name: Part; readonly label: string }[] = [
    ...(isTalking ? [{ name: 'call' as const, label: t`Conversation` }] : []),
    { name: 'card', label: t`Card` },
    { name: 'conclusion', label: t`Conclusion` },
  ];

  return (
    <div className={styles.desk}>
      <nav className={styles.parts} aria-label={t`Parts of the consultation`}>
        {parts.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            className={styles.part}
            aria-current={name === shown}
            onClick={() => setPart(name)}
          >
            {label}
          </button>
        ))}
      </nav>
      <div className={classes(styles.columns, isTalking && styles.talking, isWide && styles.wide)} data-part={shown}>
        <section className={classes(styles.column, styles.card)} aria-label={t`Card`}>
          <ConsultCard consultation={consultation} />
          <QuestionThread questions={consultation.questions} />
          {!isTalking && (
            <Disclosure title={<Trans>Messages</Trans>}>
              <ChatHistory requestId={requestId} ownUserId={user.id} />
            </Disclosure>
          )}
        </section>
        {isTalking && (
          <section className={classes(styles.column, styles.call)} aria-label={t`Conversation`}>
            {isElsewhere ? (
              <CallElsewhere />
            ) : (
              <SpecialistStage
                consultation={consultation}
                room={state}
                examination={examination}
                people={people}
                hasSelf={!isWide}
              />
            )}
            <TurnOffers consultation={consultation} viewer="specialist" isTooThin={isTooThinToTalk(state)} />
            <div className={styles.chat}>
              <ChatPanel
                requestId={requestId}
                messages={state.messages}
                ownUserId={user.id}
                onSend={(text) => room?.sendChat(text)}
                onRetry={(id) => room?.retryChat(id)}
              />
            </div>
          </section>
        )}
        <section className={classes(styles.column, styles.conclusion)} aria-label={t`Conclusion`}>
          <ConclusionDesk
            requestId={requestId}
            obstacles={obstacles}
            isInCall={isTalking}
            hasSigned={consultation.conclusion?.signedAt != null}
            renderDocument={(preview) => <DocumentView preview={preview} />}
            renderAnswers={(conclusion) => <PatientAnswers conclusion={conclusion} />}
            renderCode={(field) => <IcdField {...field} specialty={null} />}
            facts={templateFacts(consultation, language)}
            specialty={consultation.specialty}
            onWideChange={setIsWide}
            nextActions={<NextCase after={requestId} />}
          />
        </section>
      </div>
      {isTalking && !isElsewhere && (
        <div className={styles.bar}>
          <CallControls
            microphone={state.microphone}
            camera={state.camera}
            onToggleMicrophone={() => {
              if (state.microphone.kind === 'on') room?.setMicrophoneMuted(!state.microphone.isMuted);
              else void room?.setDeviceOn('microphone', true);
            }}
            onToggleCamera={() => void room?.setDeviceOn('camera', state.camera.kind !== 'on')}
            onEnd={() => setIsEnding(true)}
            endLabel={t`End the call`}
          >
            {examination.controls}
            {people.control}
            <CallControl icon={<IconSettings size={24} aria-hidden />} onPress={() => setIsChoosingDevices(true)}>
              <Trans>Devices</Trans>
            </CallControl>
          </CallControls>
        </div>
      )}
      {status === 'async_assigned' && <WrittenCase consultation={consultation} onCalled={() => setPart('call')} />}
      {status === 'info_requested' && (
        <div className={styles.bar}>
          <div className={styles.again}>
            <WaitTime consultation={consultation} />
            <span role="status">
              <Trans>The station is asked. You can go on writing; it can be signed when the answer is there.</Trans>
            </span>
          </div>
        </div>
      )}
      {status === 'cancelled' && (
        <div className={styles.bar} role="status">
          <Trans>The request was cancelled. What you wrote stays here to be read and copied.</Trans>
        </div>
      )}
      {isIn(status, WRITING_STATES) && <CallAgain consultation={consultation} onCalled={() => setPart('call')} />}

      <ConfirmDialog
        isOpen={isEnding}
        title={<Trans>End the call?</Trans>}
        confirmLabel={<Trans>End the call</Trans>}
        cancelLabel={<Trans>Go on talking</Trans>}
        tone="act-now"
        isBusy={end.isPending}
        onCancel={() => {
          end.reset();
          setIsEnding(false);
        }}
        onConfirm={() => end.mutate(undefined, { onSuccess: () => setIsEnding(false) })}
      >
        <p>
          <Trans>The conclusion stays open. Until it is signed you can call the station again.</Trans>
        </p>
        {end.isError && <ProblemNotice error={end.error} />}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={blocker.status === 'blocked'}
        title={<Trans>You are still in the call</Trans>}
        confirmLabel={<Trans>Leave the call</Trans>}
        cancelLabel={<Trans>Stay</Trans>}
        tone="act-now"
        onCancel={() => blocker.reset?.()}
        onConfirm={() => blocker.proceed?.()}
      >
        <p>
          <Trans>The station sees that the call broke off. You can return to it from the worklist.</Trans>
        </p>
      </ConfirmDialog>
      <DeviceMenu
        isOpen={isChoosingDevices}
        microphone={state.microphone}
        camera={state.camera}
        hold={state.hold}
        onHold={(hold) => room?.setHold(hold)}
        onChoose={(source, deviceId) => {
          // When it is not to be had the one before goes on, and the list shows it.
          void room?.switchDevice(source, deviceId).catch(() => {});
        }}
        onClose={() => setIsChoosingDevices(false)}
      />
    </div>
  );
}

/** A case that is answered without a call: what is missing is asked for, and it may become something else. */
function WrittenCase({ consultation, onCalled }: { consultation: Consultation; onCalled: () => void }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div className={classes(styles.bar, styles.offering)}>
      <div className={styles.again}>
        <WaitTime consultation={consultation} />
        <Action icon={<IconMessageQuestion size={22} aria-hidden />} onClick={() => setIsAsking(true)}>
          <Trans>Ask the station</Trans>
        </Action>
        <TurnOffers consultation={consultation} viewer="specialist" onCalled={onCalled} />
      </div>
      {isAsking && (
        <AskDialog consultation={consultation} onDone={() => setIsAsking(false)} onClose={() => setIsAsking(false)} />
      )}
    </div>
  );
}

/** The next case to be answered in writing, by the key N; without one the worklist. */
function NextCase({ after }: { after: Consultation['id'] }) {
  const me = useCurrentUser().practitioner?.id;
  const navigate = useNavigate();
  const open = useWholeList('open').data;
  const next = me && open ? listWritten(open, me).find(({ id }) => id !== after) : undefined;
  const nextId = next?.id;
  const hasKeys = useSingleKeys();
  useEffect(() => {
    if (!nextId) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== 'KeyN' || !mayActAlone(event)) return;
      void navigate({ to: '/consults/$requestId', params: { requestId: nextId } });
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [nextId, navigate]);
  const icon = <IconArrowRight size={24} aria-hidden />;
  return nextId ? (
    <PrimaryActionLink
      to="/consults/$requestId"
      params={{ requestId: nextId }}
      icon={icon}
      aria-keyshortcuts={hasKeys ? 'N' : undefined}
    >
      {hasKeys ? <Trans>Next case (N)</Trans> : <Trans>Next case</Trans>}
    </PrimaryActionLink>
  ) : (
    <PrimaryActionLink to="/worklist" icon={icon}>
      <Trans>Next patient</Trans>
    </PrimaryActionLink>
  );
}

/** Only one window is in the call; the form here goes on. */
function CallElsewhere() {
  return (
    <EmptyState
      title={<Trans>The call is open in another window</Trans>}
      why={<Trans>Writing goes on here too; both windows save to the same conclusion.</Trans>}
      action={
        <ActionLink to="." reloadDocument>
          <Trans>Take the call here</Trans>
        </ActionLink>
      }
    />
  );
}

/** The talk is over and nothing is signed: a forgotten question is one press away. */
function CallAgain({ consultation, onCalled }: { consultation: Consultation; onCalled: () => void }) {
  const accept = useAcceptCall();
  return (
    <div className={styles.bar}>
      {accept.isError && <ProblemNotice error={accept.error} />}
      <div className={styles.again}>
        <span>
          <Trans>The call has ended; the request stays open until you sign.</Trans>
        </span>
        <Action
          icon={<IconPhone size={22} aria-hidden />}
          isBusy={accept.isPending}
          onClick={() => accept.mutate(consultation.id, { onSuccess: onCalled })}
        >
          <Trans>Call the station again</Trans>
        </Action>
      </div>
    </div>
  );
}
