import { parentPort } from 'node:worker_threads';
import { lowerThisThread } from '../../kernel/thread-priority.ts';
import { printConclusion } from './conclusion-pdf.ts';
import type { PrintJob, PrintOutcome } from './conclusion-printer.ts';
import { printSlip } from './conclusion-slip.ts';

// On two cores a page that is being set made everybody's lists wait for a core.
lowerThisThread();

parentPort?.on('message', ({ id, job }: { id: number; job: PrintJob }) => {
  const printing =
    job.kind === 'conclusion'
      ? printConclusion(job.document, job.language, job.seal)
      : printSlip(job.document, job.language, job.seal);
  printing.then(
    (pdf) => answer({ id, pdf }),
    (error: unknown) => answer({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});

function answer(outcome: PrintOutcome): void {
  parentPort?.postMessage(outcome);
}
