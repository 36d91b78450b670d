/**
 * Loaded into the server before its own code (`--import`): how long each request's handler took, from its call to its answer, without
 * parsing, writing out and the way over HTTP. Sent to the parent when it asks.
 */
import { tracingChannel } from 'node:diagnostics_channel';

interface Handled {
  readonly request: object;
  readonly route?: { readonly url?: string; readonly method?: string };
}

const begun = new WeakMap<object, number>();
let times: Record<string, number[]> = {};

function note({ request, route }: Handled): void {
  const from = begun.get(request);
  if (from === undefined) return;
  begun.delete(request);
  const name = `${route?.method ?? ''} ${route?.url ?? ''}`;
  times[name] ??= [];
  times[name].push(performance.now() - from);
}

tracingChannel<string, Handled>('fastify.request.handler').subscribe({
  start: ({ request }) => void begun.set(request, performance.now()),
  end: () => undefined,
  asyncStart: note,
  asyncEnd: () => undefined,
  error: () => undefined,
});

process.on('message', (message: unknown) => {
  if (message !== 'handler-times') return;
  process.send?.({ type: 'handler-times', times });
  times = {};
});

// The bench is gone: a server that goes on would write into the database of the next one.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
