import type { DeviceSource } from './device-asks.ts';

/** Which microphone and camera were chosen at this computer; the same for everybody who works at it. */
export interface DeviceMemory {
  read(source: DeviceSource): string | undefined;
  write(source: DeviceSource, deviceId: string): void;
}

const KEY: Record<DeviceSource, string> = { microphone: 'jaqyn.microphone', camera: 'jaqyn.camera' };

/** Remembers in the browser; where that is not allowed it forgets. */
export const browserMemory: DeviceMemory = {
  read(source) {
    try {
      return localStorage.getItem(KEY[source]) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write(source, deviceId) {
    try {
      localStorage.setItem(KEY[source], deviceId);
    } catch {
      // Chosen again the next time.
    }
  },
};

/** What became of a device in the middle of a call, for whoever looks at the patient and not at the screen. */
export interface DeviceNews {
  /** Counts up: the same thing may happen twice. */
  readonly number: number;
  readonly source: DeviceSource;
  /**
   * `replaced`: it is gone and another one is used; `gone`: it is gone and there is no other; `back`: it, or one like it, is used again;
   * `refused`: the permission was taken away; `allowed`: it was given again.
   */
  readonly kind: 'replaced' | 'gone' | 'back' | 'refused' | 'allowed';
  /** Of the device that is used now; empty where there is none, or the browser does not name it. */
  readonly label: string;
}

/** Calls when the person has allowed what was refused; answers a function that stops listening. Silent where browsers do not tell. */
export function onPermission(source: DeviceSource, listener: () => void): () => void {
  let status: PermissionStatus | undefined;
  let isStopped = false;
  const onChange = () => {
    if (status?.state === 'granted') listener();
  };
  globalThis.navigator?.permissions?.query({ name: source }).then(
    (found) => {
      if (isStopped) return;
      status = found;
      found.addEventListener('change', onChange);
    },
    () => undefined,
  );
  return () => {
    isStopped = true;
    status?.removeEventListener('change', onChange);
  };
}
