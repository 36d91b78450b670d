import type { Page } from 'playwright-core';

/** A media server under measurement: a process that forwards between two pages of a room. */
export interface Sfu {
  /** The process that forwards. */
  readonly pid: number;
  /** Both pages send and receive when it resolves. */
  connect(room: string, pages: readonly [Page, Page]): Promise<void>;
  close(): Promise<void>;
}
