import type { SharedMark } from '@jaqyn/shared/attachments/shared-view';
import type { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { StillDialog } from '../../features/attachments/components/still-dialog.tsx';
import { keepStill } from '../../features/attachments/still-queue.ts';
import { addFile, uploads } from '../../features/attachments/upload-queue.ts';
import { ExaminationBar, type FileProgress } from '../../features/room/examination/examination-bar.tsx';
import { ExaminationDesk } from '../../features/room/examination/examination-desk.ts';
import { LivePicture, type MarkTool } from '../../features/room/examination/live-picture.tsx';
import { SpecialistSound, StationSound } from '../../features/room/examination/sound-panel.tsx';
import type { RoomClient } from '../../features/room/room-client.ts';
import type { RemotePeer, RoomState } from '../../features/room/room-state.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { signalling } from '../../lib/signalling.ts';
import { useStore } from '../../lib/store.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { EarlyWords } from './early-words.ts';
import styles from './examination-table.module.css';

export interface ExaminationProps {
  readonly requestId: RequestId;
  readonly room: RoomClient;
  readonly state: RoomState;
  readonly peer: RemotePeer | undefined;
  readonly hasPatient: boolean;
  readonly isOpen: boolean;
  /** Where the instruments are shown; the picture is shown where this stands. */
  readonly below: HTMLElement;
  /** The picture here is the large one. */
  onAside(isAside: boolean): void;
  readonly early: EarlyWords;
}

/** One desk for each stay in a room. */
export function ExaminationTable(props: ExaminationProps) {
  const { room, hasPatient, early } = props;
  const [desk, setDesk] = useState<ExaminationDesk>();
  useEffect(() => {
    const made = ExaminationDesk.create({ room, signalling, devices: navigator.mediaDevices, hasPatient });
    made.takeOver(early.take());
    // oxlint-disable-next-line react/set-state-in-effect -- it holds cameras, and lives as long as the effect
    setDesk(made);
    return () => made.close();
  }, [room, hasPatient, early]);
  return desk && <Examination {...props} desk={desk} />;
}

interface Shown {
  readonly track: MediaStreamTrack;
  readonly source: 'camera' | 'examination';
  /** Whose picture it is. */
  readonly peerId: string;
  readonly label: string;
}

function Examination({
  desk,
  requestId,
  room,
  state,
  peer,
  hasPatient,
  isOpen,
  below,
  onAside,
}: ExaminationProps & { desk: ExaminationDesk }) {
  const { t } = useLingui();
  const table = useStore(desk.store);
  const [tool, setTool] = useState<MarkTool | null>(null);
  const [isSwitched, setIsSwitched] = useState(false);
  const [still, setStill] = useState<{ readonly id: AttachmentId; readonly photo: Blob }>();
  const [isTaking, setIsTaking] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const progress = useFileProgress(desk, requestId, table.theirs?.file ?? null);
  const labels = { examination: t`Picture of the examination`, camera: t`Picture of the patient` };
  const shown = shownOf({ hasPatient, isOpen, table, state, peer, ownPeerId: room.peerId, labels, tool });
  const hasExamination = shown?.source === 'examination';
  const isFrozen = hasPatient ? table.frozen !== null : (table.theirs?.isFrozen ?? false);
  const isLarge = !(hasExamination && isSwitched);
  const marks = table.marks.filter(({ source }) => source === shown?.source).map(({ mark }) => mark);

  function mark(next: SharedMark) {
    if (shown) desk.mark({ peerId: shown.peerId as never, source: shown.source, mark: next });
  }

  async function photograph() {
    setIsTaking(true);
    setProblem(undefined);
    try {
      const photo = await desk.takePhoto();
      if (photo === undefined) throw ProblemError.local('device.missing');
      // On this device's disk before anybody is asked about it.
      setStill({ id: await keepStill(requestId, photo), photo });
    } catch (error) {
      setProblem(ProblemError.from(error));
    } finally {
      setIsTaking(false);
    }
  }

  function keepSound(file: Blob) {
    const note = t`Stethoscope, 15 seconds`;
    const label = { kind: 'other' as const, note, fileName: 'stethoscope.wav' };
    addFile({ requestId, ...label, file, isSmaller: false, isHeld: false }).catch((error: unknown) =>
      setProblem(ProblemError.from(error)),
    );
  }

  const front = shown && state.curtain === null && !state.isVoiceOnly && (
    <LivePicture
      track={shown.track}
      label={shown.label}
      isLarge={isLarge}
      onEnlarge={() => setIsSwitched(false)}
      tool={isOpen ? tool : null}
      marks={marks}
      onMark={mark}
    />
  );
  const theirSound = state.curtain?.hidesSound === true ? undefined : peer?.stethoscope?.track;
  const isAside = Boolean(front) && isLarge && (hasExamination || hasPatient);
  useEffect(() => {
    onAside(isAside);
    return () => onAside(false);
  }, [isAside, onAside]);
  return (
    <>
      {front}
      {createPortal(
        isOpen && (
          <div className={styles.table}>
            {problem && <ProblemNotice error={problem} />}
            <ExaminationBar
              desk={desk}
              state={table}
              hasPatient={hasPatient}
              hasPicture={Boolean(shown) || (hasPatient && state.camera.kind === 'on')}
              hasExamination={hasExamination}
              isFrozen={isFrozen}
              tool={tool}
              onTool={setTool}
              onSwitch={() => setIsSwitched(!isSwitched)}
              onErase={() => mark({ kind: 'none' })}
              isTakingPhoto={isTaking}
              onPhoto={() => void photograph()}
              progress={progress}
            />
            {table.stethoscope.kind === 'on' && (
              <StationSound
                desk={desk}
                track={table.stethoscope.track}
                sentBps={state.stethoscopeBps}
                onRecorded={keepSound}
              />
            )}
            {theirSound && <SpecialistSound key={theirSound.id} track={theirSound} />}
          </div>
        ),
        below,
      )}
      {still && <StillDialog id={still.id} photo={still.photo} onDone={() => setStill(undefined)} />}
    </>
  );
}

interface ShownOptions extends Pick<ExaminationProps, 'hasPatient' | 'isOpen' | 'state' | 'peer'> {
  readonly table: ReturnType<ExaminationDesk['store']['get']>;
  readonly ownPeerId: string | undefined;
  readonly labels: Record<Shown['source'], string>;
  readonly tool: MarkTool | null;
}

/** The second camera's picture; without one the patient's, where somebody points on it. */
function shownOf({ hasPatient, isOpen, table, state, peer, ownPeerId, labels, tool }: ShownOptions): Shown | undefined {
  const isMarked = tool !== null || table.marks.some(({ source }) => source === 'camera');
  if (hasPatient) {
    if (ownPeerId === undefined) return undefined;
    const own = table.frozen ?? (table.camera.kind === 'on' ? table.camera.track : undefined);
    if (own) return { track: own, source: 'examination', peerId: ownPeerId, label: labels.examination };
    if (!isMarked || state.camera.kind !== 'on') return undefined;
    return { track: state.camera.track, source: 'camera', peerId: ownPeerId, label: labels.camera };
  }
  if (!peer) return undefined;
  const { peerId, examination, camera } = peer;
  if (examination && !examination.isPaused) {
    return { track: examination.track, source: 'examination', peerId, label: labels.examination };
  }
  if (!(isOpen || isMarked) || camera === null || camera.isPaused) return undefined;
  return { track: camera.track, source: 'camera', peerId, label: labels.camera };
}

/** Of the photo that is on its way from here, told to the other side; or of theirs. */
function useFileProgress(
  desk: ExaminationDesk,
  requestId: RequestId,
  theirs: FileProgress | null,
): FileProgress | null {
  const sending = useStore(uploads).find(
    ({ entry, progress }) => entry.requestId === requestId && progress.kind === 'sending',
  );
  const id = sending?.entry.id;
  const sentBytes = sending?.sent ?? 0;
  const totalBytes = sending?.entry.blob.size ?? 1;
  const secondsLeft = (sending?.progress.kind === 'sending' ? sending.progress.secondsLeft : undefined) ?? null;
  useEffect(() => {
    desk.setFile(id === undefined ? null : { attachmentId: id, sentBytes, totalBytes, secondsLeft });
  }, [desk, id, sentBytes, totalBytes, secondsLeft]);
  return id === undefined ? theirs : { sentBytes, totalBytes, secondsLeft };
}
