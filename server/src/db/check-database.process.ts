import { openInspector } from './client.ts';
import { isDamaged } from './sqlite-errors.ts';

/**
 * Reads every page of the database named on the command line and prints `sound`, or `damaged` and what SQLite says. A process of its
 * own: minutes of reading on the server's only thread would be minutes in which nobody is answered.
 */
function check(file: string): string {
  const connection = openInspector(file);
  try {
    // Another process may just be changing the schema.
    connection.pragma('busy_timeout = 10000');
    const tables = connection
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
      .pluck()
      .all();
    // One table after the other, each in a read of its own: the log can be moved into the file between them.
    for (const name of tables) {
      const verdict = connection.pragma(`quick_check("${String(name).replaceAll('"', '""')}")`, { simple: true });
      if (verdict !== 'ok') return `damaged\n${String(name)}: ${String(verdict)}`;
    }
    return 'sound\n';
  } catch (error) {
    if (isDamaged(error)) return `damaged\n${error instanceof Error ? error.message : String(error)}`;
    throw error;
  } finally {
    connection.close();
  }
}

process.stdout.write(check(process.argv[2] ?? ''));
