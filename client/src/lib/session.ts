import type { CurrentUser } from '@jaqyn/shared/auth/auth.contract';
import { onSessionGone } from './api-client.ts';
import { createStore, useStore } from './store.ts';

/**
 * Who is signed in. `expired` keeps the user: the screen stays as it is, with everything typed, and a dialog asks for
 * the password again.
 */
export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'signed_in'; readonly user: CurrentUser }
  | { readonly kind: 'expired'; readonly user: CurrentUser };

const session = createStore<SessionState>({ kind: 'unknown' });

export const sessionState = session.get;
export const onSessionChange = session.subscribe;

export function setSignedIn(user: CurrentUser): void {
  session.set({ kind: 'signed_in', user });
}

export function setSignedOut(): void {
  session.set({ kind: 'signed_out' });
}

/** The server said that the session has ended, over HTTP or the socket. */
export function noteSessionGone(): void {
  const now = session.get();
  if (now.kind === 'signed_in') session.set({ kind: 'expired', user: now.user });
}

onSessionGone(noteSessionGone);

export function useSession(): SessionState {
  return useStore(session);
}

/** The user of the screens behind the sign-in, which are only shown when there is one. */
export function useCurrentUser(): CurrentUser {
  const state = useSession();
  if (state.kind !== 'signed_in' && state.kind !== 'expired') throw new Error('No user is signed in');
  return state.user;
}
