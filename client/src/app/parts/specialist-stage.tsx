import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans } from '@lingui/react/macro';
import { CallSteps } from '../../features/room/components/call-steps.tsx';
import { CallWay } from '../../features/room/components/call-way.tsx';
import { ConnectionBar } from '../../features/room/components/connection-bar.tsx';
import { DeviceNews } from '../../features/room/components/device-news.tsx';
import { SelfView } from '../../features/room/components/self-view.tsx';
import { VideoStage } from '../../features/room/components/video-stage.tsx';
import type { RoomState } from '../../features/room/room-state.ts';
import { ActionLink } from '../../ui/action.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { CallExamination } from './call-examination.tsx';
import type { CallPeople } from './call-people.tsx';
import styles from './specialist-stage.module.css';

interface SpecialistStageProps {
  readonly consultation: Consultation;
  readonly room: RoomState;
  readonly examination: CallExamination;
  readonly people: CallPeople;
  /** A small picture has no room for oneself. */
  readonly hasSelf: boolean;
}

/** The patient's picture at the specialist's, and in words what is with it; nothing here can cover the form. */
export function SpecialistStage({ consultation, room, examination, people, hasSelf }: SpecialistStageProps) {
  const { connection } = room;
  const station = room.peers.find(({ side }) => side === 'station');
  return (
    <>
      <ConnectionBar connection={connection}>
        <CallSteps own={room.step} theirs={station?.step} />
        <CallWay way={room.way} />
      </ConnectionBar>
      <DeviceNews news={room.deviceNews} />
      {connection.kind === 'failed' && <ProblemNotice error={connection.problem} actions={<JoinAgain />} />}
      {examination.banner}
      {examination.render((parts) => (
        <VideoStage
          className={styles.stage}
          peer={station}
          placeholder={
            <p>
              {consultation.status === 'interrupted' ? (
                <>
                  <Trans>The station is not in the call. It comes back by itself; the form goes on.</Trans>{' '}
                  <a href={`tel:${consultation.station.phone.replace(/[^+\d]/g, '')}`}>{consultation.station.phone}</a>
                </>
              ) : (
                <Trans>The station is joining…</Trans>
              )}
            </p>
          }
          corner={hasSelf && !parts.isAside && <SelfView camera={room.camera} microphone={room.microphone} />}
          isCurtained={room.curtain !== null}
          isSilent={people.isSilent}
          {...parts}
        />
      ))}
      {people.strip}
    </>
  );
}

/** A fresh page joins anew; everything typed is in the drafts. */
function JoinAgain() {
  return (
    <ActionLink to="." reloadDocument>
      <Trans>Join again</Trans>
    </ActionLink>
  );
}
