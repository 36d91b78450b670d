import { Problem } from '@jaqyn/shared/errors/problem';
import type { Ack } from '@jaqyn/shared/signalling/ack';
import type {
  NotificationData,
  NotificationName,
  RequestInput,
  RequestName,
  ResponseData,
} from '@jaqyn/shared/signalling/events';
import { MAX_EVENT_BYTES, sizeOfRequest } from '@jaqyn/shared/signalling/limits';
import type { ClientToServerEvents, ServerToClientEvents } from '@jaqyn/shared/signalling/socket-types';
import type { Socket } from 'socket.io-client';
import * as z from 'zod/mini';
import { noteProblem } from './diagnostics.ts';
import { ProblemError } from './problem-error.ts';
import { noteSessionGone } from './session.ts';
import { linkState, socket as liveSocket } from './socket.ts';

/** The live contract as functions. Everything over the socket goes through here. */
export interface Signalling {
  readonly isConnected: boolean;
  /** The name of the server's process, another one after a restart; undefined without a connection. */
  readonly serverRun: string | undefined;
  /**
   * Sends one request and waits for its answer. Nothing is kept for later: without a connection, or when it breaks before the
   * answer, it throws `network.unreachable`, and the caller knows whether to say it again. Throws ProblemError, nothing else.
   */
  call<Name extends RequestName>(
    name: Name,
    data: RequestInput<Name>,
    options?: { readonly timeoutMs?: number },
  ): Promise<ResponseData<Name>>;
  /** The server does not hear this connection any more: a new one, now. Nothing happens to one that is just being made. */
  renew(): void;
  /** Each of these returns a function that stops listening. */
  on<Name extends NotificationName>(name: Name, listener: (data: NotificationData<Name>) => void): () => void;
  onConnected(listener: () => void): () => void;
  onDisconnected(listener: () => void): () => void;
}

/** An answer takes a round trip and the work: on the worst link 2 to 3 s behind a full queue, with a lost packet 6. */
const TIMEOUT_MS = 15_000;

export function createSignalling(
  socket: Socket<ServerToClientEvents, ClientToServerEvents>,
  renew: () => void = () => socket.disconnect().connect(),
): Signalling {
  const listen = (name: string, listener: (...args: never[]) => void) => {
    socket.on(name as never, listener as never);
    return () => void socket.off(name as never, listener as never);
  };
  return {
    get isConnected() {
      return socket.connected;
    },
    get serverRun() {
      return serverRunOf(socket);
    },
    async call(name, data, { timeoutMs = TIMEOUT_MS } = {}) {
      try {
        return await send(socket, name, data, timeoutMs);
      } catch (error) {
        const problem = ProblemError.from(error);
        noteProblem(problem);
        if (problem.code === 'auth.session_expired' || problem.code === 'auth.required') noteSessionGone();
        throw problem;
      }
    },
    renew,
    on: (name, listener) => listen(name, listener),
    onConnected: (listener) => listen('connect', listener),
    onDisconnected: (listener) => listen('disconnect', listener),
  };
}

/** The server begins the id of each connection with it. */
function serverRunOf({ io }: Pick<Socket, 'io'>): string | undefined {
  const { id } = (io as { engine?: { id?: string } } | undefined)?.engine ?? {};
  return id?.split('.', 1)[0];
}

async function send<Name extends RequestName>(
  socket: Socket<ServerToClientEvents, ClientToServerEvents>,
  name: Name,
  data: RequestInput<Name>,
  timeoutMs: number,
): Promise<ResponseData<Name>> {
  if (!socket.connected) throw ProblemError.local('network.unreachable');
  if (sizeOfRequest(data) > MAX_EVENT_BYTES) throw ProblemError.local('request.too_large');
  let answer: unknown;
  try {
    answer = await (socket as unknown as Socket).timeout(timeoutMs).emitWithAck(name, data);
  } catch (error) {
    // Too late, or the connection broke first: whether the server has done it is not known.
    throw ProblemError.local('network.unreachable', error);
  }
  // The server has checked its answer against the table; here only the envelope is looked at, so that a newer server may say more.
  const ack = answer as Partial<Ack<ResponseData<Name>>> | null;
  if (ack?.ok === true) return ack.data as ResponseData<Name>;
  const problem = z.safeParse(Problem, ack?.ok === false ? ack.problem : undefined);
  throw problem.success ? ProblemError.fromProblem(problem.data) : ProblemError.local('response.unexpected');
}

/** An attempt takes three round trips, and behind a full queue more: one that is younger is left alone. */
const YOUNG_MS = 1500;
let attemptAt = Number.NEGATIVE_INFINITY;
liveSocket.io.on('reconnect_attempt', () => {
  attemptAt = performance.now();
});

/** Not the one that is there, and none that waits for its turn. */
function renewSocket(): void {
  if (linkState().kind === 'off' || performance.now() - attemptAt < YOUNG_MS) return;
  attemptAt = performance.now();
  liveSocket.disconnect().connect();
}

/** Over the one live connection of this tab. */
export const signalling = createSignalling(liveSocket, renewSocket);
