import { renditionPath } from '@jaqyn/shared/attachments/attachment.contract';
import type { SharedMark, SharedView } from '@jaqyn/shared/attachments/shared-view';
import type { AttachmentId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconArrowsMaximize,
  IconColumns2,
  IconContrast2,
  IconDownload,
  IconEye,
  IconHandFinger,
  IconHandMove,
  IconPencil,
  IconRotateClockwise,
  IconRuler2,
  IconShare,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { formatTime } from '../../../lib/format.ts';
import { useStore } from '../../../lib/store.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { ShownAttachment } from '../api/list-attachments.ts';
import { kindWords } from '../attachment-words.ts';
import { setFollowing, setShowing, sharing, showMark, showView } from '../share-view.ts';
import { lengthOf, turnRight, type View, WHOLE, zoomAt } from '../view-geometry.ts';
import styles from './file-viewer.module.css';
import { type Adjustment, PicturePane, type Tool } from './picture-pane.tsx';

interface FileViewerProps {
  readonly files: readonly ShownAttachment[];
  readonly openId: AttachmentId;
  onOpen(id: AttachmentId): void;
  onClose(): void;
  readonly isInCall: boolean;
}

const PLAIN: Adjustment = { brightness: 100, contrast: 100, isInverted: false };
const NO_FRAME = { width: 1, height: 1 };
const MIDDLE = { x: 0.5, y: 0.5 };

/** One picture or two beside each other, close up, turned, measured; and in a call, looked at together. */
export function FileViewer({ files, openId, onOpen, onClose, isInCall }: FileViewerProps) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const shared = useStore(sharing);
  const [page, setPage] = useState(1);
  const [view, setView] = useState<View>(WHOLE);
  const [tool, setTool] = useState<Tool>('move');
  const [adjustment, setAdjustment] = useState(PLAIN);
  const [isAdjusting, setIsAdjusting] = useState(false);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const [besideId, setBesideId] = useState<AttachmentId | null>(null);
  const [besidePage, setBesidePage] = useState(1);
  const [besideView, setBesideView] = useState<View>(WHOLE);
  const file = files.find(({ id }) => id === openId) ?? files[0];
  const beside = files.find(({ id }) => id === besideId);

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    return () => element.close();
  }, []);
  const [lastId, setLastId] = useState(openId);
  if (openId !== lastId) {
    setLastId(openId);
    setPage(1);
    setView(WHOLE);
    setAdjustment(PLAIN);
  }
  useEffect(() => {
    if (file) showView({ attachmentId: file.id, page, centre: view.centre, zoom: view.zoom, turn: view.turn });
  }, [file, page, view]);
  // Where the other side looks, as long as one follows and shows nothing oneself.
  const theirs = isInCall && shared.isFollowing && !shared.isShowing ? shared.theirs : null;
  const [lastTheirs, setLastTheirs] = useState<SharedView | null>(null);
  if (theirs !== lastTheirs) {
    setLastTheirs(theirs);
    if (theirs?.attachmentId === openId) {
      setPage(theirs.page);
      setView({ centre: theirs.centre, zoom: theirs.zoom, turn: theirs.turn });
    }
  }

  if (!file) return null;
  const { picture } = file;
  const pages = picture?.pages ?? 1;
  const full = picture?.renditions.find((rendition) => rendition.role === 'full' && rendition.page === page);
  const widthMm = widths[file.id];
  const here = shared.marks.filter((one) => one.attachmentId === file.id && one.page === page);
  const marks = here.map((one) => one.mark);
  const ownMark = here.find((one) => one.by === null && one.mark.kind === 'ruler')?.mark;
  const ruled = ownMark?.kind === 'ruler' ? lengthOf(ownMark.from, ownMark.to, full ?? NO_FRAME) : 0;
  const isSound = picture?.renditions.some(({ mediaType }) => mediaType.startsWith('audio/')) ?? false;
  const hasDocument = picture?.renditions.some(({ role }) => role === 'document') ?? false;

  function mark(next: SharedMark) {
    if (file) showMark(file.id, page, next);
  }
  function choose(next: Tool) {
    setTool(next === tool ? 'move' : next);
    mark({ kind: 'none' });
  }
  /** By the buttons: about the middle. */
  const zoom = (factor: number) => setView(zoomAt(view, factor, MIDDLE, NO_FRAME, full ?? NO_FRAME));

  return (
    <dialog
      ref={dialog}
      className={styles.viewer}
      aria-labelledby="viewer-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id="viewer-title" className="visually-hidden">
          <Trans>Photos and files</Trans>
        </h2>
        <label className={styles.choice}>
          <span className="visually-hidden">
            <Trans>File</Trans>
          </span>
          <select value={file.id} onChange={(event) => onOpen(event.currentTarget.value as AttachmentId)}>
            {files.map((other) => (
              <FileOption key={other.id} file={other} />
            ))}
          </select>
        </label>
        <PageChoice page={page} pages={pages} onChange={setPage} />
        <div className={styles.close}>
          <IconButton icon={<IconX size={22} aria-hidden />} word={t`Close`} onClick={onClose} />
        </div>
      </header>
      <div className={styles.tools} role="toolbar" aria-label={t`Look closer`}>
        <IconButton icon={<IconZoomOut size={22} aria-hidden />} word={t`Smaller`} onClick={() => zoom(1 / 1.5)} />
        <IconButton icon={<IconZoomIn size={22} aria-hidden />} word={t`Larger`} onClick={() => zoom(1.5)} />
        <IconButton
          icon={<IconArrowsMaximize size={22} aria-hidden />}
          word={t`Whole picture`}
          onClick={() => setView({ ...WHOLE, turn: view.turn })}
        />
        <IconButton
          icon={<IconRotateClockwise size={22} aria-hidden />}
          word={t`Turn`}
          onClick={() => setView(turnRight(view))}
        />
        <IconButton
          icon={<IconHandMove size={22} aria-hidden />}
          word={t`Move`}
          aria-pressed={tool === 'move'}
          onClick={() => choose('move')}
        />
        <IconButton
          icon={<IconHandFinger size={22} aria-hidden />}
          word={t`Point`}
          aria-pressed={tool === 'point'}
          onClick={() => choose('point')}
        />
        <IconButton
          icon={<IconRuler2 size={22} aria-hidden />}
          word={t`Measure`}
          aria-pressed={tool === 'measure'}
          onClick={() => choose('measure')}
        />
        <IconButton
          icon={<IconPencil size={22} aria-hidden />}
          word={t`Draw`}
          aria-pressed={tool === 'draw'}
          onClick={() => choose('draw')}
        />
        <IconButton
          icon={<IconContrast2 size={22} aria-hidden />}
          word={t`Light and contrast`}
          aria-expanded={isAdjusting}
          onClick={() => setIsAdjusting(!isAdjusting)}
        />
        {files.length > 1 && (
          <IconButton
            icon={<IconColumns2 size={22} aria-hidden />}
            word={t`Two beside each other`}
            aria-pressed={beside !== undefined}
            onClick={() => {
              setBesideView(WHOLE);
              setBesidePage(1);
              setBesideId(beside ? null : (files.find(({ id }) => id !== file.id)?.id ?? null));
            }}
          />
        )}
        {isInCall && (
          <>
            <IconButton
              icon={<IconShare size={22} aria-hidden />}
              word={t`Show to the other side`}
              aria-pressed={shared.isShowing}
              onClick={() => setShowing(!shared.isShowing)}
            />
            <IconButton
              icon={<IconEye size={22} aria-hidden />}
              word={t`Look where they look`}
              aria-pressed={shared.isFollowing}
              onClick={() => setFollowing(!shared.isFollowing)}
            />
          </>
        )}
        {isSound && picture && (
          // oxlint-disable-next-line jsx-a11y/media-has-caption -- sounds of a body have no captions
          <audio className={styles.sound} controls preload="none" src={renditionPath(picture.id, 'document', 0)} />
        )}
        {hasDocument && !isSound && picture && (
          <a className={styles.download} href={renditionPath(picture.id, 'document', 0)} download>
            <IconDownload size={22} aria-hidden /> <Trans>Save the PDF</Trans>
          </a>
        )}
      </div>
      {isAdjusting && <Adjust value={adjustment} onChange={setAdjustment} />}
      {tool === 'measure' && (
        <Calibrate
          isReady={ruled > 0}
          isSet={widthMm !== undefined}
          onSet={(mm) => setWidths({ ...widths, [file.id]: mm / ruled })}
        />
      )}
      <p id="viewer-keys" className="visually-hidden">
        <Trans>
          Plus and minus zoom, arrows move, R turns, 0 shows the whole picture. While pointing, arrows move the finger;
          while measuring, the end of the line, with Shift its beginning.
        </Trans>
      </p>
      <div className={styles.panes}>
        <PicturePane
          file={file}
          page={page}
          view={view}
          onView={setView}
          tool={tool}
          adjustment={adjustment}
          widthMm={widthMm}
          marks={marks}
          onMark={mark}
        />
        {beside && (
          <div className={styles.beside}>
            <div className={styles.choices}>
              <label className={styles.choice}>
                <span className="visually-hidden">
                  <Trans>File beside it</Trans>
                </span>
                <select
                  value={beside.id}
                  onChange={(event) => {
                    setBesideId(event.currentTarget.value as AttachmentId);
                    setBesidePage(1);
                    setBesideView(WHOLE);
                  }}
                >
                  {files.map((other) => (
                    <FileOption key={other.id} file={other} />
                  ))}
                </select>
              </label>
              <PageChoice page={besidePage} pages={beside.picture?.pages ?? 1} onChange={setBesidePage} />
            </div>
            <PicturePane
              file={beside}
              page={besidePage}
              view={besideView}
              onView={setBesideView}
              tool="move"
              adjustment={PLAIN}
              widthMm={undefined}
              marks={[]}
              onMark={() => {}}
            />
          </div>
        )}
      </div>
    </dialog>
  );
}

/** For a scan or a PDF of several pages. */
function PageChoice({ page, pages, onChange }: { page: number; pages: number; onChange(page: number): void }) {
  if (pages <= 1) return null;
  return (
    <label className={styles.choice}>
      <Trans>Page</Trans>{' '}
      <select value={page} onChange={(event) => onChange(Number(event.currentTarget.value))}>
        {Array.from({ length: pages }, (_, index) => (
          <option key={index + 1} value={index + 1}>
            {index + 1} / {pages}
          </option>
        ))}
      </select>
    </label>
  );
}

function FileOption({ file: { id, kind, note, createdAt } }: { file: ShownAttachment }) {
  const { t } = useLingui();
  const time = formatTime(createdAt);
  return <option value={id}>{[`${t(kindWords[kind])} ${time}`, note].filter(Boolean).join(': ')}</option>;
}

function Adjust({ value, onChange }: { value: Adjustment; onChange(next: Adjustment): void }) {
  return (
    <div className={styles.adjust}>
      <label>
        <Trans>Brightness</Trans>
        <input
          type="range"
          min={30}
          max={300}
          value={value.brightness}
          onChange={(event) => onChange({ ...value, brightness: Number(event.currentTarget.value) })}
        />
      </label>
      <label>
        <Trans>Contrast</Trans>
        <input
          type="range"
          min={30}
          max={300}
          value={value.contrast}
          onChange={(event) => onChange({ ...value, contrast: Number(event.currentTarget.value) })}
        />
      </label>
      <label className={styles.invert}>
        <input
          type="checkbox"
          checked={value.isInverted}
          onChange={(event) => onChange({ ...value, isInverted: event.currentTarget.checked })}
        />
        <Trans>Negative</Trans>
      </label>
    </div>
  );
}

interface CalibrateProps {
  readonly isReady: boolean;
  readonly isSet: boolean;
  onSet(mm: number): void;
}

/** A line over something of known length, a coin or a scale, makes millimetres of shares. */
function Calibrate({ isReady, isSet, onSet }: CalibrateProps) {
  const [typed, setTyped] = useState('');
  const mm = Number(typed.replace(',', '.'));
  const isUsable = isReady && mm > 0 && mm <= 10_000;
  return (
    <form
      className={styles.adjust}
      onSubmit={(event) => {
        event.preventDefault();
        if (isUsable) onSet(mm);
      }}
    >
      <label>
        <Trans>The line is, mm</Trans>
        <input inputMode="decimal" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={!isUsable}>
        <Trans>Set the ruler</Trans>
      </button>
      <span className="quiet">
        {isSet ? (
          <Trans>The ruler shows millimetres.</Trans>
        ) : (
          <Trans>Draw a line over something of known length; until then it shows per cent of the width.</Trans>
        )}
      </span>
    </form>
  );
}
