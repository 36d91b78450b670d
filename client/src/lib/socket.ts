import { Problem } from '@jaqyn/shared/errors/problem';
import type { ClientToServerEvents, ServerToClientEvents } from '@jaqyn/shared/signalling/socket-types';
import { io, type Socket } from 'socket.io-client';
import * as z from 'zod/mini';
import { addDiagnostics } from './diagnostics.ts';
import { ProblemError } from './problem-error.ts';
import { noteSessionGone, setSignedOut } from './session.ts';
import { createStore, useStore } from './store.ts';
import { onWake } from './wake.ts';

/** A ping every 5 s, given up after another 8 (server/src/realtime/socket-server.ts); less the time until the next ping. */
const GIVEN_UP_MS = 8000;

/** `since` is in milliseconds of `performance.now()`, for counting seconds on the screen. */
export type LinkState =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting'; readonly since: number }
  | { readonly kind: 'connected'; readonly since: number }
  | { readonly kind: 'reconnecting'; readonly since: number };

const link = createStore<LinkState>({ kind: 'off' });

export const linkState = link.get;
export const onLinkChange = link.subscribe;

export function useLinkState(): LinkState {
  return useStore(link);
}

/**
 * The one live connection of this tab. WebSocket only: long polling on a 600 ms link is slower than waiting for the
 * socket, and a reconnection that begins with polling takes three round trips more.
 */
export const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({
  transports: ['websocket'],
  withCredentials: true,
  autoConnect: false,
  reconnectionDelay: 200,
  // A call whose server restarts stands still until the next attempt; one that is refused costs two small packets.
  reconnectionDelayMax: 500,
  randomizationFactor: 0.3,
  timeout: 10_000,
});

socket.on('connect', () => link.set({ kind: 'connected', since: performance.now() }));

socket.on('disconnect', (reason) => {
  if (link.get().kind === 'off') return;
  link.set({ kind: 'reconnecting', since: performance.now() });
  // After a disconnection by the server the client library waits for us; a restarting server is worth coming back to.
  if (reason === 'io server disconnect') reconnectSoon();
});

socket.on('connect_error', (error: Error & { data?: unknown }) => {
  const problem = z.safeParse(Problem, error.data);
  if (!problem.success) return;
  const refused = ProblemError.fromProblem(problem.data);
  if (refused.status === 401) {
    disconnectSocket();
    noteSessionGone();
  } else {
    // Refused by the server's own words (draining, overloaded): the library does not try again by itself.
    reconnectSoon((refused.retryAfter ?? 1) * 1000);
  }
});

// The server says it before it closes the sockets of a session that was ended.
socket.on('session:ended', ({ reason }) => {
  disconnectSocket();
  // Signed out in another tab of this browser: there is no session to go back to, and the drafts are wiped.
  if (reason === 'signed_out') setSignedOut();
  else noteSessionGone();
});

// A browser that notices its network coming back need not wait for the next attempt.
globalThis.addEventListener?.('online', () => {
  const { kind } = link.get();
  if ((kind === 'reconnecting' || kind === 'connecting') && !socket.connected) socket.disconnect().connect();
});

// A page that slept longer than the server waits for it has been given up there; this end would find out by its own timer only.
onWake((sleptMs) => {
  if (sleptMs > GIVEN_UP_MS && link.get().kind === 'connected') socket.io.engine?.close();
});

let retry: ReturnType<typeof setTimeout> | undefined;
function reconnectSoon(delayMs = 300): void {
  clearTimeout(retry);
  retry = setTimeout(() => {
    if (link.get().kind !== 'off') socket.connect();
  }, delayMs);
}

/** After sign-in. Harmless when connected already. */
export function connectSocket(): void {
  if (link.get().kind !== 'off') return;
  link.set({ kind: 'connecting', since: performance.now() });
  socket.connect();
}

/** At sign-out, and when the session has ended. */
export function disconnectSocket(): void {
  clearTimeout(retry);
  link.set({ kind: 'off' });
  socket.disconnect();
}

addDiagnostics('socket', () => `${link.get().kind} ${socket.io.engine?.transport?.name ?? ''}`);
