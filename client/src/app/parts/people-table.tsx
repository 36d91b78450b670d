import type { Participant } from '@jaqyn/shared/consultations/participant.contract';
import type { PeerId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { RoomSide } from '@jaqyn/shared/signalling/room';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ConsentQuestions } from '../../features/participants/components/consent-questions.tsx';
import { PeopleDialog } from '../../features/participants/components/people-dialog.tsx';
import { PeopleTiles } from '../../features/room/components/people-tiles.tsx';
import type { RemotePeer, RoomState } from '../../features/room/room-state.ts';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { sideWords } from '../../lib/side-words.ts';

/** As what somebody looks at the call. A guest was asked in, and changes nothing. */
export type CallViewer = 'station' | 'specialist' | 'guest';

export interface CallPeopleProps {
  readonly requestId: RequestId;
  readonly state: RoomState;
  readonly viewer: CallViewer;
  readonly participants: readonly Participant[];
  readonly frontId: PeerId | undefined;
  readonly isOpen: boolean;
  onClose(): void;
}

/** The others in the call, what the patient is to be asked, and who may be asked in. */
export function PeopleTable({ requestId, state, viewer, participants, frontId, isOpen, onClose }: CallPeopleProps) {
  const { t } = useLingui();
  const user = useCurrentUser();
  const specialtyName = useSpecialtyName();
  const { peers, speaker, curtain } = state;
  const own: RoomSide = viewer === 'guest' ? 'observer' : viewer;
  const inRoom = [
    { userId: user.id, displayName: user.displayName, part: <Trans>You</Trans>, side: own },
    ...peers.map(({ userId, displayName, side }) => ({ userId, displayName, part: t(sideWords[side]), side })),
  ];
  return (
    <>
      <Announcements peers={peers} />
      {viewer !== 'guest' && <ConsentQuestions requestId={requestId} participants={participants} />}
      {peers.length > 1 && (
        <PeopleTiles
          peers={peers.filter(({ peerId }) => peerId !== frontId)}
          speaker={speaker}
          isCurtained={curtain !== null}
        />
      )}
      {viewer !== 'guest' && (
        <PeopleDialog
          requestId={requestId}
          isOpen={isOpen}
          inRoom={inRoom}
          participants={participants}
          canInvite={viewer === 'specialist'}
          specialtyName={specialtyName}
          onClose={onClose}
        />
      )}
    </>
  );
}

type Person = Pick<RemotePeer, 'userId' | 'displayName' | 'side'>;

/** Who came and who went, for those who do not see the tiles. */
function Announcements({ peers }: { peers: readonly RemotePeer[] }) {
  const { t } = useLingui();
  const [before, setBefore] = useState<readonly Person[]>(peers);
  const [news, setNews] = useState<{ readonly come: readonly Person[]; readonly gone: readonly Person[] }>({
    come: [],
    gone: [],
  });
  const has = (people: readonly Person[], { userId }: Person) => people.some((one) => one.userId === userId);
  const come = peers.filter((peer) => !has(before, peer));
  const gone = before.filter((person) => !has(peers, person));
  if (come.length + gone.length > 0) {
    setBefore(peers);
    setNews({ come, gone });
  }
  return (
    <p role="status" className="visually-hidden">
      {news.come.map(({ userId, displayName, side }) => {
        const part = t(sideWords[side]);
        return (
          <span key={userId}>
            <Trans>
              {displayName} is in the call ({part}).
            </Trans>{' '}
          </span>
        );
      })}
      {news.gone.map(({ userId, displayName }) => (
        <span key={userId}>
          <Trans>{displayName} has left the call.</Trans>{' '}
        </span>
      ))}
    </p>
  );
}
