import * as contract from '@jaqyn/shared/auth/auth.contract';
import { call } from '../../../lib/api-client.ts';
import { activateLanguage, currentLanguage, wasLanguageChosen } from '../../../lib/i18n.ts';
import { setSignedIn } from '../../../lib/session.ts';
import { setLanguage } from './set-language.ts';

/** Signs in. The language is the user's own, unless one was chosen on this page: then it becomes the user's. Throws ProblemError. */
export async function signIn(credentials: { login: string; password: string }): Promise<contract.CurrentUser> {
  const user = await call(contract.signIn, { body: credentials });
  // A language that cannot be fetched now must not keep anybody out.
  if (!wasLanguageChosen()) await activateLanguage(user.language).catch(() => {});
  setSignedIn(user);
  if (currentLanguage() !== user.language) void setLanguage(currentLanguage()).catch(() => {});
  return user;
}
