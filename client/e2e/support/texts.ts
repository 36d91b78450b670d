import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Scripted } from './scripted.ts';

const locales = path.resolve(import.meta.dirname, '../../src/locales');

/** English texts that say something else in that language: who reads them there reads what nobody translated. */
function translated(language: 'kk' | 'ru'): Set<string> {
  const texts = new Set<string>();
  for (const block of readFileSync(path.join(locales, `${language}.po`), 'utf8').split(/\n{2,}/)) {
    const of = (name: string) =>
      (new RegExp(`^${name} ((?:"(?:[^"\\\\]|\\\\.)*"\\n?)+)`, 'm').exec(block)?.[1] ?? '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as string)
        .join('');
    const [source, target] = [of('msgid'), of('msgstr')];
    // With a value in it, it cannot be told from what people write.
    if (source !== target && !/[{<]/.test(source)) texts.add(source.trim());
  }
  texts.delete('');
  return texts;
}

const known = { kk: translated('kk'), ru: translated('ru') };

/** The page's English: what is read, read out, in a tip or in an empty field. */
export async function readTexts(page: Scripted, language: 'kk' | 'ru'): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found = [document.title.replace(/ · Jaqyn$/, '')];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.closest('script, noscript') === null) found.push(node.textContent ?? '');
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      for (const element of document.querySelectorAll(`[${name}]`)) found.push(element.getAttribute(name) ?? '');
    }
    return found.map((text) => text.trim());
  });
  return [...new Set(texts)].filter((text) => known[language].has(text));
}
