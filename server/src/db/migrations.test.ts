import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { generateSQLiteDrizzleJson } from 'drizzle-kit/api';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyMigrations, listMigrations, migrationsFolder } from './migrations.ts';

const modules = path.join(import.meta.dirname, '..', 'modules');
let tables: Record<string, SQLiteTable>;

beforeAll(async () => {
  const files = globSync('**/*.table.ts', { cwd: modules });
  const exported = await Promise.all(files.map((file) => import(path.join(modules, file)) as Promise<object>));
  const named = exported.flatMap((module) => Object.entries(module)).filter(([, value]) => is(value, SQLiteTable));
  tables = Object.fromEntries(named);
});

function migrate(): Sqlite.Database {
  const database = new Sqlite(':memory:');
  database.pragma('foreign_keys = OFF');
  database.exec('BEGIN');
  applyMigrations(database, listMigrations(), '2026-01-01T00:00:00.000Z');
  database.exec('COMMIT');
  return database;
}

describe('tables and migrations', () => {
  it('agree: pnpm db:generate would have nothing to write', async () => {
    const snapshots = globSync('*_snapshot.json', { cwd: path.join(migrationsFolder, 'meta') }).sort();
    const latest = JSON.parse(readFileSync(path.join(migrationsFolder, 'meta', snapshots.at(-1) ?? ''), 'utf8'));
    const current = await generateSQLiteDrizzleJson(tables, latest.id, 'snake_case');
    expect({ tables: current.tables, views: current.views }).toEqual({ tables: latest.tables, views: latest.views });
  });

  it('agree: the migrated database has the columns the code asks for', () => {
    const database = migrate();
    expect(Object.keys(tables).length).toBeGreaterThan(0);
    for (const table of Object.values(tables)) {
      const real = database.pragma(`table_info(${getTableName(table)})`) as { name: string; notnull: number }[];
      const asked = Object.values(getTableColumns(table)).map((column) => ({
        name: column.name,
        notNull: column.notNull,
      }));
      expect(real.map((column) => ({ name: column.name, notNull: column.notnull === 1 })).sort(byName)).toEqual(
        asked.sort(byName),
      );
    }
  });

  it('agree: every trigger that was made and not dropped by name is there', () => {
    // Rebuilding a table drops its triggers without a word; whoever rebuilds makes them again.
    const alive = new Set<string>();
    for (const { sql } of listMigrations()) {
      for (const [, verb, name] of sql.matchAll(
        /\b(create|drop)\s+trigger\s+(?:if\s+(?:not\s+)?exists\s+)?[`"]?(\w+)/gi,
      )) {
        if (verb?.toLowerCase() === 'create') alive.add(name ?? '');
        else alive.delete(name ?? '');
      }
    }
    const real = migrate().prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").pluck().all();
    expect(real).toEqual([...alive].sort());
  });

  it('leave the transaction to the one who applies them', () => {
    for (const { name, sql } of listMigrations()) {
      const text = sql.replaceAll(/--.*$/gm, '').replaceAll(/create\s+trigger[\s\S]*?\bend\s*;/gi, '');
      expect([name, text.match(/(?:^|;)\s*(begin|commit|end|rollback|vacuum|attach)\b/i)]).toEqual([name, null]);
    }
  });
});

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
