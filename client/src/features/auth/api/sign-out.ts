import * as contract from '@jaqyn/shared/auth/auth.contract';
import { call } from '../../../lib/api-client.ts';
import { wipeDrafts } from '../../../lib/drafts.ts';
import { isSessionGone } from '../../../lib/problem-error.ts';
import { sessionState, setSignedOut } from '../../../lib/session.ts';
import { connectSocket, disconnectSocket } from '../../../lib/socket.ts';

/**
 * Ends the session and leaves nothing of this user's patients on the device. Throws ProblemError when the server
 * cannot be told: the session would live on, so the screen must not say that it ended.
 */
export async function signOut(): Promise<void> {
  const state = sessionState();
  // The server says good-bye on the socket too; that is not a session ending under somebody's hands.
  disconnectSocket();
  try {
    await call(contract.signOut);
  } catch (error) {
    if (!isSessionGone(error)) {
      connectSocket();
      throw error;
    }
  }
  const wipe = async () => {
    if (state.kind === 'signed_in' || state.kind === 'expired') await wipeDrafts(state.user.id).catch(() => {});
  };
  await wipe();
  setSignedOut();
  // What a timer of the screen kept meanwhile; from here on nothing is kept any more.
  await wipe();
}
