import type { Role } from '@jaqyn/shared/auth/auth.contract';
import { localDate } from '@jaqyn/shared/kernel/time';
import type { Notice } from '@jaqyn/shared/notices/notice.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useUnreadNotices } from '../../features/notices/api/list-notices.ts';
import { ContactEditor } from '../../features/notices/components/contact-editor.tsx';
import { NoticeList } from '../../features/notices/components/notice-list.tsx';
import { useCurrentUser } from '../../lib/session.ts';
import { ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { KeysHelp } from '../parts/keys-help.tsx';

/** What I was told, newest first. */
export function NoticesScreen() {
  const { t } = useLingui();
  const { role } = useCurrentUser();
  usePageTitle(t`Notices`, useUnreadNotices().data ?? 0);
  return (
    <div className={classes(layout.page, layout.narrow)}>
      <div className={classes(layout.row, layout.spread)}>
        <h1>
          <Trans>Notices</Trans>
        </h1>
        {(role === 'coordinator' || role === 'admin') && (
          <ActionLink to="/notices/sent">
            <Trans>What was sent to whom</Trans>
          </ActionLink>
        )}
      </div>
      <NoticeList hrefOf={(notice) => placeOf(notice, role)} />
      <Disclosure title={<Trans>Also by e-mail and SMS</Trans>}>
        <ContactEditor />
      </Disclosure>
      <KeysHelp />
    </div>
  );
}

/** Where the reader's role sees what a notice is about; nowhere for some. */
function placeOf({ kind, parameters }: Notice, role: Role): string | undefined {
  const { requestId, startsAt } = parameters;
  const day = startsAt === null ? '' : `?day=${localDate(startsAt)}`;
  // Of a request that need not be theirs to open.
  if (kind === 'call_invited') return `/invitations/${requestId}`;
  const isAppointment = kind.startsWith('appointment_');
  switch (role) {
    case 'feldsher':
      return isAppointment ? `/today${day}` : `/requests/${requestId}/result`;
    case 'specialist':
      return isAppointment ? `/today${day}` : `/consults/${requestId}`;
    case 'coordinator':
      return kind === 'conclusion_unsigned' ? '/day-end?list=unsigned' : '/schedule';
    case 'admin':
    case 'analyst':
      return undefined;
  }
}
