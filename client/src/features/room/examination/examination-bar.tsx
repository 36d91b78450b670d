import type { ExaminationAsk } from '@jaqyn/shared/signalling/examination';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconCamera,
  IconCameraPlus,
  IconEraser,
  IconHandFinger,
  IconPencil,
  IconRuler2,
  IconSnowflake,
  IconStethoscope,
  IconSwitchHorizontal,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { formatBytes, formatDuration } from '../../../lib/format.ts';
import { ProblemError } from '../../../lib/problem-error.ts';
import { Action } from '../../../ui/action.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import styles from './examination-bar.module.css';
import type { DeskState, ExaminationDesk } from './examination-desk.ts';
import type { MarkTool } from './live-picture.tsx';

export interface FileProgress {
  readonly sentBytes: number;
  readonly totalBytes: number;
  readonly secondsLeft: number | null;
}

interface ExaminationBarProps {
  readonly desk: ExaminationDesk;
  readonly state: DeskState;
  /** Where the patient and the instruments are. */
  readonly hasPatient: boolean;
  /** There is a picture to point on. */
  readonly hasPicture: boolean;
  /** The second camera's, here or there. */
  readonly hasExamination: boolean;
  readonly isFrozen: boolean;
  readonly tool: MarkTool | null;
  onTool(tool: MarkTool | null): void;
  onSwitch(): void;
  onErase(): void;
  readonly isTakingPhoto: boolean;
  onPhoto(): void;
  /** A photo on its way, from here or to here. */
  readonly progress: FileProgress | null;
}

/** What an examination is done with, for both sides: the station has the instruments, the specialist asks for them. */
export function ExaminationBar(props: ExaminationBarProps) {
  const { desk, state, hasPatient, hasPicture, hasExamination, isFrozen, onSwitch, progress } = props;
  const { t } = useLingui();
  const [problem, setProblem] = useState<ProblemError>();
  const [waitsFor, setWaitsFor] = useState<ExaminationAsk>();
  const ask = (what: ExaminationAsk) => {
    setProblem(undefined);
    desk.ask(what).then(
      () => setWaitsFor(what),
      (error: unknown) => setProblem(ProblemError.from(error)),
    );
  };
  return (
    <section className={styles.bar} aria-label={t`Examination`}>
      {hasPatient && state.asked.length > 0 && <Asked {...props} />}
      <div className={styles.tools} role="toolbar" aria-label={t`Instruments`}>
        {hasPatient ? <StationTools {...props} /> : <SpecialistTools {...props} waitsFor={waitsFor} onAsk={ask} />}
        {hasExamination && (
          <>
            <IconButton
              icon={<IconSnowflake size={22} aria-hidden />}
              word={isFrozen ? t`Let it move` : t`Hold`}
              aria-pressed={isFrozen}
              onClick={() => (hasPatient ? void desk.freeze(!isFrozen) : ask(isFrozen ? 'go_on' : 'freeze'))}
            />
            <IconButton icon={<IconSwitchHorizontal size={22} aria-hidden />} word={t`Switch`} onClick={onSwitch} />
          </>
        )}
        {hasPicture && <MarkTools {...props} />}
      </div>
      {problem && <ProblemNotice error={problem} />}
      {state.camera.kind === 'unavailable' && <ProblemNotice error={state.camera.problem} />}
      {state.stethoscope.kind === 'unavailable' && <ProblemNotice error={state.stethoscope.problem} />}
      {progress && <Progress {...progress} />}
    </section>
  );
}

function StationTools({ desk, state, isTakingPhoto, onPhoto }: ExaminationBarProps) {
  const { t } = useLingui();
  const { camera, stethoscope } = state;
  const isSeen = camera.kind === 'on';
  const isHeard = stethoscope.kind === 'on';
  return (
    <>
      <IconButton
        icon={<IconCameraPlus size={22} aria-hidden />}
        word={t`Second camera`}
        aria-pressed={isSeen}
        disabled={camera.kind === 'starting'}
        onClick={() => (isSeen ? desk.camera.close() : void desk.camera.open())}
      />
      {isSeen && <Choice desk={desk} kind="camera" deviceId={camera.deviceId} />}
      <IconButton
        icon={<IconCamera size={22} aria-hidden />}
        word={t`Photo in full detail`}
        disabled={isTakingPhoto}
        aria-busy={isTakingPhoto}
        onClick={onPhoto}
      />
      <IconButton
        icon={<IconStethoscope size={22} aria-hidden />}
        word={t`Stethoscope`}
        aria-pressed={isHeard}
        disabled={stethoscope.kind === 'starting'}
        onClick={() => (isHeard ? desk.stethoscope.close() : void desk.stethoscope.open())}
      />
      {isHeard && <Choice desk={desk} kind="stethoscope" deviceId={stethoscope.deviceId} />}
    </>
  );
}

interface SpecialistToolsProps extends ExaminationBarProps {
  readonly waitsFor: ExaminationAsk | undefined;
  onAsk(what: ExaminationAsk): void;
}

function SpecialistTools({ hasExamination, state, waitsFor, onAsk }: SpecialistToolsProps) {
  const { t } = useLingui();
  const isHeard = state.theirs !== null && state.theirs.stethoscope !== 'off';
  return (
    <>
      <span className={styles.note}>
        <Trans>Ask for:</Trans>
      </span>
      {!hasExamination && (
        <IconButton
          icon={<IconCameraPlus size={22} aria-hidden />}
          word={t`Second camera`}
          onClick={() => onAsk('camera')}
        />
      )}
      <IconButton icon={<IconCamera size={22} aria-hidden />} word={t`Photo`} onClick={() => onAsk('still')} />
      {!isHeard && (
        <IconButton
          icon={<IconStethoscope size={22} aria-hidden />}
          word={t`Stethoscope`}
          onClick={() => onAsk('stethoscope')}
        />
      )}
      <span role="status" className={styles.note}>
        {((waitsFor === 'camera' && !hasExamination) ||
          (waitsFor === 'stethoscope' && !isHeard) ||
          waitsFor === 'still') && <Trans>The station was asked</Trans>}
      </span>
    </>
  );
}

function MarkTools({ tool, onTool, onErase }: ExaminationBarProps) {
  const { t } = useLingui();
  const tools = [
    { name: 'point', word: t`Point`, icon: <IconHandFinger size={22} aria-hidden /> },
    { name: 'measure', word: t`Measure`, icon: <IconRuler2 size={22} aria-hidden /> },
    { name: 'draw', word: t`Draw`, icon: <IconPencil size={22} aria-hidden /> },
  ] as const;
  return (
    <>
      {tools.map(({ name, word, icon }) => (
        <IconButton
          key={name}
          icon={icon}
          word={word}
          aria-pressed={tool === name}
          onClick={() => onTool(tool === name ? null : name)}
        />
      ))}
      {tool !== null && <IconButton icon={<IconEraser size={22} aria-hidden />} word={t`Wipe off`} onClick={onErase} />}
    </>
  );
}

/** The specialist asks; the person beside the patient decides. */
function Asked({ desk, state, onPhoto }: ExaminationBarProps) {
  const [what] = state.asked;
  if (what === undefined) return null;
  const accept = () => {
    desk.answer(what);
    if (what === 'camera') void desk.camera.open();
    if (what === 'stethoscope') void desk.stethoscope.open();
    if (what === 'still') onPhoto();
  };
  return (
    <div className={styles.asked} role="alert">
      <strong>
        {what === 'camera' ? (
          <Trans>The specialist asks for the second camera</Trans>
        ) : what === 'stethoscope' ? (
          <Trans>The specialist asks for the stethoscope</Trans>
        ) : (
          <Trans>The specialist asks for a photo in full detail</Trans>
        )}
      </strong>
      <Action onClick={accept}>{what === 'still' ? <Trans>Take the photo</Trans> : <Trans>Switch it on</Trans>}</Action>
      <Action tone="quiet" onClick={() => desk.answer(what)}>
        <Trans>Not now</Trans>
      </Action>
    </div>
  );
}

/** Which of several; nothing where there is one. */
function Choice({ desk, kind, deviceId }: { desk: ExaminationDesk; kind: 'camera' | 'stethoscope'; deviceId: string }) {
  const { t } = useLingui();
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    let isHere = true;
    void desk[kind].list().then((found) => isHere && setDevices(found));
    return () => {
      isHere = false;
    };
  }, [desk, kind]);
  if (devices.length < 2) return null;
  return (
    <select
      className={styles.choice}
      aria-label={kind === 'camera' ? t`Which camera examines` : t`Which microphone is the stethoscope`}
      value={deviceId}
      onChange={(event) => void desk[kind].open(event.currentTarget.value)}
    >
      {devices.map(({ deviceId: id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}

function Progress({ sentBytes, totalBytes, secondsLeft }: FileProgress) {
  const { t } = useLingui();
  const done = formatBytes(sentBytes);
  const total = formatBytes(totalBytes);
  const time = secondsLeft === null ? '' : formatDuration(secondsLeft);
  return (
    <div className={styles.progress}>
      <progress max={totalBytes} value={sentBytes} aria-label={t`Photo on its way`} />
      <span>
        <Trans>
          Photo: {done} of {total}
        </Trans>
        {secondsLeft !== null && (
          <>
            {', '}
            <Trans>{time} left</Trans>
          </>
        )}
      </span>
    </div>
  );
}
