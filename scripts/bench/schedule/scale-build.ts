// A process of its own, so that what it took is not counted as the server's memory. Arguments: database file, seed, scale as JSON.
import { openWriter } from '../../../server/src/db/client.ts';
import { openDatabase } from '../../../server/src/db/open-database.ts';
import { buildScaleWorld, type Scale } from './scale-world.ts';

const [file = '', seed = '1', scale = ''] = process.argv.slice(2);
const startedAt = performance.now();
const store = await openDatabase({ path: file });
await store.close();
const writer = openWriter(file);
writer.pragma('journal_mode = DELETE');
writer.pragma('journal_mode = OFF');
writer.pragma('cache_size = -400000');
const appointments = buildScaleWorld(writer, JSON.parse(scale) as Scale, Number(seed));
writer.pragma('journal_mode = WAL');
writer.close();
const result = { appointments, seconds: (performance.now() - startedAt) / 1000 };
process.stdout.write(`${JSON.stringify(result)}\n`);
