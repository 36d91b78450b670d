import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CannotVerify, openDataFolder } from './data-folder.ts';
import { type Verdict, verifyFolder } from './verify-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** 0 when everything fits, 1 when something does not, 2 when it could not be looked at. */
async function main(args: string[]): Promise<0 | 1 | 2> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: 'string' },
        witness: { type: 'string' },
        'witness-key': { type: 'string' },
        json: { type: 'string' },
      },
    });
    const folder = path.resolve(root, values.data ?? process.env['JAQYN_DATA_DIR'] ?? 'data');
    const data = openDataFolder({
      folder,
      witnessFile: values.witness ?? process.env['JAQYN_WITNESS_FILE'],
      witnessKey: values['witness-key'],
    });
    try {
      const verdict = await verifyFolder(data);
      if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ folder, ...verdict }, null, 2)}\n`);
      tell(verdict);
      return verdict.isSound ? 0 : 1;
    } finally {
      data.close();
    }
  } catch (error) {
    const isPlain = error instanceof CannotVerify || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    console.error(isPlain ? `could not verify: ${(error as Error).message}` : error);
    return 2;
  }
}

function tell({ entries, root: head, checkpoints, counts, faults, notes, seconds }: Verdict): void {
  const perSecond = Math.round(entries / Math.max(seconds, 0.001));
  console.log(`log         ${entries} entries, root ${head}`);
  console.log(`witness     ${checkpoints} checkpoints`);
  console.log(`records     ${counts.requests} requests, ${counts.signedConclusions} signed conclusions`);
  console.log(`signatures  ${counts.signatures}, ${counts.files} files, evidence of ${counts.evidence}`);
  console.log(`speed       ${seconds.toFixed(2)} s, ${perSecond} entries a second`);
  for (const note of notes) console.log(`note        ${note}`);
  for (const { check, seq, says } of faults) {
    console.log(`BAD         ${check}${seq === null ? '' : `, entry ${seq}`}: ${says}`);
  }
  const [first] = faults;
  const where = first?.seq == null ? '' : `, first bad entry ${first.seq}`;
  console.log(first === undefined ? 'verified: everything fits' : `NOT verified${where}: ${first.says}`);
}

process.exitCode = await main(process.argv.slice(2));
