import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Scripted } from './scripted.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds wrong with the page as it is now, one line each: the rule, and where. Empty when nothing is. The product has no
 * frames, so axe runs in the page itself, and it describes only what it found wrong: a week of the board takes 1.5 s in place of 10.
 */
export async function axeViolations(page: Scripted): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    // A colour on its way to another is neither of the two, and may set out while axe looks: none does now, and those on their way arrive.
    const still = new CSSStyleSheet();
    still.replaceSync('*, ::before, ::after { transition: none !important; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
    try {
      const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run({
        runOnly: tags,
        resultTypes: ['violations'],
        preload: false,
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
    }
  }, TAGS);
}
