/**
 * The live side as a process of its own, for tests in a real browser: prints one JSON line when ready, then takes commands as JSON
 * lines on stdin and answers each with one. LIVE_FILES is a folder to serve, LIVE_PORT and LIVE_STATE bring an earlier one back.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Actor } from '../src/kernel/actor.ts';
import { createLiveServer, FakeAccess, FakeSessions } from './live-server.ts';

/** Who is who, so that a restarted process knows the same people and consultation. */
interface State {
  readonly requestId: RequestId;
  readonly station: { readonly actor: Actor; readonly token: string };
  readonly specialist: { readonly actor: Actor; readonly token: string };
}

type Command =
  | { readonly do: 'workers' }
  | { readonly do: 'diary' }
  | { readonly do: 'endSession'; readonly of: 'station' | 'specialist' };

const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };

const files = process.env['LIVE_FILES'] ?? '.';
const earlier = process.env['LIVE_STATE'];
const known = earlier === undefined ? undefined : (JSON.parse(earlier) as State);

const sessions = new FakeSessions();
const access = new FakeAccess();
if (known !== undefined) {
  for (const side of ['station', 'specialist'] as const) {
    sessions.byToken.set(known[side].token, known[side].actor);
    access.admit(known.requestId, known[side].actor, side);
  }
}
const server = await createLiveServer({
  workers: Number(process.env['LIVE_WORKERS'] ?? 1),
  port: Number(process.env['LIVE_PORT'] ?? 0),
  ...(process.env['LIVE_GRACE_MS'] !== undefined && { graceMs: Number(process.env['LIVE_GRACE_MS']) }),
  sessions,
  access,
  onHttp: (request, response) => {
    const name = path.basename(new URL(request.url ?? '/', 'http://localhost').pathname) || 'index.html';
    try {
      const body = readFileSync(path.join(files, name));
      response.writeHead(200, { 'content-type': TYPES[path.extname(name)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  },
});
const state: State = known ?? server.consult();

function run(command: Command): unknown {
  switch (command.do) {
    case 'workers':
      return server.media.workers();
    case 'diary':
      return server.diary.lines;
    case 'endSession': {
      const { actor, token } = state[command.of];
      sessions.byToken.delete(token);
      server.bus.publish('session:ended', { ...actor, reason: 'signed_out' });
      return {};
    }
  }
}

const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);
createInterface({ input: process.stdin }).on('line', (line) => say(run(JSON.parse(line) as Command)));
process.stdin.on('end', () => void server.close().then(() => process.exit(0)));
say({ port: server.port, state });
