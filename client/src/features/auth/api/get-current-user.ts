import * as contract from '@jaqyn/shared/auth/auth.contract';
import { call } from '../../../lib/api-client.ts';
import { ProblemError } from '../../../lib/problem-error.ts';
import { sessionState, setSignedIn, setSignedOut } from '../../../lib/session.ts';

let asking: Promise<void> | undefined;

/** Asks once who is signed in; later calls answer from memory. Throws ProblemError when the server cannot be asked. */
export async function ensureSession(): Promise<void> {
  if (sessionState().kind !== 'unknown') return;
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  await asking;
}

async function ask(): Promise<void> {
  try {
    setSignedIn(await call(contract.getCurrentUser));
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) setSignedOut();
    else throw error;
  }
}
