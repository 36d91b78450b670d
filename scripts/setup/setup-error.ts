/**
 * A step that cannot work, told so that a person can go on: what is wrong, what to type, and where the
 * whole output is.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  /** Commands to type, in order; empty where there is nothing to type. */
  readonly commands: readonly string[];
  /** Absolute path of the log with everything the failed command said. */
  readonly logFile: string | undefined;

  constructor(message: string, details: { commands?: readonly string[]; logFile?: string; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.commands = details.commands ?? [];
    this.logFile = details.logFile;
  }
}
