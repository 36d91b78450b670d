import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { type ComponentType, useEffect, useState } from 'react';
import type { FilesPanelProps } from '../../features/attachments/components/files-panel.tsx';
import { loadMoreTexts } from '../../lib/i18n.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

// tus, the list, the viewer and their words come when they are looked at: neither the first load nor the call waits for them.
let loaded: ComponentType<FilesPanelProps> | undefined;

async function loadPanel(): Promise<ComponentType<FilesPanelProps>> {
  const [{ FilesPanel }] = await Promise.all([
    import('../../features/attachments/components/files-panel.tsx'),
    loadMoreTexts(),
  ]);
  loaded = FilesPanel;
  return FilesPanel;
}

/** On a line that is away it says so in its own place: the call around it goes on. */
function LoadedPanel(props: FilesPanelProps) {
  const [Panel, setPanel] = useState(() => loaded);
  const [problem, setProblem] = useState<ProblemError>();
  const [attempt, setAttempt] = useState(1);
  useEffect(() => {
    if (loaded) return;
    let isHere = true;
    loadPanel().then(
      (panel) => isHere && setPanel(() => panel),
      (error: unknown) => isHere && setProblem(ProblemError.local('network.unreachable', { error, attempt })),
    );
    return () => {
      isHere = false;
    };
  }, [attempt]);
  function tryAgain() {
    setProblem(undefined);
    setAttempt(attempt + 1);
  }
  if (Panel) return <Panel {...props} />;
  return problem ? <ProblemNotice error={problem} onRetry={tryAgain} /> : <Skeleton lines={2} />;
}

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
    <LoadedPanel
      requestId={id}
      canAdd={isMine && !isIn(status, CLOSED)}
      isInCall={isMine && isIn(status, ['in_call', 'interrupted'])}
      camera={camera}
    />
  );
}

/** Before the request is sent: what is added stays on this device and follows it. */
export function DraftFiles({ requestId }: { requestId: RequestId }) {
  return <LoadedPanel requestId={requestId} canAdd isHeld />;
}

/** The request was sent: its files follow by themselves. */
export async function sendDraftFiles(requestId: RequestId): Promise<void> {
  const { releaseFiles } = await import('../../features/attachments/upload-queue.ts');
  await releaseFiles(requestId);
}
