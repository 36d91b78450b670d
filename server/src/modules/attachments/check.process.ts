/**
 * Reads one file that came from outside, in a process of its own: whatever it does to a decoder, it does it to nobody else. Called with the
 * file and the folder to write to; says `ready` and then one line of JSON (CheckOutcome).
 */
import { open } from 'node:fs/promises';
import { type CheckOutcome, Refusal } from './checked-file.ts';

async function check(file: string, folder: string): Promise<CheckOutcome> {
  try {
    const start = await startOf(file);
    // WebP begins alike, and is a picture.
    if (start.startsWith('RIFF') && start.endsWith('WAVE')) {
      const { checkSound } = await import('./check-sound.ts');
      sayReady();
      return { kind: 'made', pages: 1, renditions: await checkSound(file, folder) };
    }
    if (start.startsWith('%PDF-')) {
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

/** Its first 12 bytes, from the first on: a PDF inside something else is not one. */
async function startOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(12), 0, 12, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

const [file = '', folder = ''] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await check(file, folder))}\n`);
