import { writeFileSync } from 'node:fs';
import { SCREENS, settled } from '../../client/e2e/support/screens.ts';
import type { WebDriverWindow } from '../../client/e2e/support/webdriver.ts';
import { MOST_HEIGHT } from '../../client/e2e/support/webkit.ts';
import { complaintsOf, WebKitCast } from '../../client/e2e/support/webkit-cast.ts';
import type { Round } from './album.ts';
import { type Language, SIZES, type Size, WORDS } from './look.ts';
import { pageFaults } from './page-faults.ts';

/**
 * Every screen as it usually is, in Safari's engine. The other states and the stories stand in the way of the server's answers,
 * which WebDriver cannot.
 */
export async function lookInWebKit({ album, logins, languages, sizes, only }: Round): Promise<void> {
  const cast = await WebKitCast.create();
  try {
    for (const login of logins) {
      const { window, request } = await cast.enter(login);
      for (const [name, address] of Object.entries(SCREENS[login] ?? {})) {
        if (!only.test(name)) continue;
        const url = `${cast.url}${await address({ request })}`;
        const place = { login, name, state: 'usual' } as const;
        let isOpen = false;
        for (const size of sizes)
          for (const language of languages)
            await album.add(
              place,
              language,
              size,
              async (file) => {
                if (!isOpen) await window.goto(url);
                isOpen = true;
                return look(window, language, size, file);
              },
              async (file) => writeFileSync(file, await window.screenshot()),
            );
      }
    }
  } finally {
    await cast.close();
  }
}

async function look(window: WebDriverWindow, language: Language, size: Size, file: string): Promise<string[]> {
  await window.resize(SIZES[size]);
  await settled(window);
  await speak(window, language);
  const faults = await pageFaults(window, language);
  // The driver makes pictures of what is in the window.
  const height = await window.evaluate(() => document.documentElement.scrollHeight);
  await window.resize({ ...SIZES[size], height: Math.min(height, MOST_HEIGHT) });
  writeFileSync(file, await window.screenshot());
  return [...faults, ...(await complaintsOf(window))];
}

async function speak(window: WebDriverWindow, language: Language): Promise<void> {
  await window.evaluate((word) => {
    const buttons = [...document.querySelectorAll('button')];
    buttons.find(({ textContent }) => textContent?.trim() === word)?.click();
  }, WORDS[language]);
  await window.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}
