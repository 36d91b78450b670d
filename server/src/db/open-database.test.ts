import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runModule } from '../../test/run-module.ts';
import { createTestFolder } from '../../test/template-database.ts';
import { checkDatabase } from './check-database.ts';
import { listMigrations, migrationsFolder } from './migrations.ts';
import { type OpenOptions, openDatabase } from './open-database.ts';

const allNames = listMigrations().map((migration) => migration.name);

/** Opens and closes; gives back the migrations that were applied. */
async function openOnce(options: OpenOptions): Promise<readonly string[]> {
  let applied: readonly string[] = [];
  const store = await openDatabase({ ...options, onMigrated: (names) => void (applied = names) });
  await store.close();
  return applied;
}

/** Runs `change` on a raw connection, as another program or an operator would. */
function withRaw<T>(file: string, change: (database: Sqlite.Database) => T): T {
  const raw = new Sqlite(file);
  try {
    return change(raw);
  } finally {
    raw.close();
  }
}

function fingerprint(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter((name) => !name.endsWith('-shm'));
  return Object.fromEntries(
    files
      .map((name) => [name, readFileSync(path.join(folder, name))] as const)
      // An empty log is what looking leaves behind.
      .filter(([name, bytes]) => !(name.endsWith('-wal') && bytes.length === 0))
      .map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
  );
}

/** A migrations folder of the test's own. */
function createMigrations(files: Record<string, string>): string {
  const folder = createTestFolder();
  mkdirSync(path.join(folder, 'meta'));
  const entries = Object.keys(files).map((tag, idx) => ({ idx, tag }));
  writeFileSync(path.join(folder, 'meta', '_journal.json'), JSON.stringify({ entries }));
  for (const [name, sql] of Object.entries(files)) writeFileSync(path.join(folder, `${name}.sql`), sql);
  return folder;
}

describe('a new database', () => {
  it('is made with its folder, for nobody else to read, and migrated once', async () => {
    const file = path.join(createTestFolder(), 'deep', 'data', 'jaqyn.db');
    expect(await openOnce({ path: file })).toEqual(allNames);
    expect(await openOnce({ path: file })).toEqual([]);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    withRaw(file, (raw) => {
      const rows = raw.prepare('SELECT name FROM applied_migration ORDER BY rowid').pluck().all();
      expect(rows).toEqual(allNames);
      expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    });
  });

  it('keeps foreign keys once it is open', async () => {
    const create = 'CREATE TABLE parent (id TEXT PRIMARY KEY); CREATE TABLE child (p TEXT REFERENCES parent (id))';
    const file = path.join(createTestFolder(), 'jaqyn.db');
    const store = await openDatabase({ path: file, migrationsFolder: createMigrations({ '0000_create': create }) });
    onTestFinished(() => store.close());
    const orphan = store.transaction(async (tx) => void (await tx.run(sql`insert into child values ('nobody')`)));
    await expect(orphan).rejects.toHaveProperty('code', 'SQLITE_CONSTRAINT_FOREIGNKEY');
  });

  it('is migrated by one of several processes that start at once; the others wait for it', async () => {
    const file = path.join(createTestFolder(), 'jaqyn.db');
    const code = `
      import { openDatabase } from ${JSON.stringify(new URL('./open-database.ts', import.meta.url).href)};
      let names;
      const store = await openDatabase({ path: ${JSON.stringify(file)}, onMigrated: (applied) => { names = applied; } });
      await store.close();
      console.log(JSON.stringify(names));`;
    const answers = await Promise.all([runModule(code), runModule(code), runModule(code)]);
    expect(answers.map((answer) => answer.stderr)).toEqual(['', '', '']);
    const applied = answers.map((answer) => JSON.parse(answer.stdout) as string[]);
    expect(applied.filter((names) => names.length > 0)).toEqual([allNames]);
  });
});

describe('a database that is not ours to touch', () => {
  async function expectRefused(file: string, code: string, folder?: string): Promise<void> {
    const before = fingerprint(path.dirname(file));
    const opening = openDatabase({ path: file, migrationsFolder: folder, lockWaitMs: 100 });
    await expect(opening).rejects.toMatchObject({ name: 'StoreError', code, message: expect.stringContaining(file) });
    expect(fingerprint(path.dirname(file))).toEqual(before);
  }

  async function createDatabase(): Promise<string> {
    const file = path.join(createTestFolder(), 'jaqyn.db');
    await openOnce({ path: file });
    withRaw(file, (raw) => {
      raw.exec('CREATE TABLE filler (body TEXT)');
      const insert = raw.prepare('INSERT INTO filler VALUES (?)');
      for (let n = 0; n < 500; n++) insert.run('x'.repeat(500));
    });
    return file;
  }

  it('is not a database at all', async () => {
    const file = path.join(createTestFolder(), 'jaqyn.db');
    writeFileSync(file, 'Patients of March, please do not delete\n'.repeat(200));
    await expectRefused(file, 'database.corrupt');
  });

  it("is another program's", async () => {
    const file = path.join(createTestFolder(), 'jaqyn.db');
    withRaw(file, (raw) => raw.exec('CREATE TABLE bookmarks (url TEXT)'));
    await expectRefused(file, 'database.corrupt');
  });

  it('has a damaged page', async () => {
    const file = await createDatabase();
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, statSync(file).size - 20 * 4096);
    closeSync(handle);
    await expectRefused(file, 'database.corrupt');
  });

  it('has lost its end', async () => {
    const file = await createDatabase();
    truncateSync(file, statSync(file).size - 30 * 4096);
    await expectRefused(file, 'database.corrupt');
  });

  it('is damaged with writes still in the log', async () => {
    const file = await createDatabase();
    // A process that ended without closing: its log is still there.
    await runModule(`
      import Sqlite from ${JSON.stringify(import.meta.resolve('better-sqlite3'))};
      const raw = new Sqlite(${JSON.stringify(file)});
      raw.exec("INSERT INTO filler VALUES ('last words')");
      process.kill(process.pid, 'SIGKILL');`);
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, statSync(file).size - 20 * 4096);
    closeSync(handle);
    await expectRefused(file, 'database.corrupt');
  });

  it('was migrated by a newer version', async () => {
    const file = await createDatabase();
    withRaw(file, (raw) =>
      raw.exec("INSERT INTO applied_migration VALUES ('9999_from_the_future', 'x', '2030-01-01T00:00:00.000Z')"),
    );
    await expectRefused(file, 'database.newer');
  });

  it('was migrated by another wording of a migration', async () => {
    const file = await createDatabase();
    withRaw(file, (raw) =>
      raw.exec("UPDATE applied_migration SET hash = 'x' WHERE name = (SELECT min(name) FROM applied_migration)"),
    );
    await expectRefused(file, 'database.newer');
  });

  it('is kept locked by another process', async () => {
    const file = await createDatabase();
    const other = new Sqlite(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    await expect(openDatabase({ path: file, lockWaitMs: 100 })).rejects.toHaveProperty('code', 'store.busy');
    other.exec('ROLLBACK');
    expect(await openOnce({ path: file })).toEqual([]);
  });

  it('cannot be brought to this version: nothing of the migrations is kept', async () => {
    const file = path.join(createTestFolder(), 'jaqyn.db');
    const folder = createMigrations({ '0000_create_one': 'CREATE TABLE one (id TEXT PRIMARY KEY)' });
    await openOnce({ path: file, migrationsFolder: folder });
    const broken = createMigrations({
      '0000_create_one': 'CREATE TABLE one (id TEXT PRIMARY KEY)',
      '0001_create_two': 'CREATE TABLE two (id TEXT)',
      '0002_break': 'CREATE TABLE one (id TEXT)',
    });
    const before = fingerprint(path.dirname(file));
    await expect(openDatabase({ path: file, migrationsFolder: broken })).rejects.toThrow('migration 0002_break failed');
    expect(fingerprint(path.dirname(file))).toEqual(before);
    expect(await openOnce({ path: file, migrationsFolder: folder })).toEqual([]);
  });
});

describe('a large database', () => {
  const quickly = { fullCheckBytes: 0 };

  async function createLarge(): Promise<string> {
    const file = path.join(createTestFolder(), 'jaqyn.db');
    await openOnce({ path: file });
    withRaw(file, (raw) => {
      raw.exec('CREATE TABLE filler (body TEXT)');
      const insert = raw.prepare('INSERT INTO filler VALUES (?)');
      for (let n = 0; n < 500; n++) insert.run('x'.repeat(500));
    });
    return file;
  }

  function damage(file: string, page: number): void {
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096);
    closeSync(handle);
  }

  it('opens without being read through; what is sound is found sound beside the work', async () => {
    const file = await createLarge();
    const store = await openDatabase({ path: file, ...quickly });
    onTestFinished(() => store.close());
    const writing = store.transaction(async (tx) => void (await tx.run(sql`insert into filler values ('meanwhile')`)));
    expect(await checkDatabase(file)).toEqual({ kind: 'sound' });
    await writing;
  });

  it('with a damaged page somewhere opens, and reading it through finds the page and names the table', async () => {
    const file = await createLarge();
    damage(file, statSync(file).size / 4096 - 20);
    await expect(openOnce({ path: file })).rejects.toHaveProperty('code', 'database.corrupt');
    await openOnce({ path: file, ...quickly });
    expect(await checkDatabase(file)).toMatchObject({ kind: 'damaged', says: expect.stringContaining('filler') });
  });

  it.each([
    ['has lost its end', (file: string) => truncateSync(file, statSync(file).size - 30 * 4096)],
    ['has lost the beginning of a table', (file: string) => damage(file, rootOf(file, 'service_request') - 1)],
    ['has lost its schema', (file: string) => damage(file, 0)],
  ])('that %s does not open', async (_, hurt) => {
    const file = await createLarge();
    hurt(file);
    await expect(openOnce({ path: file, ...quickly })).rejects.toHaveProperty('code', 'database.corrupt');
  });

  it('that cannot be looked at is not called sound, and a look can be ended', async () => {
    await expect(checkDatabase(path.join(createTestFolder(), 'nowhere.db'))).rejects.toThrow('unable to open');
    const stop = new AbortController();
    const looking = checkDatabase(await createLarge(), stop.signal);
    stop.abort();
    await expect(looking).rejects.toHaveProperty('name', 'AbortError');
  });

  function rootOf(file: string, table: string): number {
    return withRaw(
      file,
      (raw) => raw.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number,
    );
  }
});

describe('a place that cannot be written', () => {
  it.each([
    [
      'the folder is a file',
      (folder: string) => (writeFileSync(path.join(folder, 'data'), ''), path.join(folder, 'data', 'jaqyn.db')),
    ],
    [
      'the file is a folder',
      (folder: string) => (mkdirSync(path.join(folder, 'jaqyn.db')), path.join(folder, 'jaqyn.db')),
    ],
    ['the disk is a fake one', () => '/proc/jaqyn.db'],
    ['the folder cannot be made', () => '/proc/nowhere/deeper/jaqyn.db'],
  ])('is told as such: %s', async (_, prepare) => {
    const file = prepare(createTestFolder());
    await expect(openDatabase({ path: file })).rejects.toMatchObject({ code: 'database.unwritable' });
  });

  it.each(['folder', 'file'])('is told as such: no permission for the %s', async (what) => {
    const folder = createTestFolder();
    const file = path.join(folder, 'jaqyn.db');
    if (what === 'file') await openOnce({ path: file });
    chmodSync(what === 'file' ? file : folder, what === 'file' ? 0o444 : 0o555);
    if (what === 'file') chmodSync(folder, 0o755);
    // Permissions do not stop root, so root's test asks as nobody.
    const answer = await runModule(
      `if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
      const { openDatabase } = await import(${JSON.stringify(new URL('./open-database.ts', import.meta.url).href)});
      try { await openDatabase({ path: ${JSON.stringify(file)} }); console.log('opened'); }
      catch (error) { console.log(error.code); }`,
    );
    chmodSync(folder, 0o755);
    expect(answer).toEqual({ stdout: 'database.unwritable\n', stderr: '' });
  });
});

describe('migrations', () => {
  it('rebuild a table without losing the children of its rows', async () => {
    const file = path.join(createTestFolder(), 'jaqyn.db');
    const first = {
      '0000_create': `CREATE TABLE parent (id TEXT PRIMARY KEY, old TEXT);--> statement-breakpoint
        CREATE TABLE child (id TEXT PRIMARY KEY, parent_id TEXT REFERENCES parent (id) ON DELETE CASCADE);`,
    };
    await openOnce({ path: file, migrationsFolder: createMigrations(first) });
    withRaw(file, (raw) => raw.exec("INSERT INTO parent VALUES ('p', 'x'); INSERT INTO child VALUES ('c', 'p')"));
    // As drizzle-kit writes it, with a PRAGMA that does nothing inside a transaction.
    const rebuild = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
      CREATE TABLE __new_parent (id TEXT PRIMARY KEY);--> statement-breakpoint
      INSERT INTO __new_parent SELECT id FROM parent;--> statement-breakpoint
      DROP TABLE parent;--> statement-breakpoint
      ALTER TABLE __new_parent RENAME TO parent;--> statement-breakpoint
      PRAGMA foreign_keys=ON;`;
    await openOnce({ path: file, migrationsFolder: createMigrations({ ...first, '0001_rebuild': rebuild }) });
    withRaw(file, (raw) => {
      expect(raw.prepare('SELECT id FROM child').pluck().all()).toEqual(['c']);
      expect(() => raw.exec("INSERT INTO child VALUES ('d', 'nobody')")).toThrow('FOREIGN KEY');
    });
  });

  it.each([
    ['leave orphans', "INSERT INTO child VALUES ('c', 'nobody')", 'rows of child point to rows of parent'],
    ['commit by themselves', 'CREATE TABLE extra (id TEXT); COMMIT', 'ended the transaction'],
  ])('are refused when they %s', async (_, sql, message) => {
    const file = path.join(createTestFolder(), 'jaqyn.db');
    const create =
      'CREATE TABLE parent (id TEXT PRIMARY KEY); CREATE TABLE child (id TEXT, p TEXT REFERENCES parent (id))';
    const folder = createMigrations({ '0000_create': create, '0001_bad': sql });
    await expect(openDatabase({ path: file, migrationsFolder: folder })).rejects.toThrow(message);
  });

  it('that came in by a merge, before ones already applied, are applied too', async () => {
    const file = path.join(createTestFolder(), 'jaqyn.db');
    const one = { '0000_one': 'CREATE TABLE one (id TEXT)' };
    const three = { '0002_three': 'CREATE TABLE three (id TEXT)' };
    await openOnce({ path: file, migrationsFolder: createMigrations({ ...one, ...three }) });
    const merged = createMigrations({ ...one, '0001_two': 'CREATE TABLE two (id TEXT)', ...three });
    expect(await openOnce({ path: file, migrationsFolder: merged })).toEqual(['0001_two']);
  });

  it('that lie about without being in the journal are noticed', () => {
    const folder = createMigrations({ '0000_one': 'SELECT 1' });
    writeFileSync(path.join(folder, '0001_forgotten.sql'), 'SELECT 1');
    expect(() => listMigrations(folder)).toThrow('0001_forgotten.sql');
    expect(listMigrations(migrationsFolder)).toHaveLength(allNames.length);
  });
});
