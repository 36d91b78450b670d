import { useLocation } from '@tanstack/react-router';
import { OtherCalls, useOtherCalls } from './other-calls.tsx';

/** A specialist is called wherever they are in the product: the worklist and the desk of a consult ring by themselves, this on every other page. */
export function RingElsewhere() {
  const here = useLocation({ select: ({ pathname }) => pathname });
  if (here === '/worklist' || here.startsWith('/consults/')) return null;
  // Asked into somebody else's call: a loop would drown it.
  return <Ring isInCall={here.startsWith('/invitations/')} />;
}

function Ring({ isInCall }: { isInCall: boolean }) {
  const calls = useOtherCalls(undefined, isInCall);
  return <OtherCalls calls={calls} isInCall={isInCall} isFirst={!isInCall} />;
}
