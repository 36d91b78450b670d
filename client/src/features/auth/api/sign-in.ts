import * as contract from '@jaqyn/shared/auth/auth.contract';
import { call } from '../../../lib/api-client.ts';
import { activateLanguage } from '../../../lib/i18n.ts';
import { setSignedIn } from '../../../lib/session.ts';

/** Signs in and takes over the user's language. Throws ProblemError. */
export async function signIn(credentials: { login: string; password: string }): Promise<contract.CurrentUser> {
  const user = await call(contract.signIn, { body: credentials });
  // A language that cannot be fetched now must not keep anybody out.
  await activateLanguage(user.language).catch(() => {});
  setSignedIn(user);
  return user;
}
