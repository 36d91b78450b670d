import { onTestFinished } from 'vitest';
import { LiveClient, type Refusal } from './live-client.ts';
import { createLiveServer, type TestLiveServer } from './live-server.ts';

/** A live server with one media worker; it and the clients below are closed when the test ends, the last one first. */
export async function serve(options: Parameters<typeof createLiveServer>[0] = {}): Promise<TestLiveServer> {
  const server = await createLiveServer({ workers: 1, ...options });
  onTestFinished(() => server.close());
  return server;
}

export async function connect(server: TestLiveServer, token: string): Promise<LiveClient> {
  const client = new LiveClient(server.origin, token);
  onTestFinished(() => client.close());
  return client.connected();
}

/** A consultation with both sides connected, nobody in the room yet. */
export async function consult(server: TestLiveServer) {
  const { requestId, station, specialist } = server.consult();
  return {
    requestId,
    station: { ...station, tab: await connect(server, station.token) },
    specialist: { ...specialist, tab: await connect(server, specialist.token) },
  };
}

/** Both in the room, the station with microphone and camera. */
export async function call(server: TestLiveServer) {
  const { requestId, station, specialist } = await consult(server);
  const joinedStation = await station.tab.join(requestId);
  const microphone = await station.tab.produce('microphone');
  const camera = await station.tab.produce('camera');
  const joinedSpecialist = await specialist.tab.join(requestId);
  return {
    requestId,
    station: { ...station, joined: joinedStation, microphone, camera },
    specialist: { ...specialist, joined: joinedSpecialist },
  };
}

export const transports = (server: TestLiveServer) =>
  server.media.workers().reduce((sum, worker) => sum + worker.transports, 0);

/** The code that a call is refused with, `ok` when it is not. */
export const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (refused: Refusal) => refused.code,
  );
