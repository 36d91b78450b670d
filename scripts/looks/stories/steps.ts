import type { Locator, Page } from 'playwright-core';
import type { ErrorCode } from '../../../shared/src/errors/error-catalog.ts';
import { toProblem } from '../../../shared/src/errors/problem.ts';
import { SIZES } from '../look.ts';

/** Presses the button of this name, the first of them. */
export function press(within: Page | Locator, name: string | RegExp): Promise<void> {
  return within
    .getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
    .first()
    .click();
}

/** Chooses one of a group that is drawn as cards or a row. */
export function choose(within: Page | Locator, name: string | RegExp): Promise<void> {
  return within.getByRole('radio', { name }).first().check({ force: true });
}

/** From now on this address answers with a refusal, however often it is asked; `lift` ends it. */
export async function refuse(
  page: Page,
  address: string | RegExp,
  code: ErrorCode,
  method = 'POST',
): Promise<{ lift(): Promise<void> }> {
  // As long as after five wrong passwords.
  const problem = toProblem(code, 'A1B2C3D4', code === 'request.rate_limited' ? { retryAfter: 240 } : {});
  await page.route(address, (route) =>
    route.request().method() === method ? route.fulfill({ status: problem.status, json: problem }) : route.fallback(),
  );
  return { lift: () => page.unroute(address) };
}

/** The dialog that is open. */
export function dialogOf(page: Page): Locator {
  return page.locator('dialog[open]').last();
}

/** Closes what is open by the key everybody knows. */
export async function escape(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').last().waitFor({ state: 'detached' });
}

/** On a telephone the specialist's page shows one of its parts: from now on this one. */
export async function onTelephone(page: Page, part: 'Card' | 'Conclusion'): Promise<void> {
  const wide = page.viewportSize() ?? SIZES.wide;
  await page.setViewportSize(SIZES.narrow);
  await press(page.getByRole('navigation', { name: 'Parts of the consultation' }), part);
  await page.setViewportSize(wide);
}
