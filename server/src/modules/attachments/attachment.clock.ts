import type { Logger } from '../../kernel/logger.ts';
import type { FileChecker } from './file-checker.ts';
import type { UploadService } from './upload.service.ts';

const TICK_MS = 2000;
/** Ticks between two times of tidying up. */
const TIDY_EVERY = 30;

type Uploads = Pick<UploadService, 'checkNext' | 'tidy' | 'onComplete'>;

/** Checks what has arrived, one file after another, and gives up what never does. All of it is in the database: a restart goes on. */
export class AttachmentClock {
  readonly #uploads: Uploads;
  readonly #checker: Pick<FileChecker, 'close'>;
  readonly #logger: Pick<Logger, 'error'>;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #isWoken = false;
  #isClosed = false;
  #ticks = 0;

  private constructor({ uploads, checker, logger }: Dependencies) {
    this.#uploads = uploads;
    this.#checker = checker;
    this.#logger = logger;
    this.#timer = setInterval(() => this.#wake(), TICK_MS);
    uploads.onComplete(() => this.#wake());
    this.#wake();
  }

  static start(dependencies: Dependencies): AttachmentClock {
    return new AttachmentClock(dependencies);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#checker.close();
    await this.#running;
  }

  #wake(): void {
    this.#isWoken = true;
    this.#running ??= this.#run()
      .catch((error: unknown) => {
        if (!this.#isClosed) this.#logger.error({ err: error }, 'files could not be checked');
      })
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #run(): Promise<void> {
    if (this.#ticks % TIDY_EVERY === 0) await this.#uploads.tidy();
    this.#ticks += 1;
    while (this.#isWoken && !this.#isClosed) {
      this.#isWoken = false;
      while (!this.#isClosed && (await this.#uploads.checkNext()));
    }
  }
}

interface Dependencies {
  readonly uploads: Uploads;
  readonly checker: Pick<FileChecker, 'close'>;
  readonly logger: Pick<Logger, 'error'>;
}
