import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { fillRequest, type RequestWords, requestIdOf } from './consult.ts';
import type { ProductServer } from './server.ts';

/** From the form to "how soon?"; answers the request's id. */
export async function planRequest(page: Page, words: RequestWords = {}): Promise<string> {
  await fillRequest(page, { urgency: /^Routine/, ...words });
  await page.getByRole('button', { name: 'Plan a time' }).click();
  await page.waitForURL(/\/requests\/[0-9a-f-]{36}\/plan/);
  return requestIdOf(page);
}

/** Chooses the first slot of the answer and waits until it is kept. */
export async function holdEarliest(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Choose: / })
    .first()
    .click();
  await page.getByRole('dialog').getByText('Kept for you').waitFor();
}

export async function bookHeld(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^(Book|Ask for this time)$/ }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Plans and books the earliest slot; stays on the page of the appointment. */
export async function bookEarliest(page: Page, words: RequestWords = {}): Promise<string> {
  const requestId = await planRequest(page, words);
  await holdEarliest(page);
  await bookHeld(page);
  await page.getByRole('heading', { name: 'The appointment' }).waitFor();
  return requestId;
}

/** Makes this computer's clock wrong by so many milliseconds, from the page's first script on; `setClock` changes it later. */
export async function breakClock(page: Page, byMs: number): Promise<void> {
  await page.addInitScript((ms) => {
    const right = Date.now.bind(Date);
    let shift = ms;
    Date.now = () => right() + shift;
    Object.assign(globalThis, {
      setClock: (next: number) => {
        shift = next;
      },
    });
  }, byMs);
}

export async function setClock(page: Page, byMs: number): Promise<void> {
  await page.evaluate((ms) => (globalThis as unknown as { setClock(ms: number): void }).setClock(ms), byMs);
}

/** What was given back has been offered to whoever waits, or is free for everybody: ten seconds after, when it can no longer be undone. */
export async function untilFreedAreOffered(server: ProductServer): Promise<void> {
  const database = new DatabaseSync(path.join(server.dataDir, 'jaqyn.db'), { readOnly: true });
  try {
    await expect.poll(() => database.prepare('SELECT count(*) AS count FROM freed_slot').get()?.['count']).toBe(0);
  } finally {
    database.close();
  }
}

/** The time of a request's appointment has come ten minutes ago: a test cannot wait until tomorrow, so the appointment comes to it. */
export function bringIntoThePast(server: ProductServer, requestId: string): void {
  const database = new DatabaseSync(path.join(server.dataDir, 'jaqyn.db'));
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    const at = (minutes: number) => new Date(Math.floor(Date.now() / 60_000) * 60_000 + minutes * 60_000).toISOString();
    database
      .prepare("UPDATE appointment SET starts_at = ?, ends_at = ? WHERE request_id = ? AND status = 'booked'")
      .run(at(-10), at(10), requestId);
  } finally {
    database.close();
  }
}
