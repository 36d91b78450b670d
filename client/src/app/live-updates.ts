import type { NotificationData } from '@jaqyn/shared/signalling/events';
import { noteAuthor } from '../features/scheduling/change-authors.ts';
import { isConcerned } from '../features/scheduling/components/board/concerned-queries.ts';
import { queryClient } from '../lib/query-client.ts';
import { linkState, onLinkChange, socket } from '../lib/socket.ts';

/** Keeps what the screens show in step with the server: each change is announced, and after an absence all is asked again. */
export function followLiveUpdates(): () => void {
  const onChange = () => {
    void queryClient.invalidateQueries({ queryKey: ['consultations'] });
    // An appointment shows how its request stands: in the call, written up, cancelled.
    void queryClient.invalidateQueries({ queryKey: ['schedule', 'appointments'] });
    // The end of a call ends the parts that the patient agreed to.
    void queryClient.invalidateQueries({ queryKey: ['participants', 'of'] });
  };
  const onSchedule = ({ days, author }: NotificationData<'schedule:changed'>) => {
    if (author) noteAuthor(author);
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isConcerned(queryKey, days) });
  };
  const onWaitlist = () => {
    void queryClient.invalidateQueries({ queryKey: ['schedule', 'appointments', 'waitlist'] });
    void queryClient.invalidateQueries({ queryKey: ['schedule', 'fits'] });
  };
  const onNotice = () => {
    void queryClient.invalidateQueries({ queryKey: ['notices'] });
    // Somebody may be asked into a call.
    onParticipants();
  };
  const onParticipants = () => void queryClient.invalidateQueries({ queryKey: ['participants'] });
  let wasAway = false;
  const offLink = onLinkChange(() => {
    const { kind } = linkState();
    // At the first connection too: a call that came between the page's first question and the socket was told to nobody.
    if (kind === 'connected') void queryClient.invalidateQueries(wasAway ? {} : { queryKey: ['consultations'] });
    wasAway = kind === 'reconnecting' || (wasAway && kind !== 'connected');
  });
  socket.on('consultation:changed', onChange);
  socket.on('schedule:changed', onSchedule);
  socket.on('waitlist:changed', onWaitlist);
  socket.on('notice:arrived', onNotice);
  socket.on('participants:changed', onParticipants);
  return () => {
    socket.off('consultation:changed', onChange);
    socket.off('schedule:changed', onSchedule);
    socket.off('waitlist:changed', onWaitlist);
    socket.off('notice:arrived', onNotice);
    socket.off('participants:changed', onParticipants);
    offLink();
  };
}
