import { ATTACHMENT_LIMITS, type AttachmentKind } from '@jaqyn/shared/attachments/attachment.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCamera, IconFilePlus } from '@tabler/icons-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { ProblemError } from '../../../lib/problem-error.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { addFile } from '../upload-queue.ts';
import { CameraDialog } from './camera-dialog.tsx';
import styles from './files-panel.module.css';
import { LabelFields } from './label-fields.tsx';

interface AddFilesProps {
  readonly requestId: RequestId;
  readonly isHeld: boolean;
  readonly camera: MediaStreamTrack | undefined;
}

const TAKEN = 'image/jpeg,image/png,image/webp,application/pdf,.heic,.heif';

/** By camera, from the device, dropped or pasted; then one question: what is on it? */
export function AddFiles({ requestId, isHeld, camera }: AddFilesProps) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const [isOver, setIsOver] = useState(false);
  const [hasCamera, setHasCamera] = useState(false);

  const choose = (files: FileList | readonly File[] | null | undefined) => {
    if (files && files.length > 0) setChosen([...files]);
  };
  // Wherever the focus is: text goes where it is pasted, files come here.
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) setChosen(files);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- files are dropped on it; the buttons inside do the same
    <section
      className={styles.drop}
      data-over={isOver}
      aria-label={t`Add photos and files`}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setIsOver(false);
        choose(event.dataTransfer.files);
      }}
    >
      <Action icon={<IconCamera size={22} aria-hidden />} onClick={() => setHasCamera(true)}>
        <Trans>Take a photo</Trans>
      </Action>
      <Action icon={<IconFilePlus size={22} aria-hidden />} onClick={() => input.current?.click()}>
        <Trans>Choose files</Trans>
      </Action>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={TAKEN}
        aria-label={t`Choose files`}
        onChange={(event) => {
          choose(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <p className={styles.hint}>
        <Trans>Photos and PDF up to 40 MB. They can also be dropped or pasted here.</Trans>
      </p>
      {hasCamera && (
        <CameraDialog
          camera={camera}
          onClose={() => setHasCamera(false)}
          onPhoto={(photo) => {
            setHasCamera(false);
            choose([photo]);
          }}
        />
      )}
      {chosen.length > 0 && (
        <SendFiles files={chosen} requestId={requestId} isHeld={isHeld} onDone={() => setChosen([])} />
      )}
    </section>
  );
}

interface SendFilesProps {
  readonly files: readonly File[];
  readonly requestId: RequestId;
  readonly isHeld: boolean;
  onDone(): void;
}

function SendFiles({ files, requestId, isHeld, onDone }: SendFilesProps) {
  const { t } = useLingui();
  const [label, setLabel] = useState<{ kind: AttachmentKind; note: string }>({ kind: 'other', note: '' });
  const [isSmaller, setIsSmaller] = useState(false);
  const [isKeeping, setIsKeeping] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const [left, setLeft] = useState(files);

  async function keepAll() {
    setIsKeeping(true);
    setProblem(undefined);
    let rest = left;
    try {
      for (const file of left) {
        if (file.size > ATTACHMENT_LIMITS.fileBytes && !isSmaller) throw ProblemError.local('attachment.too_large');
        await addFile({ requestId, ...label, file, fileName: file.name, isSmaller, isHeld });
        rest = rest.filter((other) => other !== file);
        setLeft(rest);
      }
      onDone();
    } catch (error) {
      setProblem(ProblemError.from(error));
    } finally {
      setIsKeeping(false);
    }
  }

  return (
    <Dialog isOpen title={t`What is on it?`} onClose={onDone}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <ul className={styles.chosen} tabIndex={0} aria-label={t`Chosen files`}>
        {left.map((file) => (
          <li key={`${file.name} ${file.size} ${file.lastModified}`}>{file.name}</li>
        ))}
      </ul>
      <LabelFields value={label} onChange={setLabel} />
      {left.some(({ type }) => type.startsWith('image/')) && (
        <label className={styles.check}>
          <input type="checkbox" checked={isSmaller} onChange={(event) => setIsSmaller(event.currentTarget.checked)} />
          <Trans>Send a smaller picture: faster, with less detail</Trans>
        </label>
      )}
      {problem && <ProblemNotice error={problem} />}
      <DialogActions>
        <Action onClick={onDone}>
          <Trans>Go back</Trans>
        </Action>
        <PrimaryAction isBusy={isKeeping} onClick={() => void keepAll()}>
          {isHeld ? <Trans>Add to the request</Trans> : <Trans>Send</Trans>}
        </PrimaryAction>
      </DialogActions>
    </Dialog>
  );
}
