import type { PeerId, RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans } from '@lingui/react/macro';
import { IconUsers } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { CallControl } from '../../features/room/components/call-controls.tsx';
import { OtherVoices } from '../../features/room/components/other-voices.tsx';
import type { RemotePeer, RoomState } from '../../features/room/room-state.ts';
import { loadMoreTexts } from '../../lib/i18n.ts';
import { useLate } from '../../lib/use-late.ts';
import { Pending } from '../fallbacks.tsx';
import type { CallPeopleProps, CallViewer } from './people-table.tsx';

interface Options {
  readonly requestId: RequestId;
  readonly state: RoomState;
  readonly viewer: CallViewer;
  readonly isTalking: boolean;
}

/** What a call screen shows of three or more people, each in its place. */
export interface CallPeople {
  /** Who is shown large; undefined while nobody is there. */
  readonly front: RemotePeer | undefined;
  /** The sound comes from {@link CallPeople.strip}, not from the large picture. */
  readonly isSilent: boolean;
  /** Among the call's controls. */
  readonly control: ReactNode;
  /** Below the picture: the others, and what the patient is to be asked. */
  readonly strip: ReactNode;
}

/** What a thin link carries in the moments of an answer is the first sound and picture. */
const WATCH_AFTER_MS = 3000;

// Who is asked in is looked at on the side: the call does not wait for it.
async function loadWatch() {
  await new Promise((resolve) => setTimeout(resolve, WATCH_AFTER_MS));
  return (await import('./people-watch.tsx')).PeopleWatch;
}

/** Tiles, the list and their words come when there is a third person, or when somebody wants to ask one in. */
async function loadTable() {
  const [{ PeopleTable }] = await Promise.all([import('./people-table.tsx'), loadMoreTexts()]);
  return PeopleTable;
}

export function useCallPeople({ requestId, state, viewer, isTalking }: Options): CallPeople {
  const { peers } = state;
  const [participants, setParticipants] = useState<CallPeopleProps['participants']>([]);
  const [isOpen, setIsOpen] = useState(false);
  const front = useFront(state, viewer);
  const isMany = peers.length > 1;
  const isWanted = isTalking && (isMany || isOpen || participants.length > 0);

  const Watch = useLate(loadWatch, isTalking && viewer !== 'guest');
  const Table = useLate(loadTable, isWanted);
  const count = peers.length + 1;
  return {
    front,
    isSilent: isMany,
    control: viewer !== 'guest' && (
      <CallControl icon={<IconUsers size={24} aria-hidden />} isExpanded={isOpen} onPress={() => setIsOpen(true)}>
        <Trans>People: {count}</Trans>
      </CallControl>
    ),
    strip: (
      <>
        {isMany && <OtherVoices peers={peers} />}
        {/* oxlint-disable-next-line react/static-components -- fetched once, and the same from then on */}
        {Watch && isTalking && viewer !== 'guest' && <Watch requestId={requestId} onChange={setParticipants} />}
        {isOpen && !Table && <Pending />}
        {Table && isTalking && (
          // oxlint-disable-next-line react/static-components -- fetched once, and the same from then on
          <Table
            requestId={requestId}
            state={state}
            viewer={viewer}
            participants={participants}
            frontId={front?.peerId}
            isOpen={isOpen}
            onClose={() => setIsOpen(false)}
          />
        )}
      </>
    ),
  };
}

/**
 * Everybody but the station looks at the patient. The station sees who speaks, as far as a picture comes; whoever was shown last stays
 * while it does not.
 */
function useFront({ peers, speaker }: RoomState, viewer: CallViewer): RemotePeer | undefined {
  const [shownId, setShownId] = useState<PeerId>();
  if (viewer !== 'station') return peers.find(({ side }) => side === 'station');
  const seen = peers.filter(({ camera }) => camera !== null && !camera.isPaused && !camera.isHeld);
  const wanted = (seen.length === 1 ? seen[0] : seen.find(({ peerId }) => peerId === speaker))?.peerId;
  if (wanted !== undefined && wanted !== shownId) setShownId(wanted);
  const specialist = peers.find(({ side }) => side === 'specialist');
  return peers.length > 1 ? (peers.find(({ peerId }) => peerId === shownId) ?? specialist) : specialist;
}
