import { AttachmentRefusal } from '@jaqyn/shared/attachments/attachment.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPhotoDown, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { formatBytes } from '../../../lib/format.ts';
import { Action } from '../../../ui/action.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { kindWords } from '../attachment-words.ts';
import type { Upload } from '../upload-entry.ts';
import { cancelUpload, pauseUpload, resumeUpload, sendSmaller } from '../upload-queue.ts';
import { uploadWords } from '../upload-words.ts';
import styles from './files-panel.module.css';

/** Refusals that a smaller copy does not meet. */
const SHRINKABLE = new Set<string>(['attachment.too_many_pixels', 'attachment.too_complex']);

interface UploadRowProps {
  readonly upload: Upload;
  /** Its small copy, while that goes ahead. */
  readonly look: Upload | undefined;
}

/** One file on its way: bytes, per cent, seconds left; it can be stopped, go on, or be given up. */
export function UploadRow({ upload: { entry, sent, progress }, look }: UploadRowProps) {
  const { t } = useLingui();
  const [isGivingUp, setIsGivingUp] = useState(false);
  const [isShrinking, setIsShrinking] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [cannotShrink, setCannotShrink] = useState(false);
  const name = entry.fileName === '' ? t(kindWords[entry.kind]) : `${t(kindWords[entry.kind])}: ${entry.fileName}`;
  const total = entry.blob.size;
  const percent = Math.floor((sent / total) * 100);
  // What is wrong with the file itself does not get better by sending it again.
  const isRefused = progress.kind === 'failed' && AttachmentRefusal.safeParse(progress.problem.code).success;
  // Some of it does when there is less of it.
  const canShrink =
    isRefused && SHRINKABLE.has(progress.problem.code) && entry.blob.type.startsWith('image/') && !cannotShrink;
  const words = uploadWords(progress, look?.progress);
  const done = `${formatBytes(sent)} / ${formatBytes(total)}`;
  async function shrink() {
    setIsShrinking(true);
    try {
      setCannotShrink(!(await sendSmaller(entry.id)));
    } catch (error) {
      setProblem(error);
    } finally {
      setIsShrinking(false);
    }
  }
  return (
    <li className={styles.upload}>
      <div className={styles.line}>
        <strong>{name}</strong>
        <span role="status">{t(words.state)}</span>
      </div>
      {!isRefused && (
        <>
          <progress max={total} value={sent} aria-label={name} />
          <div className={styles.line}>
            <span>
              {done}, {percent} %
            </span>
            {words.timeLeft !== undefined && <span>{t(words.timeLeft)}</span>}
          </div>
        </>
      )}
      {progress.kind === 'failed' && <ProblemNotice error={progress.problem} />}
      {problem !== undefined && <ProblemNotice error={problem} />}
      <div className={styles.line}>
        {canShrink && (
          <Action icon={<IconPhotoDown size={20} aria-hidden />} isBusy={isShrinking} onClick={() => void shrink()}>
            <Trans>Send it smaller</Trans>
          </Action>
        )}
        {cannotShrink && (
          <span role="status">
            <Trans>This browser cannot make it smaller. Take the photo again, or of less of it.</Trans>
          </span>
        )}
        {isRefused ? null : entry.isPaused || progress.kind === 'failed' ? (
          <Action icon={<IconPlayerPlay size={20} aria-hidden />} onClick={() => void resumeUpload(entry.id)}>
            <Trans>Go on</Trans>
          </Action>
        ) : (
          progress.kind !== 'checking' &&
          progress.kind !== 'held' && (
            <Action icon={<IconPlayerPause size={20} aria-hidden />} onClick={() => void pauseUpload(entry.id)}>
              <Trans>Pause</Trans>
            </Action>
          )
        )}
        {progress.kind !== 'checking' && (
          <Action tone="quiet" icon={<IconTrash size={20} aria-hidden />} onClick={() => setIsGivingUp(true)}>
            <Trans>Do not send</Trans>
          </Action>
        )}
      </div>
      <ConfirmDialog
        isOpen={isGivingUp}
        title={<Trans>Remove this file?</Trans>}
        confirmLabel={<Trans>Remove</Trans>}
        tone="act-now"
        onCancel={() => setIsGivingUp(false)}
        onConfirm={() => void cancelUpload(entry.id)}
      >
        <p>
          <Trans>It was not sent yet. It is deleted from this device too.</Trans>
        </p>
      </ConfirmDialog>
    </li>
  );
}
