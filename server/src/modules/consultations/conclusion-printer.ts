import { Worker } from 'node:worker_threads';
import type { ConclusionDocument } from '@jaqyn/shared/consultations/conclusion-document';
import type { DocumentLanguage, SlipLanguage } from '@jaqyn/shared/signatures/signature.contract';
import { DomainError } from '../../kernel/domain-error.ts';
import type { PrintedSeal } from './conclusion-pdf.ts';

export type PrintJob =
  | {
      readonly kind: 'conclusion';
      readonly document: ConclusionDocument;
      readonly language: DocumentLanguage;
      readonly seal: PrintedSeal;
    }
  | {
      readonly kind: 'slip';
      readonly document: ConclusionDocument;
      readonly language: SlipLanguage;
      readonly seal: Pick<PrintedSeal, 'verificationUrl'>;
    };

export type PrintOutcome =
  | { readonly id: number; readonly pdf: Uint8Array }
  | { readonly id: number; readonly fault: string };

interface Waiting {
  resolve(pdf: Buffer): void;
  reject(error: Error): void;
}

// Setting a page takes some tenths of a second; a document that takes longer than this never ends.
const PRINT_MS = 60_000;

/** Prints in a thread of its own, so that no call stutters while pages are set. The thread starts with the first page. */
export class ConclusionPrinter {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #nextId = 0;
  #isClosed = false;

  static create(): ConclusionPrinter {
    return new ConclusionPrinter();
  }

  private constructor() {}

  /** The same bytes for the same job. Throws `server.draining` after `close()`. */
  print(job: PrintJob): Promise<Buffer> {
    if (this.#isClosed) return Promise.reject(new DomainError('server.draining', { retryAfter: 1 }));
    const worker = this.#start();
    this.#nextId += 1;
    const id = this.#nextId;
    return new Promise<Buffer>((resolve, reject) => {
      const timer = setTimeout(() => void worker.terminate(), PRINT_MS);
      const settle = () => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        if (this.#waiting.size === 0) worker.unref();
      };
      this.#waiting.set(id, {
        resolve: (pdf) => {
          settle();
          resolve(pdf);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      worker.ref();
      worker.postMessage({ id, job });
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL('./conclusion-printer.worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', (outcome: PrintOutcome) => {
      const waiting = this.#waiting.get(outcome.id);
      if ('pdf' in outcome) waiting?.resolve(Buffer.from(outcome.pdf));
      else waiting?.reject(new Error(outcome.fault));
    });
    let fault = new Error('The printing thread ended');
    worker.on('error', (error: unknown) => {
      fault = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', () => {
      this.#worker = undefined;
      for (const waiting of this.#waiting.values()) waiting.reject(fault);
    });
    this.#worker = worker;
    return worker;
  }
}
