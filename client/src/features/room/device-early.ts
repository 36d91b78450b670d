import { askFor, type DeviceSource } from './device-asks.ts';
import type { DeviceMemory } from './device-memory.ts';

type Asked = Pick<MediaDevices, 'getUserMedia'>;

/** Nobody came for it: a camera is not on for nothing. */
const UNCLAIMED_MS = 10_000;

/** What was asked for before its room was there, by the words it was asked in. */
const early = new Map<string, Promise<MediaStream>>();

/**
 * Microphone and camera for a call that a press leads to, while the server still answers that press: each takes a tenth of a second to open, an old camera one or
 * two whole ones. Only what the person has allowed before: nobody is asked on a page that may not lead anywhere. Answers a function that lets go of what
 * no room has taken.
 */
export function openEarly(devices: Asked | undefined, memory: Pick<DeviceMemory, 'read'>): () => void {
  const asked: [string, Promise<MediaStream>][] = [];
  let isLetGo = false;
  const sources = ['microphone', 'camera'] as const;
  void areAllowed(sources).then((isAllowed) => {
    if (!isAllowed || isLetGo || devices === undefined) return;
    for (const source of sources) {
      const constraints = askFor(source, memory.read(source));
      const key = JSON.stringify(constraints);
      if (early.has(key)) continue;
      const stream = devices.getUserMedia(constraints);
      // Whoever takes it hears why; who does not never asked.
      stream.catch(() => undefined);
      early.set(key, stream);
      asked.push([key, stream]);
    }
  });
  const letGo = () => {
    isLetGo = true;
    clearTimeout(timer);
    for (const [key, stream] of asked.splice(0)) if (early.get(key) === stream) stop(stream, key);
  };
  const timer = setTimeout(letGo, UNCLAIMED_MS);
  return letGo;
}

/** What was opened early in these words, once; otherwise the browser is asked. */
export function getUserMedia(devices: Asked, constraints: MediaStreamConstraints): Promise<MediaStream> {
  const key = JSON.stringify(constraints);
  const stream = early.get(key);
  early.delete(key);
  return stream ?? devices.getUserMedia(constraints);
}

/** Whether the person is asked nothing any more; false where browsers do not tell. */
export async function areAllowed(sources: readonly DeviceSource[]): Promise<boolean> {
  const { permissions } = globalThis.navigator ?? {};
  if (permissions === undefined) return false;
  try {
    const found = await Promise.all(sources.map((name) => permissions.query({ name })));
    return found.every(({ state }) => state === 'granted');
  } catch {
    return false;
  }
}

function stop(stream: Promise<MediaStream>, key: string): void {
  early.delete(key);
  stream.then(
    (opened) => {
      for (const track of opened.getTracks()) track.stop();
    },
    () => undefined,
  );
}
