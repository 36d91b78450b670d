import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans } from '@lingui/react/macro';
import { IconMicroscope } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { CallControl } from '../../features/room/components/call-controls.tsx';
import { CurtainBanner, CurtainControl } from '../../features/room/components/curtain-control.tsx';
import type { RoomClient } from '../../features/room/room-client.ts';
import type { RemotePeer, RoomState } from '../../features/room/room-state.ts';
import { loadMoreTexts } from '../../lib/i18n.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { signalling } from '../../lib/signalling.ts';
import { playBlip } from '../../lib/sounds.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { createEarlyWords } from './early-words.ts';
import type { ExaminationProps } from './examination-table.tsx';

interface Options {
  readonly requestId: RequestId;
  readonly room: RoomClient | null;
  readonly state: RoomState;
  /** The other side. */
  readonly peer: RemotePeer | undefined;
  readonly hasPatient: boolean;
}

/** What a call screen shows of an examination, each in its place. */
export interface CallExamination {
  /** Among the call's controls. */
  readonly controls: ReactNode;
  /** Above the picture. */
  readonly banner: ReactNode;
  /** Around the other side's picture: `front` lies before it. */
  render(stage: (parts: { readonly front: ReactNode; readonly isAside: boolean }) => ReactNode): ReactNode;
}

type Table = (props: ExaminationProps) => ReactNode;
// Instruments, marks and their words come when somebody wants them: the call does not wait for them.
let loaded: Table | undefined;

/** The curtain is always there; the instruments come with the first press, or when the other side asks for them. */
export function useCallExamination({ requestId, room, state, peer, hasPatient }: Options): CallExamination {
  const [isOpen, setIsOpen] = useState(false);
  const [Table, setTable] = useState(() => loaded);
  const [early] = useState(createEarlyWords);
  const [problem, setProblem] = useState<ProblemError>();
  const [attempt, setAttempt] = useState(1);
  /** Closing the instruments switches none of them off. */
  const [hasCall, setHasCall] = useState(false);
  const [isAside, setIsAside] = useState(false);
  const [below, setBelow] = useState<HTMLElement | null>(null);
  const isShown = peer != null && (peer.examination !== null || peer.stethoscope !== null);
  const isWanted = isOpen || hasCall || isShown;
  // What is examined is shown, whoever began; it can be closed again.
  const [wasShown, setWasShown] = useState(false);
  if (isShown !== wasShown) {
    setWasShown(isShown);
    if (isShown) setIsOpen(true);
  }

  useEffect(() => {
    const stops = [
      signalling.on('examination:asked', ({ what }) => {
        early.ask(what);
        setHasCall(true);
        setIsOpen(true);
        // Whoever is with the patient does not look at the screen.
        playBlip();
      }),
      signalling.on('examination:told', ({ state: theirs }) => early.tell(theirs)),
      signalling.on('examination:marked', () => setHasCall(true)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [early]);
  useEffect(() => {
    if (!isWanted || Table) return;
    let isHere = true;
    Promise.all([import('./examination-table.tsx'), loadMoreTexts()]).then(
      ([{ ExaminationTable }]) => {
        loaded = ExaminationTable;
        if (isHere) setTable(() => ExaminationTable);
      },
      (error: unknown) => isHere && setProblem(ProblemError.local('network.unreachable', { error, attempt })),
    );
    return () => {
      isHere = false;
    };
  }, [isWanted, Table, attempt]);

  function tryAgain() {
    setProblem(undefined);
    setAttempt(attempt + 1);
  }
  const onSet = (isDrawn: boolean, hidesSound?: boolean) => room?.setCurtain(isDrawn, hidesSound);
  const curtain = { curtain: state.curtain, canOpen: hasPatient, onSet };
  return {
    controls: (
      <>
        <CallControl
          icon={<IconMicroscope size={24} aria-hidden />}
          isExpanded={isOpen}
          onPress={() => {
            setHasCall(true);
            setIsOpen(!isOpen);
          }}
        >
          <Trans>Examination</Trans>
        </CallControl>
        <CurtainControl {...curtain} />
      </>
    ),
    banner: (
      <>
        <CurtainBanner {...curtain} />
        {problem && isOpen && <ProblemNotice error={problem} onRetry={tryAgain} />}
      </>
    ),
    render(stage) {
      const hasTable = Table && isWanted && room && below;
      const front = hasTable && (
        <Table
          requestId={requestId}
          room={room}
          state={state}
          peer={peer}
          hasPatient={hasPatient}
          isOpen={isOpen}
          below={below}
          onAside={setIsAside}
          early={early}
        />
      );
      // The picture and its sound stay where they are, whatever comes before and below them.
      return (
        <>
          {stage({ front, isAside: Boolean(hasTable) && isAside })}
          <div ref={setBelow} />
        </>
      );
    },
  };
}
