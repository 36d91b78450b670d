import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createUser, PASSWORD } from '../test/factories.ts';
import { startServer } from '../test/server-process.ts';
import { createTestFolder, createTestStore } from '../test/template-database.ts';

// Each test starts a process or two, with a media worker; a busy machine takes its time for that.
vi.setConfig({ testTimeout: 60_000 });

/** A folder with a database in it that holds one user who can sign in. */
async function createDataFolder() {
  const store = await createTestStore();
  const user = await createUser(store, { role: 'coordinator' });
  await store.close();
  const folder = createTestFolder();
  writeFileSync(path.join(folder, 'jaqyn.db'), readFileSync(store.path));
  return { folder, user };
}

async function signIn(url: string, login: string) {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  });
  expect(answer.status).toBe(200);
  return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

describe('a start that cannot work says why in one line and ends with 1', () => {
  async function fail(environment: Record<string, string>) {
    const server = startServer({ JAQYN_DATA_DIR: createTestFolder(), ...environment });
    const code = await server.ended;
    expect(server.stdout()).not.toContain('ready');
    const lines = server.stderr().trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    return [code, lines[0]];
  }

  test('the port is in use', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void holder.close());
    const { port } = holder.address() as { port: number };
    const line = `server.port_in_use: The port is in use — PORT: ${port}`;
    expect(await fail({ PORT: String(port) })).toEqual([1, line]);
  });

  test('the address is not of this machine', async () => {
    const line = 'server.config_invalid: The configuration is not valid — HOST: 203.0.113.1';
    expect(await fail({ HOST: '203.0.113.1' })).toEqual([1, line]);
  });

  test('settings are wrong: all of them are named', async () => {
    const [code, line] = await fail({ PORT: 'x', JAQYN_RING_SECONDS: '-1' });
    expect(code).toBe(1);
    expect(line).toMatch(/^server\.config_invalid: .* — PORT: .*, JAQYN_RING_SECONDS: /);
  });

  test('the data folder cannot be made, because a file is in its place', async () => {
    const file = path.join(createTestFolder(), 'data');
    writeFileSync(file, 'not a folder');
    const [code, line] = await fail({ JAQYN_DATA_DIR: file });
    expect(code).toBe(1);
    expect(line).toMatch(/^database\.unwritable: The data folder cannot be written/);
    expect(line).toContain(file);
    expect(readFileSync(file, 'utf8')).toBe('not a folder');
  });

  test('the data folder takes no writes, also for root', async () => {
    // The kernel's own files: nobody makes a folder there.
    const [code, line] = await fail({ JAQYN_DATA_DIR: '/sys/jaqyn' });
    expect(code).toBe(1);
    expect(line).toMatch(/^database\.unwritable: /);
  });

  test('a folder stands where the database file should be', async () => {
    const folder = createTestFolder();
    mkdirSync(path.join(folder, 'jaqyn.db'));
    const [code, line] = await fail({ JAQYN_DATA_DIR: folder });
    expect(code).toBe(1);
    expect(line).toMatch(/^database\.(unwritable|corrupt): /);
  });

  test('the database is damaged, and stays as it was for whoever repairs it', async () => {
    const { folder } = await createDataFolder();
    const file = path.join(folder, 'jaqyn.db');
    const bytes = readFileSync(file);
    bytes.fill(0x58, 4096, 3 * 4096);
    writeFileSync(file, bytes);
    const [code, line] = await fail({ JAQYN_DATA_DIR: folder });
    expect(code).toBe(1);
    expect(line).toMatch(/^database\.corrupt: The database file is damaged/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('the database is from a newer version, and stays as it was', async () => {
    const { folder } = await createDataFolder();
    const file = path.join(folder, 'jaqyn.db');
    const database = new Sqlite(file);
    const [table] = database
      .prepare("select name from sqlite_schema where type = 'table' and name like '%migration%'")
      .pluck()
      .all() as string[];
    const columns = database.pragma(`table_info(${table})`) as { name: string; type: string }[];
    const values = columns.map(({ type }) => (/int|num/i.test(type) ? '9999999999999' : "'9999_from_tomorrow'"));
    database.exec(`insert into ${table} values (${values.join(', ')})`);
    database.close();
    const bytes = readFileSync(file);
    const [code, line] = await fail({ JAQYN_DATA_DIR: folder });
    expect(code).toBe(1);
    expect(line).toMatch(/^database\.newer: The database was made by a newer version/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });
});

describe('a stop', () => {
  test('by SIGTERM or SIGINT ends cleanly, and the next start finds everything', async () => {
    const { folder, user } = await createDataFolder();
    const first = startServer({ JAQYN_DATA_DIR: folder });
    const url = await first.ready;
    const cookie = await signIn(url, user.login);
    const language = await fetch(`${url}/api/session/language`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ language: 'ru' }),
    });
    expect(language.status).toBe(200);
    first.child.kill('SIGTERM');
    expect([await first.ended, first.stderr()]).toEqual([0, '']);

    const second = startServer({ JAQYN_DATA_DIR: folder });
    const session = await fetch(`${await second.ready}/api/session`, { headers: { cookie } });
    expect(await session.json()).toMatchObject({ login: user.login, language: 'ru' });
    second.child.kill('SIGINT');
    expect([await second.ended, second.stderr()]).toEqual([0, '']);
  });

  test('does not wait for browsers that keep their connection open', async () => {
    const { folder } = await createDataFolder();
    const server = startServer({ JAQYN_DATA_DIR: folder });
    const url = await server.ready;
    const idle = connect(Number(new URL(url).port), '127.0.0.1');
    onTestFinished(() => void idle.destroy());
    idle.on('error', () => undefined);
    await new Promise((resolve) => idle.once('connect', resolve));
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    server.child.kill('SIGTERM');
    // The process ends itself with 1 when closing takes too long.
    expect(await server.ended).toBe(0);
  });

  test('nothing that was acknowledged is lost by a kill', async () => {
    const { folder, user } = await createDataFolder();
    const first = startServer({ JAQYN_DATA_DIR: folder });
    const cookie = await signIn(await first.ready, user.login);
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    const second = startServer({ JAQYN_DATA_DIR: folder });
    const session = await fetch(`${await second.ready}/api/session`, { headers: { cookie } });
    expect(session.status).toBe(200);
  });
});

test('a first start makes the folder, for its own user only', async () => {
  const folder = path.join(createTestFolder(), 'a', 'b');
  const server = startServer({ JAQYN_DATA_DIR: folder });
  const health = await (await fetch(`${await server.ready}/api/health`)).json();
  expect(health).toMatchObject({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    workers: { running: 1, wanted: 1 },
    database: 'ok',
    isDemo: false,
  });
  expect((statSync(folder).mode & 0o777).toString(8)).toBe('700');
});

describe('bytes that are no HTTP', () => {
  test('are answered with a problem, and the server goes on', async () => {
    const server = startServer({ JAQYN_DATA_DIR: createTestFolder() });
    const url = await server.ready;
    for (const [bytes, status, code] of BROKEN) {
      const { head, problem } = await send(Number(new URL(url).port), bytes);
      expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status}\r\ncontent-type: application/problem\\+json\r\n`));
      expect(problem).toMatchObject({ code, type: `urn:jaqyn:problem:${code}` });
    }
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    expect(server.stderr()).toBe('');
  });

  const BROKEN: [string | Buffer, string, string][] = [
    [Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x0a]), '400 Bad Request', 'request.invalid'],
    ['GET /api/health HTTP/9.9\r\n\r\n', '400 Bad Request', 'request.invalid'],
    // Requests that two servers in a row would read differently.
    [
      'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      '400 Bad Request',
      'request.invalid',
    ],
    [
      'POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '400 Bad Request',
      'request.invalid',
    ],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, '413 Payload Too Large', 'request.too_large'],
  ];

  async function send(port: number, bytes: string | Buffer) {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(bytes);
    await closed;
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    return { head: `${head}\r\n`, problem: JSON.parse(body) as unknown };
  }
});
