// A process of its own, so that what it took is not counted as the server's memory. Arguments: database file, seed, scale as JSON.
import { statSync } from 'node:fs';
import { openWriter } from '../../../server/src/db/client.ts';
import { openDatabase } from '../../../server/src/db/open-database.ts';
import { systemClock } from '../../../server/src/kernel/clock.ts';
import { ConsultTextService } from '../../../server/src/modules/consultations/consult-text.service.ts';
import { buildRecordWorld, type RecordScale } from './record-world.ts';

const TEXTS_AT_ONCE = 10_000;

const [file = '', seed = '1', scale = ''] = process.argv.slice(2);
const startedAt = performance.now();
await (await openDatabase({ path: file })).close();
const writer = openWriter(file);
writer.pragma('journal_mode = DELETE');
writer.pragma('journal_mode = OFF');
writer.pragma('cache_size = -1500000');
buildRecordWorld(writer, JSON.parse(scale) as RecordScale, new Date(), Number(seed));
writer.pragma('journal_mode = WAL');
writer.close();
// Left to the server, a fifth of its time would go into this beside what is measured.
const store = await openDatabase({ path: file });
const texts = new ConsultTextService({ store, clock: systemClock });
while (await texts.indexDue(TEXTS_AT_ONCE));
await store.close();
const result = { megabytes: statSync(file).size / 2 ** 20, seconds: (performance.now() - startedAt) / 1000 };
process.stdout.write(`${JSON.stringify(result)}\n`);
