import type { Page } from 'playwright-core';
import { axeViolations } from '../../client/e2e/support/axe.ts';
import type { Scripted } from '../../client/e2e/support/scripted.ts';
import { readTexts } from '../../client/e2e/support/texts.ts';
import type { Language } from './look.ts';

/** What a machine sees wrong with the page as it is, one line each. */
export async function pageFaults(page: Scripted, language: Language): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const english = language === 'en' ? [] : await readTexts(page, language);
  return [
    ...(wide > 0 ? [`${wide} px too wide`] : []),
    ...english.map((text) => `not translated: “${text}”`),
    ...(await cutTexts(page)).map((text) => `cut: “${text}”`),
    ...(await axeViolations(page)),
  ];
}

/** Texts that do not fit their box and of which no tip says the rest. */
function cutTexts(page: Scripted): Promise<string[]> {
  return page.evaluate(() => {
    const cut: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      // One that only a screen reader reads is a pixel wide.
      if (!hasText || element.clientWidth < 2 || element.closest('[title]') !== null) continue;
      if (getComputedStyle(element).overflowX === 'visible') continue;
      if (element.scrollWidth > element.clientWidth + 1) cut.push((element.textContent ?? '').trim().slice(0, 60));
    }
    return cut;
  });
}

/** Tab presses on one page; a very full list has more, and is walked as far as this. */
const MOST_PRESSES = 250;

/** A walk by keyboard alone: what the focus reaches but does not show, and what it never reaches. */
export async function keyboardFaults(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    // A page of a story is walked through more than once.
    for (const element of document.querySelectorAll<HTMLElement & { __walked?: boolean }>('*')) delete element.__walked;
  });
  const faults = new Set<string>();
  let presses = 0;
  let leaves = 0;
  for (; presses < MOST_PRESSES; presses += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement as (HTMLElement & { __walked?: boolean }) | null;
      if (element === null || element === document.body) return 'left';
      if (element.__walked === true) return 'again';
      element.__walked = true;
      const name = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40);
      const what = `${element.tagName.toLowerCase()} “${name}”`;
      // A field hidden behind its own drawing shows the focus there.
      const shown = [element, element.nextElementSibling, element.parentElement, element.closest('label')];
      const isShown = shown.some((one) => {
        if (one === null) return false;
        const style = getComputedStyle(one);
        const hasOutline = style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
        // A card around it may have a shadow of its own.
        return hasOutline || (one !== element.parentElement && style.boxShadow !== 'none');
      });
      if (!isShown) return `focus is not to be seen on ${what}`;
      const box = element.getBoundingClientRect();
      const isOutside = box.bottom < 1 || box.right < 1 || box.top > innerHeight - 1 || box.left > innerWidth - 1;
      return isOutside && box.width > 1 ? `focus is outside the window on ${what}` : '';
    });
    // It may have begun in the middle: behind the last one comes the first.
    if (seen === 'left') leaves += 1;
    if (seen === 'again' || leaves === 3) break;
    if (seen !== '' && seen !== 'left') faults.add(seen);
  }
  if (presses === MOST_PRESSES) return [...faults];
  const missed = await page.evaluate(() => {
    const pressed =
      'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary';
    const within = document.querySelector('dialog[open]') ?? document.body;
    return [...within.querySelectorAll<HTMLElement & { __walked?: boolean }>(pressed)]
      .filter((element) => {
        if (element.__walked === true || element.closest('[inert], [aria-hidden=true]') !== null) return false;
        if (!element.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true })) return false;
        // Of a group of choices one takes the focus; roving focus says so itself.
        if (element instanceof HTMLInputElement && element.type === 'radio') return false;
        return element.tabIndex >= 0;
      })
      .map(
        (element) =>
          `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`,
      );
  });
  return [...faults, ...missed.map((what) => `not reached by Tab: ${what}`)];
}
