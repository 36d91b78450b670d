import { createHash } from 'node:crypto';
import { ConsentLanguage } from '@jaqyn/shared/consents/consent';
import Sqlite, { type Database } from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openRaw } from '../../../test/raw-database.ts';
import { createTestStore } from '../../../test/template-database.ts';
import { applyMigrations, listMigrations } from '../../db/migrations.ts';

interface TextRow {
  readonly id: string;
  readonly language: string;
  readonly version: number;
  readonly text: string;
  readonly sha256: string;
}

const texts = (database: Database): TextRow[] =>
  database.prepare('select * from consent_text order by language, version').all() as TextRow[];

/** A database as it was before consent had a third language, with a version of a hospital's own. */
function migrateBefore(): { database: Database; rest: ReturnType<typeof listMigrations> } {
  const all = listMigrations();
  const cut = all.findIndex(({ name }) => name === '0029_add_english_consent');
  const database = new Sqlite(':memory:');
  database.pragma('foreign_keys = OFF');
  apply(database, all.slice(0, cut));
  database
    .prepare(
      `insert into consent_text (id, language, version, text, sha256, effective_from, created_at, created_by)
      values ('own', 'ru', 2, 'Свой текст', ?, '2026-02-01', '2026-02-01T00:00:00.000Z', null)`,
    )
    .run(sum('Свой текст'));
  return { database, rest: all.slice(cut) };
}

function apply(database: Database, migrations: ReturnType<typeof listMigrations>): void {
  database.exec('BEGIN');
  applyMigrations(database, migrations, '2026-11-22T00:00:00.000Z');
  database.exec('COMMIT');
}

const sum = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('texts of consent', () => {
  test('the product brings one along in each language it can be read in, each named by its own sum', async () => {
    const rows = texts(openRaw(await createTestStore()));
    expect(rows.map(({ language }) => language)).toEqual([...ConsentLanguage.options].sort());
    for (const { text, sha256 } of rows) expect(sha256).toBe(sum(text));
    // Said of each: no examination by hand, what is shown, that it is free, and the question at the end.
    expect(new Set(rows.map(({ text }) => text.split('\n\n').length))).toEqual(new Set([4]));
    for (const { text } of rows) expect(text).toMatch(/\?$/);
  });

  test('a third language leaves every older row as it was, and none of them can be changed afterwards', () => {
    const { database, rest } = migrateBefore();
    const before = texts(database);
    expect(before).toHaveLength(3);
    apply(database, rest);
    expect(texts(database).filter(({ language }) => language !== 'en')).toEqual(before);
    expect(() => database.prepare("update consent_text set text = 'x'").run()).toThrow('never changes');
    expect(() => database.prepare('delete from consent_text').run()).toThrow('never changes');
    // A version of a language is there once, and only languages that the product reads are taken.
    const add = database.prepare(
      `insert into consent_text select ?, ?, ?, text, sha256, effective_from, created_at, created_by from consent_text where id = 'own'`,
    );
    expect(() => add.run('twice', 'en', 1)).toThrow('UNIQUE');
    expect(() => add.run('german', 'de', 1)).toThrow('consent_text_language');
    expect(add.run('second', 'en', 2).changes).toBe(1);
    database.close();
  });
});
