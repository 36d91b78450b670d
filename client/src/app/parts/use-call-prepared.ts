import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { noteProblem } from '../../lib/diagnostics.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { signalling } from '../../lib/signalling.ts';

/** While a call may be answered any moment: the screen of the call and this browser's side of it are there when it is. */
export function useCallPrepared(isExpected: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!isExpected) return;
    // Whatever does not come now comes with the call.
    const note = (error: unknown) => noteProblem(ProblemError.from(error));
    router.loadRouteChunk(router.routesById['/signed-in/consults/$requestId'])?.catch(note);
    import('../../features/attachments/components/files-panel.tsx').catch(note);
    import('../../features/room/room-client.ts').then(({ RoomClient }) => RoomClient.prepare(signalling), note);
  }, [router, isExpected]);
}

/** At the press by which a call is answered: devices open while the server looks whether it still rings. Answers how to let go of them. */
export function openDevices(): () => void {
  const opening = import('../../features/room/room-client.ts').then(
    ({ RoomClient }) => RoomClient.openDevices(),
    () => () => undefined,
  );
  return () => void opening.then((letGo) => letGo());
}
