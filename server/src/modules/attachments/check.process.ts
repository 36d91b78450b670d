/**
 * Reads one file that came from outside, in a process of its own: whatever it does to a decoder, it does it to nobody else. Called with the
 * file and the folder to write to; says `ready` and then one line of JSON (CheckOutcome).
 */
import { open } from 'node:fs/promises';
import { type CheckOutcome, Refusal } from './checked-file.ts';

async function check(file: string, folder: string): Promise<CheckOutcome> {
  try {
    if (await isPdf(file)) {
      const { checkPdf } = await import('./check-pdf.ts');
      sayReady();
      return { kind: 'made', ...(await checkPdf(file, folder)) };
    }
    const { checkImage } = await import('./check-image.ts');
    sayReady();
    return { kind: 'made', pages: 1, renditions: await checkImage(file, folder) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', problem: error.problem };
    throw error;
  }
}

/** Everything is there to read it with: what goes wrong from here on is the file's fault, not the installation's. */
function sayReady(): void {
  process.stdout.write('ready\n');
}

/** From its first byte on: a PDF inside something else is not one. */
async function isPdf(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(5), 0, 5, 0);
    return bytesRead === 5 && buffer.toString('latin1') === '%PDF-';
  } finally {
    await handle.close();
  }
}

const [file = '', folder = ''] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await check(file, folder))}\n`);
