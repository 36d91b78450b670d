import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ErrorCode, errorCatalog } from '@jaqyn/shared/errors/error-catalog';
import { type App, createApp } from './app.ts';
import { loadConfig } from './config.ts';
import { openDatabase } from './db/open-database.ts';
import { systemClock } from './kernel/clock.ts';
import { DomainError } from './kernel/domain-error.ts';
import { createLogger } from './kernel/logger.ts';

const root = path.resolve(import.meta.dirname, '../..');
// How long a stop may take before the process goes anyway.
const CLOSE_MS = 10_000;

/** Why the system refuses to listen, and which setting it speaks of. */
const LISTEN_FAULTS: Readonly<Record<string, { code: ErrorCode; variable: 'PORT' | 'HOST' }>> = {
  EADDRINUSE: { code: 'server.port_in_use', variable: 'PORT' },
  EACCES: { code: 'server.config_invalid', variable: 'PORT' },
  EADDRNOTAVAIL: { code: 'server.config_invalid', variable: 'HOST' },
  ENOTFOUND: { code: 'server.config_invalid', variable: 'HOST' },
  EAI_AGAIN: { code: 'server.config_invalid', variable: 'HOST' },
  EINVAL: { code: 'server.config_invalid', variable: 'HOST' },
};

async function main(): Promise<void> {
  const config = loadConfig(process.env, root);
  const logger = createLogger(config.log);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const store = await openDatabase({
    path: config.databasePath,
    onMigrated: (names) => names.length > 0 && logger.info({ migrations: names }, 'database migrated'),
    onCheckpointFault: (fault) => logger.warn({ fault }, 'the log was not moved into the database beside the work'),
  });
  const app = await createApp({ config, store, clock: systemClock, logger, version });
  const port = await listen(app, config.host, config.port);
  app.origins.allowLoopback(port);
  logger.info({ port }, 'listening');
  process.stdout.write(`ready http://127.0.0.1:${port}\n`);
  process.send?.({ type: 'ready', port });

  let isClosing = false;
  async function close(): Promise<void> {
    if (isClosing) return;
    isClosing = true;
    setTimeout(() => process.exit(1), CLOSE_MS).unref();
    await app.close();
    await store.close();
    process.exit(0);
  }
  process.on('SIGTERM', () => void close());
  process.on('SIGINT', () => void close());
}

async function listen(app: App, host: string, port: number): Promise<number> {
  try {
    await app.http.listen({ host, port });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const fault = LISTEN_FAULTS[code];
    if (fault === undefined) throw error;
    const value = fault.variable === 'PORT' ? String(port) : host;
    throw new DomainError(fault.code, { fields: [{ path: fault.variable, code: value }], cause: error });
  }
  const address = app.http.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

main().catch((error: unknown) => {
  // The console is this program's screen: one line that says what is wrong, the code to look up, and no stack for what is expected.
  if (error instanceof DomainError) {
    const fields = (error.fields ?? []).map((field) => `${field.path}: ${field.code}`).join(', ');
    // SQLite tells of damage in several lines.
    const detail = error.message === error.code ? '' : ` (${error.message.replaceAll(/\s+/g, ' ')})`;
    process.stderr.write(`${error.code}: ${errorCatalog[error.code].title}${fields && ` — ${fields}`}${detail}\n`);
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  process.exit(1);
});
