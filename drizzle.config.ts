import { defineConfig } from 'drizzle-kit';

/**
 * `pnpm db:generate create_users` writes migrations/NNNN_create_users.sql from the difference between the tables and the
 * last snapshot; add `--custom` for an empty one (triggers, data). The server applies them itself: db/migrate.ts.
 */
export default defineConfig({
  dialect: 'sqlite',
  schema: './server/src/modules/**/*.table.ts',
  out: './migrations',
  casing: 'snake_case',
  migrations: { prefix: 'index' },
});
