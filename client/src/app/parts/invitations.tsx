import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useInvitations } from '../../features/participants/api/list-invitations.ts';
import { loadMoreTexts } from '../../lib/i18n.ts';

// Its words are fetched with it: most people are never asked into anybody's call.
const InvitationBanner = lazy(async () => {
  const [{ InvitationBanner: banner }] = await Promise.all([import('./invitation-banner.tsx'), loadMoreTexts()]);
  return { default: banner };
});

/** Looks whether somebody asks for this person in a call that is on, and shows it when they do. */
export default function Invitations() {
  const here = useLocation({ select: ({ pathname }) => pathname });
  const invitations = useInvitations().data ?? [];
  const open = invitations.filter(({ isOpen, requestId }) => isOpen && !here.includes(requestId));
  return <Suspense>{open.length > 0 && <InvitationBanner open={open} />}</Suspense>;
}
