import { Trans } from '@lingui/react/macro';
import { useSession } from '../../../lib/session.ts';
import { Action } from '../../../ui/action.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SignInForm } from './sign-in-form.tsx';

interface SessionExpiredDialogProps {
  /** Signed in again as the same person: everything on the screen goes on. */
  onResumed(): void;
  /** Somebody else takes the desk; what was typed stays in the first one's drafts. */
  onLeave(): void;
}

/** The screen behind stays as it is, with everything typed; the password brings it back to life. */
export function SessionExpiredDialog({ onResumed, onLeave }: SessionExpiredDialogProps) {
  const session = useSession();
  const user = session.kind === 'expired' ? session.user : undefined;
  const name = user?.displayName;
  return (
    <Dialog isOpen={user !== undefined} title={<Trans>Your session has ended</Trans>}>
      {user && (
        <>
          <p>
            <Trans>What you typed is kept. Enter the password of {name} to go on from the same place.</Trans>
          </p>
          <SignInForm login={user.login} onSignedIn={onResumed} />
          <Action tone="quiet" onClick={onLeave}>
            <Trans>Sign in as somebody else</Trans>
          </Action>
        </>
      )}
    </Dialog>
  );
}
