import type { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useStore } from '../../../lib/store.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useAttachments } from '../api/list-attachments.ts';
import { sharing, startSharing } from '../share-view.ts';
import { startUploads, uploads } from '../upload-queue.ts';
import { setInCall } from '../upload-sender.ts';
import { AddFiles } from './add-files.tsx';
import { FileTile } from './file-tile.tsx';
import { FileViewer } from './file-viewer.tsx';
import styles from './files-panel.module.css';
import { UploadRow } from './upload-row.tsx';

export interface FilesPanelProps {
  readonly requestId: RequestId;
  /** Who may add: the station and the specialist of the request, until it is signed. */
  readonly canAdd: boolean;
  /** The request is written and not sent: files wait on this device. */
  readonly isHeld?: boolean;
  readonly isInCall?: boolean;
  /** The camera of the call, for a photo of what it sees. */
  readonly camera?: MediaStreamTrack | undefined;
}

/** Files of one consultation: what is there, what is on its way, and how to add more. */
export function FilesPanel({ requestId, canAdd, isHeld = false, isInCall = false, camera }: FilesPanelProps) {
  const { t } = useLingui();
  const attachments = useAttachments(requestId, !isHeld);
  const mine = useStore(uploads).filter(({ entry }) => entry.requestId === requestId);
  const shared = useStore(sharing);
  const [openId, setOpenId] = useState<AttachmentId | null>(null);
  const followed = isInCall && shared.isFollowing ? (shared.theirs?.attachmentId ?? null) : null;

  useEffect(() => void startUploads(), []);
  useEffect(() => {
    if (!isInCall) return;
    setInCall(true);
    const stop = startSharing();
    return () => {
      setInCall(false);
      stop();
    };
  }, [isInCall]);
  // What the other side opens, opens here, and can be closed here.
  const [lastFollowed, setLastFollowed] = useState<AttachmentId | null>(null);
  if (followed !== lastFollowed) {
    setLastFollowed(followed);
    if (followed !== null) setOpenId(followed);
  }

  const sent = new Set((attachments.data ?? []).map(({ id }) => id));
  const ownIds = new Set(mine.map(({ entry }) => entry.id));
  // What is on its way from here stands below, with how far it is.
  const shown = (attachments.data ?? []).filter(
    ({ id, picture, status }) =>
      picture !== null || (!ownIds.has(id) && (status === 'checking' || status === 'uploading')),
  );
  const uploading = mine.filter(({ entry }) => entry.quickLookOf === null);
  const viewable = shown.filter(({ picture }) => picture !== null);
  return (
    <section className={styles.panel} aria-label={t`Photos and files`}>
      {attachments.isError && (
        <ProblemNotice
          error={attachments.error}
          onRetry={() => void attachments.refetch()}
          isRetrying={attachments.isFetching}
        />
      )}
      {attachments.isLoading && <Skeleton lines={2} />}
      {shown.length > 0 && (
        <ul className={styles.tiles}>
          {shown.map((attachment) => (
            <FileTile
              key={attachment.id}
              attachment={attachment}
              canChange={canAdd}
              onOpen={() => setOpenId(attachment.id)}
            />
          ))}
        </ul>
      )}
      {uploading.length > 0 && (
        <ul className={styles.uploads} aria-label={t`On their way`}>
          {uploading.map((upload) => (
            <UploadRow
              key={upload.entry.id}
              upload={upload}
              look={mine.find(({ entry }) => entry.quickLookOf === upload.entry.id)}
            />
          ))}
        </ul>
      )}
      {shown.length === 0 && uploading.length === 0 && !attachments.isLoading && !attachments.isError && (
        <p className="quiet">
          <Trans>No photos or files yet.</Trans>
        </p>
      )}
      {canAdd && <AddFiles requestId={requestId} isHeld={isHeld} camera={camera} />}
      {openId !== null && sent.has(openId) && (
        <FileViewer
          files={viewable}
          openId={openId}
          onOpen={setOpenId}
          onClose={() => setOpenId(null)}
          isInCall={isInCall}
        />
      )}
    </section>
  );
}
