// The process whose writes are recorded. Arguments: folder of the database, name of the fault or `none`, how many
// messages. It notes each acknowledgement in bench.db-acks and ends without closing anything.
import { openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { faults } from '../store/faults.ts';
import { Side } from '../store/side.ts';

/** As in a busy minute: groups of several, and of one. */
const WRITERS = 6;

const [folder = '', faultName = '', messages = ''] = process.argv.slice(2);
const fault = faults.find(({ name }) => name === faultName);
if (fault === undefined && faultName !== 'none') throw new Error(`there is no fault ${faultName}`);

const side = Side.open(folder, fault?.options);
const acknowledgements = openSync(path.join(folder, 'bench.db-acks'), 'a');
await side.send({
  writers: WRITERS,
  messages: Number(messages),
  onAcknowledged: (id) => writeSync(acknowledgements, `${id}\n`),
});
process.kill(process.pid, 'SIGKILL');
