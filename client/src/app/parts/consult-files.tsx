import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { lazy, Suspense } from 'react';
import { useCurrentUser } from '../../lib/session.ts';
import { Skeleton } from '../../ui/skeleton.tsx';

// tus, the list and the viewer come when they are looked at: the call itself does not wait for them.
const FilesPanel = lazy(async () => ({
  default: (await import('../../features/attachments/components/files-panel.tsx')).FilesPanel,
}));

const CLOSED = [
  'declined',
  'cancelled',
  'signed',
  'delivered',
  'acknowledged',
  'follow_up_open',
  'closed',
  'amended',
] as const;

interface ConsultFilesProps {
  readonly consultation: Consultation;
  /** The camera that is running in the call. */
  readonly camera?: MediaStreamTrack | undefined;
}

/** Photos and files of a consultation, to look at for whoever reads it, and to add for the two sides of it. */
export function ConsultFiles({ consultation, camera }: ConsultFilesProps) {
  const user = useCurrentUser();
  const { id, status, station, specialist } = consultation;
  const isMine =
    user.role === 'feldsher' ? user.station?.id === station.id : user.practitioner?.id === (specialist?.id ?? '');
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <FilesPanel
        requestId={id}
        canAdd={isMine && !isIn(status, CLOSED)}
        isInCall={isMine && isIn(status, ['in_call', 'interrupted'])}
        camera={camera}
      />
    </Suspense>
  );
}

/** Before the request is sent: what is added stays on this device and follows it. */
export function DraftFiles({ requestId }: { requestId: RequestId }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <FilesPanel requestId={requestId} canAdd isHeld />
    </Suspense>
  );
}

/** The request was sent: its files follow by themselves. */
export async function sendDraftFiles(requestId: RequestId): Promise<void> {
  const { releaseFiles } = await import('../../features/attachments/upload-queue.ts');
  await releaseFiles(requestId);
}
