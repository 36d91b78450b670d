import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconHeadphones, IconSettings } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { TurnOffers } from '../../features/consultations/components/turn-offers.tsx';
import { CallControl, CallControls } from '../../features/room/components/call-controls.tsx';
import { CallSteps } from '../../features/room/components/call-steps.tsx';
import { CallWay } from '../../features/room/components/call-way.tsx';
import { ConnectionBar } from '../../features/room/components/connection-bar.tsx';
import { DeviceNews } from '../../features/room/components/device-news.tsx';
import { SelfView } from '../../features/room/components/self-view.tsx';
import { VideoStage } from '../../features/room/components/video-stage.tsx';
import type { RoomClient } from '../../features/room/room-client.ts';
import { isTooThinToTalk, type RoomState } from '../../features/room/room-state.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useCallExamination } from './call-examination.tsx';
import { useCallPeople } from './call-people.tsx';
import { StationSide } from './station-side.tsx';
import styles from './station-talk.module.css';

interface StationTalkProps {
  readonly consultation: Consultation;
  readonly room: RoomState;
  readonly client: RoomClient | null;
  onToggleMicrophone(): void;
  onToggleCamera(): void;
  onToggleVoiceOnly(): void;
  onDevices(): void;
  /** Leaving closes nothing: the request stays open and the station may come back. */
  onLeave(): void;
  readonly chat: ReactNode;
}

/** The call at the station: the specialist large, oneself small, the request beside it, the controls always in sight. */
export function StationTalk({
  consultation,
  room,
  client,
  onToggleMicrophone,
  onToggleCamera,
  onToggleVoiceOnly,
  onDevices,
  onLeave,
  chat,
}: StationTalkProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [isLeaving, setIsLeaving] = useState(false);
  const specialist = room.peers.find(({ side }) => side === 'specialist');
  const examination = useCallExamination({
    requestId: consultation.id,
    room: client,
    state: room,
    peer: specialist,
    hasPatient: true,
  });
  const people = useCallPeople({ requestId: consultation.id, state: room, viewer: 'station', isTalking: true });
  const front = people.front ?? specialist;
  return (
    <>
      <h1 className="visually-hidden">
        <Trans>Video call</Trans>
      </h1>
      <div className={styles.talk}>
        <div className={styles.connection}>
          <ConnectionBar connection={room.connection}>
            <CallSteps own={room.step} theirs={front?.step} />
            <CallWay way={room.way} />
          </ConnectionBar>
          {/* Above the stage: on it the picture of oneself would stand over them. */}
          <TurnOffers consultation={consultation} viewer="station" isTooThin={isTooThinToTalk(room)} />
          <DeviceNews news={room.deviceNews} />
          {examination.banner}
        </div>
        <div className={styles.stage}>
          {examination.render((parts) => (
            <VideoStage
              className={styles.picture}
              peer={front}
              isSilent={people.isSilent}
              isVoiceOnly={room.isVoiceOnly}
              placeholder={
                <div className={styles.placeholder}>
                  <strong>{front?.displayName ?? consultation.specialist?.displayName}</strong>
                  <p>
                    {consultation.status === 'interrupted' ? (
                      <Trans>
                        The connection to the specialist was lost. They come back by themselves; please wait.
                      </Trans>
                    ) : (
                      <Trans>The specialist has answered and is joining…</Trans>
                    )}
                  </p>
                </div>
              }
              corner={
                !parts.isAside && (
                  <SelfView camera={room.camera} microphone={room.microphone} isCurtained={room.curtain !== null} />
                )
              }
              {...parts}
            />
          ))}
          {people.strip}
        </div>
        <div className={styles.side}>
          <StationSide consultation={consultation} camera={room.camera.kind === 'on' ? room.camera.track : undefined}>
            {chat}
          </StationSide>
        </div>
      </div>
      <div className={styles.bar}>
        <CallControls
          microphone={room.microphone}
          camera={room.camera}
          onToggleMicrophone={onToggleMicrophone}
          onToggleCamera={onToggleCamera}
          onEnd={() => setIsLeaving(true)}
          endLabel={t`Leave the call`}
        >
          {examination.controls}
          {people.control}
          <CallControl
            icon={<IconHeadphones size={24} aria-hidden />}
            isOff={room.isVoiceOnly}
            isPressed={room.isVoiceOnly}
            onPress={onToggleVoiceOnly}
          >
            <Trans>Voice only</Trans>
          </CallControl>
          <CallControl icon={<IconSettings size={24} aria-hidden />} onPress={onDevices}>
            <Trans>Devices</Trans>
          </CallControl>
        </CallControls>
      </div>
      <ConfirmDialog
        isOpen={isLeaving}
        title={<Trans>Leave the call?</Trans>}
        confirmLabel={<Trans>Leave the call</Trans>}
        tone="act-now"
        onCancel={() => setIsLeaving(false)}
        onConfirm={() => {
          onLeave();
          void navigate({ to: '/' });
        }}
      >
        <p>
          <Trans>
            The request stays open. You can come back from the start page as long as the specialist is there.
          </Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}
