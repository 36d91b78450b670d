/**
 * Fails when a text has no Kazakh or Russian translation, when a translation lost a placeholder, or when the catalogs
 * are not what the source says (`pnpm --filter @jaqyn/client i18n:extract` brings them up to date).
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const client = join(import.meta.dirname, '..');
const locales = join(client, 'src/locales');
const TRANSLATED = ['kk', 'ru'];

interface Entry {
  readonly source: string;
  readonly translation: string;
  readonly isObsolete: boolean;
}

/** The entries of a po file: only what Lingui writes, no plural forms of gettext. */
function parsePo(text: string): Entry[] {
  return text.split(/\n{2,}/).flatMap((block) => {
    const field = (name: string) => {
      const found = new RegExp(`^(?:#~ )?${name} ((?:(?:#~ )?"(?:[^"\\\\]|\\\\.)*"\\n?)+)`, 'm').exec(block);
      return found?.[1]
        ?.replace(/^#~ /gm, '')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as string)
        .join('');
    };
    const source = field('msgid');
    const translation = field('msgstr');
    return source && translation !== undefined ? [{ source, translation, isObsolete: block.includes('#~ msgid') }] : [];
  });
}

/** Names of placeholders and numbers of tags, each once. */
function placeholders(text: string): string {
  const names = [...text.matchAll(/\{(\w+)(?=[},])|<(\d+)\/?>/g)].map(([whole, name, tag]) => name ?? tag ?? whole);
  return [...new Set(names)].sort().join(' ');
}

const fresh = mkdtempSync(join(tmpdir(), 'jaqyn-catalogs-'));
const complaints: string[] = [];
try {
  cpSync(locales, fresh, { recursive: true });
  execFileSync(process.execPath, [join(client, 'node_modules/@lingui/cli/dist/lingui.js'), 'extract', '--clean'], {
    cwd: client,
    env: { ...process.env, JAQYN_CATALOGS: fresh },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (const language of ['en', ...TRANSLATED]) {
    const file = `${language}.po`;
    const expected = parsePo(readFileSync(join(fresh, file), 'utf8'));
    const present = parsePo(readFileSync(join(locales, file), 'utf8'));
    const sources = new Set(present.map(({ source }) => source));
    const wanted = new Set(expected.map(({ source }) => source));
    for (const { source } of expected) {
      if (!sources.has(source)) complaints.push(`${file}: not extracted yet: ${source}`);
    }
    for (const { source } of present) {
      if (!wanted.has(source)) complaints.push(`${file}: no longer used: ${source}`);
    }
    if (language === 'en') continue;
    for (const { source, translation } of present.filter(({ isObsolete }) => !isObsolete)) {
      if (translation === '') complaints.push(`${file}: no translation: ${source}`);
      else if (placeholders(source) !== placeholders(translation)) {
        complaints.push(`${file}: other placeholders than the source: ${source} → ${translation}`);
      }
    }
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  console.error(`\n${complaints.length} complaints about translations`);
  process.exit(1);
}
console.log('translations: kk and ru are complete and up to date');
