import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onSessionChange, sessionState } from '../lib/session.ts';
import { connectSocket, disconnectSocket } from '../lib/socket.ts';

/** Holds every screen; keeps the live connection in step with the session. */
export function RootLayout() {
  const router = useRouter();
  useEffect(() => {
    const follow = () => {
      switch (sessionState().kind) {
        case 'signed_in':
          return connectSocket();
        case 'signed_out':
          disconnectSocket();
          void router.navigate({ to: '/sign-in' });
          return;
        case 'expired':
          return disconnectSocket();
        case 'unknown':
          return;
      }
    };
    if (sessionState().kind === 'signed_in') connectSocket();
    return onSessionChange(follow);
  }, [router]);
  return <Outlet />;
}
