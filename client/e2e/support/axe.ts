import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds wrong with the page as it is now, one line each: the rule, and where. Empty when nothing is. The product has no
 * frames, so axe runs in the page itself ("legacy"), and it describes only what it found wrong: a week of the board takes 1.5 s
 * in place of 10.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  // A colour on its way to another is neither of the two.
  await page.waitForFunction(() => !document.getAnimations().some((one) => one instanceof CSSTransition));
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], preload: false })
    .withTags(TAGS)
    .setLegacyMode(true)
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
