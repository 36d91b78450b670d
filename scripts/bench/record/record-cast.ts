import { createHash, randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { newId } from '../../../server/src/kernel/ids.ts';
import { hashPassword } from '../../../server/src/modules/auth/password.ts';
import { toInstant } from '../../../shared/src/kernel/time.ts';
import type { Random } from '../../seed/random.ts';
import { Rows } from '../schedule/rows.ts';

export const PASSWORD = 'Bench-record-2026';

/** Somebody signed in, as a browser is. */
export interface Member {
  readonly cookie: string;
}
interface Feldsher extends Member {
  /** Adults: a child needs somebody who answers for them. */
  readonly patients: readonly string[];
}
export interface Draft {
  readonly requestId: string;
  readonly author: Member;
  version: number;
  readonly content: Record<string, unknown>;
}

export interface Cast {
  readonly feldshers: readonly Feldsher[];
  readonly coordinators: readonly Member[];
  readonly specialists: readonly Member[];
  /** To be saved again and again, and to be signed. */
  readonly drafts: readonly Draft[];
  readonly toSign: readonly Draft[];
  readonly patients: readonly { id: string; search_key: string; iin: string | null; birth_date: string }[];
  readonly requests: readonly string[];
}

/** Who asks, signed in as signing in does it, and what they ask for: drawn from the whole country. */
export async function castMembers(database: Database, random: Random, size: number): Promise<Cast> {
  const rows = new Rows(database);
  const passwordHash = await hashPassword(PASSWORD);
  const signIn = (userId: string): Member => {
    const token = randomBytes(32).toString('base64url');
    const now = Date.now();
    rows.insert('session', {
      id: newId<string>(),
      token_hash: createHash('sha256').update(token).digest('hex'),
      user_id: userId,
      created_at: toInstant(new Date(now)),
      expires_at: toInstant(new Date(now + 12 * 3_600_000)),
      ended_at: null,
    });
    return { cookie: `jaqyn=${token}` };
  };
  database.exec('BEGIN');
  const users = (role: string) =>
    random
      .shuffle(
        database
          .prepare<[string], { id: string; station_id: string }>('SELECT id, station_id FROM user WHERE role = ?')
          .all(role),
      )
      .slice(0, size);
  const ofStation = database
    .prepare<[string], string>("SELECT id FROM patient WHERE station_id = ? AND birth_date < '2005' LIMIT 400")
    .pluck();
  const feldshers = users('feldsher').map((user) => ({ ...signIn(user.id), patients: ofStation.all(user.station_id) }));
  const coordinators = users('coordinator').flatMap((user) => Array.from({ length: 8 }, () => signIn(user.id)));
  const specialists = users('specialist').map((user) => signIn(user.id));
  const found = random.shuffle(
    database
      .prepare<[], { request_id: string; author_id: string; version: number; content: string }>(
        `SELECT c.request_id, c.author_id, c.version, c.content FROM composition c
         JOIN service_request r ON r.id = c.request_id AND r.status IN ('conclusion_draft', 'awaiting_signature')
         WHERE c.status = 'preliminary' AND c.edition = 1 AND json_extract(c.content, '$.diagnosis.code') <> 'G43.9'`,
      )
      .all(),
  );
  const authors = new Map<string, Member>();
  const drafts = found.slice(0, 4 * size).map(({ request_id, author_id, version, content }): Draft => {
    const author = authors.get(author_id) ?? signIn(author_id);
    authors.set(author_id, author);
    database.prepare('UPDATE user SET password_hash = ? WHERE id = ?').run(passwordHash, author_id);
    return { requestId: request_id, author, version, content: JSON.parse(content) as Draft['content'] };
  });
  // By the key of the table: a page here and there of a million rows, not all of them.
  const page = <T>(table: string, columns: string): T[] => {
    const most = database.prepare<[], number>(`SELECT max(rowid) FROM ${table}`).pluck().get() ?? 0;
    const at = database.prepare<[number], T>(`SELECT ${columns} FROM ${table} WHERE rowid >= ? LIMIT 1`);
    return Array.from({ length: 60 * size }, () => at.get(random.int(1, most))).filter((row) => row !== undefined);
  };
  const patients = page<Cast['patients'][number]>('patient', 'id, search_key, iin, birth_date');
  const requests = page<{ id: string }>('service_request', 'id').map(({ id }) => id);
  database.exec('COMMIT');
  return {
    feldshers,
    coordinators,
    specialists,
    drafts: drafts.slice(0, 2 * size),
    toSign: drafts.slice(2 * size),
    patients,
    requests,
  };
}
