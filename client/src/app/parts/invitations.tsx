import { useLocation } from '@tanstack/react-router';
import { useInvitations } from '../../features/participants/api/list-invitations.ts';
import { loadMoreTexts } from '../../lib/i18n.ts';
import { useLate } from '../../lib/use-late.ts';

// Its words are fetched with it: most people are never asked into anybody's call.
async function loadBanner() {
  const [{ InvitationBanner }] = await Promise.all([import('./invitation-banner.tsx'), loadMoreTexts()]);
  return InvitationBanner;
}

/** Looks whether somebody asks for this person in a call that is on, and shows it when they do. */
export function Invitations() {
  const here = useLocation({ select: ({ pathname }) => pathname });
  const invitations = useInvitations().data ?? [];
  const open = invitations.filter(({ isOpen, requestId }) => isOpen && !here.includes(requestId));
  const InvitationBanner = useLate(loadBanner, open.length > 0);
  // oxlint-disable-next-line react/static-components -- fetched once, and the same from then on
  return InvitationBanner && <InvitationBanner open={open} />;
}
