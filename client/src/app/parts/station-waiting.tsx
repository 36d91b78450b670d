import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn, RINGING_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarPlus, IconDeviceDesktopCheck, IconPhoneCall, IconSettings, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useCallAgain } from '../../features/consultations/api/call-again.ts';
import { CallLadder } from '../../features/consultations/components/call-ladder.tsx';
import { CancelDialog } from '../../features/consultations/components/cancel-dialog.tsx';
import { RingStatus } from '../../features/consultations/components/ring-status.tsx';
import { ConnectionBar } from '../../features/room/components/connection-bar.tsx';
import { DeviceNews } from '../../features/room/components/device-news.tsx';
import { SelfView } from '../../features/room/components/self-view.tsx';
import type { RoomState } from '../../features/room/room-state.ts';
import { useMyStation } from '../../features/stations/api/get-my-station.ts';
import { Action, ActionLink, PrimaryAction } from '../../ui/action.tsx';
import { Elapsed } from '../../ui/elapsed.tsx';
import layout from '../../ui/layout.module.css';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { StationSide } from './station-side.tsx';
import styles from './station-waiting.module.css';

interface StationWaitingProps {
  readonly consultation: Consultation;
  readonly room: RoomState;
  onDevices(): void;
  readonly chat: ReactNode;
}

/** While it rings, and when nobody answered: who is called, how one looks and sounds, what can be done meanwhile. */
export function StationWaiting({ consultation, room, onDevices, chat }: StationWaitingProps) {
  const navigate = useNavigate();
  const [isCancelling, setIsCancelling] = useState(false);
  const isRinging = isIn(consultation.status, RINGING_STATES);
  const { connection } = room;
  const isHeard = connection.kind !== 'live' || connection.signallingLostSince === null;
  return (
    <div className={layout.page}>
      <div className={styles.grid}>
        <div className={styles.main}>
          {isRinging ? <Ringing consultation={consultation} /> : <NobodyAnswered consultation={consultation} />}
          {isRinging && (
            <div className={styles.self}>
              <SelfView camera={room.camera} microphone={room.microphone} size="large" />
              <div className={styles.devices}>
                <p>
                  <Trans>Say something: the strip under the picture moves when you are heard.</Trans>
                </p>
                {/* No sound goes on here: that the line is away stands at the top. */}
                {isHeard && <ConnectionBar connection={connection} />}
                <DeviceNews news={room.deviceNews} />
                <Action icon={<IconSettings size={22} aria-hidden />} onClick={onDevices}>
                  <Trans>Microphone and camera</Trans>
                </Action>
                <ActionLink
                  to="/link-check"
                  search={{ back: consultation.id }}
                  tone="quiet"
                  icon={<IconDeviceDesktopCheck size={22} aria-hidden />}
                >
                  <Trans>Check camera, sound and link</Trans>
                </ActionLink>
              </div>
            </div>
          )}
          <div className={layout.row}>
            <ActionLink to="/">
              {isRinging ? <Trans>Start page (the call goes on)</Trans> : <Trans>Start page</Trans>}
            </ActionLink>
            <Action tone="danger" icon={<IconX size={22} aria-hidden />} onClick={() => setIsCancelling(true)}>
              <Trans>Cancel the request</Trans>
            </Action>
          </div>
        </div>
        <div className={layout.card}>
          <StationSide consultation={consultation}>{isRinging && chat}</StationSide>
        </div>
      </div>
      <CancelDialog
        requestId={consultation.id}
        isOpen={isCancelling}
        onClose={() => setIsCancelling(false)}
        onCancelled={() => void navigate({ to: '/' })}
      />
    </div>
  );
}

function Ringing({ consultation }: { consultation: Consultation }) {
  return (
    <>
      <h1>
        {consultation.status === 'escalated' ? (
          <Trans>Nobody has answered yet: the next one is called</Trans>
        ) : (
          <Trans>Calling the specialist</Trans>
        )}
      </h1>
      <RingStatus consultation={consultation} />
      <CallLadder rungs={consultation.rungs} coordinatorPhone={undefined} />
    </>
  );
}

function NobodyAnswered({ consultation }: { consultation: Consultation }) {
  const { t } = useLingui();
  const station = useMyStation();
  const again = useCallAgain(consultation.id);
  return (
    <section className={styles.nobody} aria-label={t`Nobody answered`}>
      <h1>
        <Trans>Nobody answered</Trans>
      </h1>
      <p>
        <Trans>The request is kept and the coordinator sees it.</Trans> <Trans>Waiting:</Trans>{' '}
        <Elapsed since={consultation.createdAt} />
      </p>
      {again.isError && <ProblemNotice error={again.error} />}
      <div className={layout.row}>
        <PrimaryAction
          icon={<IconPhoneCall size={24} aria-hidden />}
          isBusy={again.isPending}
          onClick={() => again.mutate()}
        >
          <Trans>Call again</Trans>
        </PrimaryAction>
        {consultation.patient && (
          <ActionLink
            to="/requests/$requestId/plan"
            params={{ requestId: consultation.id }}
            icon={<IconCalendarPlus size={22} aria-hidden />}
          >
            <Trans>Plan a time</Trans>
          </ActionLink>
        )}
      </div>
      {consultation.rungs.length > 0 ? (
        <CallLadder rungs={consultation.rungs} coordinatorPhone={station.data?.coordinatorPhone} />
      ) : (
        <>
          {station.data && (
            <div>
              <p>
                <Trans>Or call the coordinator by phone:</Trans>
              </p>
              <a className={styles.phone} href={`tel:${station.data.coordinatorPhone.replace(/[^+\d]/g, '')}`}>
                {station.data.coordinatorPhone}
              </a>
            </div>
          )}
          <p>
            <a href="tel:103">
              <Trans>Life in danger: call 103</Trans>
            </a>
          </p>
        </>
      )}
    </section>
  );
}
