import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/src/db/open-database.ts';
import { createTestFolder } from '../../server/test/template-database.ts';
import { change, query } from './test-support.ts';

function seed(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...process.env, JAQYN_DATA_DIR: folder },
    encoding: 'utf8',
  });
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

describe('node scripts/seed/main.ts', () => {
  // Seventy-six passwords are hashed for real.
  it('makes the database, and the second time says that it is there', () => {
    const folder = createTestFolder();
    expect(seed(folder)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^added 30 stations, .*300 patients/),
    });
    const [user] = query<{ hash: string }>(
      path.join(folder, 'jaqyn.db'),
      'SELECT password_hash AS hash FROM user LIMIT 1',
    );
    expect(user?.hash).toMatch(/^\$argon2id\$/);
    expect(seed(folder)).toEqual({ status: 0, stdout: 'there already', stderr: '' });
    // The record is told by the server itself: cases in each state, with files and signatures that hold.
    const file = path.join(folder, 'jaqyn.db');
    const states = query<{ status: string }>(file, 'SELECT DISTINCT status FROM service_request WHERE is_written = 1');
    for (const status of ['in_triage', 'info_requested', 'redirected', 'async_assigned']) {
      expect(states).toContainEqual({ status });
    }
    expect(query(file, "SELECT id FROM attachment WHERE status = 'stored'").length).toBeGreaterThanOrEqual(5);
    expect(query(file, 'SELECT 1 FROM document_signature').length).toBe(3);
    expect(query(file, 'SELECT 1 FROM link_sample').length).toBeGreaterThan(1000);
  }, 180_000);

  it('refuses a database with real data in plain words, or leaves it alone when told so', async () => {
    const folder = createTestFolder();
    const file = path.join(folder, 'jaqyn.db');
    await (await openDatabase({ path: file })).close();
    change(
      file,
      `INSERT INTO user (id, login, display_name, password_hash, role, is_demo, created_at)
       VALUES ('u1', 'doctor', 'Дәрігер', 'x', 'admin', 0, '2026-01-01T00:00:00.000Z')`,
    );
    const refused = seed(folder);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('seed.refused: The database holds real data');
    expect(refused.stderr).toContain('users: 1');
    expect(seed(folder, '--leave-real')).toMatchObject({ status: 0, stdout: 'real data is here, left as it is' });
    expect(query(file, 'SELECT id FROM patient')).toEqual([]);
  });

  it.each([
    ['a day that is none', '2026-02-30', 'wants a day such as'],
    ['a day to come', '2999-01-01', 'has not come yet'],
  ])('takes no %s', (_what, day, words) => {
    expect(seed(createTestFolder(), '--today', day)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(words),
    });
  });
});
