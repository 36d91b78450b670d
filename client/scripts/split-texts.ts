import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Plugin } from 'vite';

/** Screens that a station never opens; what both kinds of screens say is no text of these. */
const NOT_AT_A_STATION = [
  // Fetched with the list of files, wherever it is shown: app/parts/consult-files.tsx. And what no station can run into.
  /^src\/(features\/attachments\/|lib\/(attachment|office)-problems\.ts)/,
  // Fetched with the first press on Examination: app/parts/call-examination.tsx.
  /^src\/(features\/room\/examination\/|app\/parts\/examination-table\.tsx|ui\/picture-marks\.tsx)/,
  // The words of days and equipment are everybody's.
  /^src\/features\/scheduling\/components\/rosters\/(?!(day|schedule)-words\.ts)/,
  /^src\/features\/scheduling\/components\/(board|day-end)\//,
  // The notices of a station are fetched with them, as is the search: app/router.tsx.
  /^src\/features\/notices\/(notice-words\.ts|components\/)/,
  /^src\/features\/consult-texts\//,
  /^src\/app\/routes\/(search|notices)\.tsx/,
  /^src\/features\/terminologies\/components\/code-list-desk\.tsx/,
  /^src\/features\/conclusions\/components\/(amend-dialog|amendment-bar|conclusion-check|conclusion-desk|conclusion-editor|conflict-dialog|other-diagnoses|template-menu)\.tsx/,
  /^src\/features\/scheduling\/components\/day-list\//,
  /^src\/features\/(audit|evidence|system|ladders)\//,
  /^src\/features\/protocols\/(protocol-draft\.ts|components\/protocol-editor\.tsx)/,
  /^src\/features\/patients\/components\/merge-(cards|history)\.tsx/,
  /^src\/features\/consultations\/components\/(triage\/|limits-editor\.tsx|brief\.tsx)/,
  /^src\/features\/consultations\/components\/(accept-dialog|consultation-board|decline-dialog|missed-ring|timeline)\.tsx/,
  /^src\/features\/consultations\/timeline-words\.ts/,
  // Fetched with the check of the link: app/router.tsx.
  /^src\/features\/link-checks\/(?!grade-words)/,
  /^src\/features\/room\/components\/practice-picture\.tsx/,
  /^src\/app\/routes\/(link-check|network)\.tsx/,
  // Fetched with the third person in a call: app/parts/call-people.tsx and invitations.tsx.
  /^src\/features\/participants\//,
  /^src\/(lib\/side-words\.ts|features\/room\/components\/people-tiles\.tsx)/,
  /^src\/app\/parts\/(people-table|invitation-banner)\.tsx/,
  /^src\/app\/routes\/guest-call\.tsx/,
  /^src\/ui\/(edition-badge|saved-meanwhile)\.tsx/,
  /^src\/features\/staff\/components\/licence-(card|form)\.tsx/,
  /^src\/app\/parts\/(keys-help|consult-card|roster-desk|roster-lists|roster-panel|specialist-desk|specialist-stage|other-calls)\.tsx/,
  /^src\/app\/routes\/(audit|coordinator|day-end|notices-sent|overview|roster|roster-import|rosters|schedule-board|schedule-wall|services|special-days|day-list|terminologies|worklist|specialist-consult|sign-several|protocols|patient-duplicates|triage|ladders|waiting-limits|evidence-limits|licences)\.tsx/,
];

const CATALOG = /\/src\/locales\/[a-z]{2}\.po(\?lingui)?$/;

/**
 * Makes two files of each language: `ru.po` with what a station's first load needs to wait for, and `ru.po?lingui` with the
 * texts of the other roles' screens, which station PCs behind a thin link never fetch. Comes after Lingui's own plugin.
 */
export function splitTexts(): Plugin {
  let root = '';
  return {
    name: 'jaqyn-split-texts',
    enforce: 'post',
    configResolved(config) {
      root = config.root;
    },
    async transform(code, id) {
      const found = CATALOG.exec(id);
      if (!found) return undefined;
      const literal = /JSON\.parse\(("(?:[^"\\]|\\.)*")\)/.exec(code)?.[1];
      if (literal === undefined) throw new Error(`${relative(root, id)} is not what Lingui makes of a catalog`);
      const messages = JSON.parse(JSON.parse(literal) as string) as Record<string, unknown>;
      const later = idsOfOthers(await readFile(id.replace('?lingui', ''), 'utf8'));
      const isLater = found[1] !== undefined;
      const part = Object.fromEntries(Object.entries(messages).filter(([key]) => later.has(key) === isLater));
      return { code: `export const messages=JSON.parse(${JSON.stringify(JSON.stringify(part))});`, map: null };
    },
  };
}

/** Ids of the texts of a po file that only those screens say. */
function idsOfOthers(po: string): Set<string> {
  const ids = new Set<string>();
  for (const block of po.split(/\n{2,}/).slice(1)) {
    const origins = [...block.matchAll(/^#: (\S+)/gm)].flatMap(([, origin]) => origin ?? []);
    if (origins.length === 0 || !origins.every((origin) => NOT_AT_A_STATION.some((place) => place.test(origin))))
      continue;
    const text = (name: string) =>
      (new RegExp(`^${name} ((?:"(?:[^"\\\\]|\\\\.)*"\\n?)+)`, 'm').exec(block)?.[1] ?? '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as string)
        .join('');
    ids.add(messageId(text('msgid'), text('msgctxt')));
  }
  return ids;
}

/** As Lingui's macro makes it of the English text and its context. */
function messageId(text: string, context: string): string {
  const hash = createHash('sha256').update(`${text}\u001F${context}`).digest('base64');
  return hash.replaceAll('+', '-').replaceAll('/', '_').slice(0, 6);
}
