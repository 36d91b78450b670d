import { createHmac } from 'node:crypto';
import type { IceServer } from '@jaqyn/shared/media/transport';
import type { Clock } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';

interface RelayOptions {
  /** As browsers take them: `turn:host:3478?transport=udp`, `turns:host:443?transport=tcp`. */
  readonly urls: readonly string[];
  /** coturn's `static-auth-secret`. */
  readonly secret: string;
  /** How long a credential opens the relay. */
  readonly hours: number;
}

/**
 * The ways through a closed network, with a credential of its own for each join: coturn's `use-auth-secret` (draft-uberti-behave-turn-rest),
 * a name that holds when it ends, and the HMAC of that name. No user is named in it: relays log what they are told.
 */
export function createRelays(relay: RelayOptions | undefined, clock: Pick<Clock, 'now'>): () => IceServer[] {
  return () => {
    if (relay === undefined) return [];
    const { urls, secret, hours } = relay;
    const ends = Math.floor(clock.now().getTime() / 1000) + Math.round(hours * 3600);
    const username = `${ends}:${newId<string>()}`;
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    return [{ urls: [...urls], username, credential }];
  };
}
