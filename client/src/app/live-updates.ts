import { queryClient } from '../lib/query-client.ts';
import { linkState, onLinkChange, socket } from '../lib/socket.ts';

/** Keeps what the screens show in step with the server: each change is announced, and after an absence all is asked again. */
export function followLiveUpdates(): () => void {
  const onChange = () => void queryClient.invalidateQueries({ queryKey: ['consultations'] });
  let wasAway = false;
  const offLink = onLinkChange(() => {
    const { kind } = linkState();
    // At the first connection too: a call that came between the page's first question and the socket was told to nobody.
    if (kind === 'connected') void queryClient.invalidateQueries(wasAway ? {} : { queryKey: ['consultations'] });
    wasAway = kind === 'reconnecting' || (wasAway && kind !== 'connected');
  });
  socket.on('consultation:changed', onChange);
  return () => {
    socket.off('consultation:changed', onChange);
    offLink();
  };
}
