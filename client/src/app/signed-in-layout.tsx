import { Trans, useLingui } from '@lingui/react/macro';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { SessionExpiredDialog } from '../features/auth/components/session-expired-dialog.tsx';
import { useMyStation } from '../features/stations/api/get-my-station.ts';
import { canHoldCalls } from '../lib/browser-skills.ts';
import { useLocalText } from '../lib/local-text.ts';
import { ProblemError } from '../lib/problem-error.ts';
import { queryClient } from '../lib/query-client.ts';
import { setSignedOut, useCurrentUser, useSession } from '../lib/session.ts';
import { useLate } from '../lib/use-late.ts';
import { ActionLink } from '../ui/action.tsx';
import { AppFrame } from '../ui/app-frame.tsx';
import { LinkStatus } from '../ui/link-status.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { followLiveUpdates } from './live-updates.ts';
import { NavigationBar } from './navigation-bar.tsx';
import { NoticeBell } from './parts/notice-bell.tsx';
import { prefetchWhenIdle } from './prefetch.ts';
import { roleNames } from './role-names.ts';
import { LanguageTool, SignOutTool, ThemeTool } from './tools.tsx';

// Not among what a station needs first.
const loadInvitations = async () => (await import('./parts/invitations.tsx')).Invitations;

const loadRing = async () => (await import('./parts/ring-elsewhere.tsx')).RingElsewhere;

const NO_CALLS = ProblemError.local('browser.no_calls');

/** The frame of everybody who is signed in. */
export function SignedInLayout() {
  const session = useSession();
  // Between sign-out and the sign-in screen there is nobody to draw for.
  if (session.kind !== 'signed_in' && session.kind !== 'expired') return null;
  return <Frame />;
}

function Frame() {
  const { t } = useLingui();
  const router = useRouter();
  const isWall = useLocation({ select: ({ pathname }) => pathname === '/schedule/wall' });
  const localText = useLocalText();
  const user = useCurrentUser();
  const station = useMyStation(user.station !== null);

  const Invitations = useLate(loadInvitations, user.role !== 'admin' && user.role !== 'analyst' && !isWall);

  // In a call its own page says it, with a way back.
  const isCall = useLocation({ select: ({ pathname }) => pathname.endsWith('/call') });
  const mayBeCalled = (user.role === 'feldsher' || user.role === 'specialist') && !isCall;
  const RingElsewhere = useLate(loadRing, user.role === 'specialist');

  useEffect(() => prefetchWhenIdle(user.role), [user.role]);
  useEffect(followLiveUpdates, []);

  return (
    <AppFrame
      place={user.station ? localText(user.station.name) : user.displayName}
      person={user.station ? user.displayName : t(roleNames[user.role])}
      status={<LinkStatus />}
      navigation={<NavigationBar />}
      isBare={isWall}
      helpPhone={station.data?.coordinatorPhone}
      help={
        <ActionLink to="/notices" hash="keys">
          <Trans>Keys</Trans>
        </ActionLink>
      }
      tools={
        <>
          <NoticeBell />
          <LanguageTool />
          <ThemeTool />
          <SignOutTool />
        </>
      }
    >
      {mayBeCalled && !canHoldCalls() && <ProblemNotice error={NO_CALLS} />}
      {/* oxlint-disable-next-line react/static-components -- fetched once, and the same from then on */}
      {RingElsewhere && <RingElsewhere />}
      {/* oxlint-disable-next-line react/static-components -- fetched once, and the same from then on */}
      {Invitations && <Invitations />}
      <Outlet />
      <SessionExpiredDialog
        onResumed={() => {
          void queryClient.invalidateQueries();
          void router.invalidate();
        }}
        onLeave={setSignedOut}
      />
    </AppFrame>
  );
}
