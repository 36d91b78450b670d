import * as contract from '@jaqyn/shared/auth/auth.contract';
import { call } from '../../../lib/api-client.ts';
import { activateLanguage, noteLanguageChosen } from '../../../lib/i18n.ts';
import { sessionState, setSignedIn } from '../../../lib/session.ts';

/** Switches the screen at once, then remembers it for the user. Throws ProblemError when the texts cannot be fetched. */
export async function setLanguage(language: contract.Language): Promise<void> {
  await activateLanguage(language);
  noteLanguageChosen();
  if (sessionState().kind !== 'signed_in') return;
  const user = await call(contract.setLanguage, { body: { language } }).catch(() => undefined);
  // The device remembers it anyway; the next switch tells the server again.
  if (user && sessionState().kind === 'signed_in') setSignedIn(user);
}
