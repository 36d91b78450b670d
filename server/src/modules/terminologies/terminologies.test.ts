import { searchKey } from '@jaqyn/shared/kernel/search-key';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { ICD_CODE, icdChapter } from '@jaqyn/shared/terminologies/icd-code';
import { describe, expect, test } from 'vitest';
import { CONCLUSION, createConsultDesk } from '../../../test/consult-desk.ts';
import { createUser, PASSWORD } from '../../../test/factories.ts';
import { openRaw } from '../../../test/raw-database.ts';

const DAY = '2026-12-01' as CalendarDate;
const HEADER = 'code,kk,ru,en';

async function createIcdDesk() {
  const desk = await createConsultDesk();
  const admin = (await createUser(desk.store, { role: 'admin' })).actor;
  const { terminologies, codeLists } = desk;
  return {
    ...desk,
    admin,
    find: async (text: string, actor = desk.world.feldsher.actor) =>
      (await terminologies.search(actor, text)).map(({ code }) => code),
    /** Previewed and applied. */
    take: async (rows: readonly string[], { isComplete = false, effectiveFrom = DAY } = {}) => {
      const file = { csv: [HEADER, ...rows].join('\n'), effectiveFrom, isComplete };
      const { sha256, baseVersion } = await codeLists.preview(file);
      return codeLists.apply(admin, { ...file, sha256, baseVersion });
    },
    /** To the first day of the list that `take` brings, and past it. */
    goOn: () => desk.clock.advance({ seconds: 86_400 * 30 }),
    sign: async (id: Parameters<typeof desk.signing.preview>[1]) => {
      const { sha256 } = await desk.signing.preview(desk.cardio, id);
      return desk.signing.sign(desk.cardio, id, sha256, PASSWORD);
    },
  };
}

describe('the list that comes along', () => {
  test('has more than 250 well-formed codes, each once and named in three languages, indexed as they are searched', async () => {
    const { raw } = await createIcdDesk();
    const rows = raw
      .prepare('select code, name_kk kk, name_ru ru, name_en en, search_key searchKey from icd_concept')
      .all() as { code: string; kk: string; ru: string; en: string; searchKey: string }[];
    expect(rows.length).toBeGreaterThanOrEqual(250);
    expect(new Set(rows.map(({ code }) => code)).size).toBe(rows.length);
    for (const { code, kk, ru, en, searchKey: key } of rows) {
      expect(code).toMatch(ICD_CODE);
      expect(icdChapter(code), code).toBeGreaterThan(0);
      expect(key, code).toBe(searchKey(`${kk} | ${ru} | ${en}`));
      expect(en, code).toMatch(/^[\u0020-\u007Eéè–]+$/);
      for (const name of [kk, ru]) expect(name, code).toMatch(/^[\u0400-\u04FF\d\s(),:;.–A-Za-z-]{4,}$/);
      // A letter that only looks right is not found by who types it.
      for (const word of `${kk} ${ru}`.split(/[^\p{L}]+/u)) {
        expect(/[a-z]/i.test(word) && /[\u0400-\u04FF]/.test(word), `${code}: ${word}`).toBe(false);
      }
    }
    expect(new Set(rows.map(({ code }) => icdChapter(code))).size).toBeGreaterThanOrEqual(20);
  });

  test('each of the twelve specialties has codes and a template to begin with', async () => {
    const { raw } = await createIcdDesk();
    const frequent = raw.prepare('select specialty, count(*) n from icd_frequent group by 1').all() as { n: number }[];
    expect(frequent).toHaveLength(12);
    for (const { n } of frequent) expect(n).toBeGreaterThanOrEqual(8);
    const orphans = raw.prepare('select code from icd_frequent where code not in (select code from icd_concept)').all();
    expect(orphans).toEqual([]);
    expect(raw.prepare('select count(distinct specialty) n from conclusion_template').get()).toEqual({ n: 12 });
  });
});

describe('searching', () => {
  test('a code by its beginning, the exact one first, also in letters of another keyboard', async () => {
    const { find } = await createIcdDesk();
    expect((await find('I48'))[0]).toBe('I48');
    expect(await find('i48.')).toEqual(expect.arrayContaining(['I48.0', 'I48.9']));
    expect(await find('Е11,9')).toEqual(['E11.9']);
    expect(await find('I')).toHaveLength(12);
  });

  test('the beginnings of words in any language, with or without Kazakh letters', async () => {
    const { find } = await createIcdDesk();
    for (const text of ['дүмбілез', 'zzz', '"*(', '- ^ OR NEAR']) expect(await find(text), text).toEqual([]);
    for (const text of ['үрейлі бұзылыс', 'уреили бузылыс', 'паническое', 'panic dis', 'РАССТРОЙСТВО ПАНИЧ']) {
      expect(await find(text), text).toContain('F41.0');
    }
    expect(await find('анафилакс шок')).toEqual(['T78.2']);
    // The middle of a word is not its beginning.
    expect(await find('филакс')).toEqual([]);
  });

  test('what the specialist signed comes first, then what the specialty needs, and a foreign specialist sees none of it', async () => {
    const { find, cardio, world, terminologies } = await createWithSigned();
    expect((await find('гипертензия', cardio))[0]).toBe('I15.9');
    expect((await terminologies.search(cardio, ''))[0]).toMatchObject({ code: 'I15.9', why: 'recent' });
    expect((await find('гипертензия', world.feldsher.actor))[0]).not.toBe('I15.9');
  });
});

async function createWithSigned() {
  const desk = await createIcdDesk();
  const id = await desk.callAndAnswer();
  const content = { ...CONCLUSION, diagnosis: { ...CONCLUSION.diagnosis, code: 'I15.9' } };
  await desk.conclusions.saveConclusion(desk.cardio, id, 0, content);
  await desk.sign(id);
  return desk;
}

describe('a new list', () => {
  test('is looked at first: new, changed, retired and wrong rows by line and column', async () => {
    const { codeLists, raw } = await createIcdDesk();
    const before = raw.prepare('select count(*) n from icd_concept').get();
    const csv = [
      `\uFEFF${HEADER}`,
      'I10,Жаңа атау,Новое имя,New name',
      'Q87.1,а,б,c',
      'X1,а,б,c',
      'Q87.2,,б,c',
      'Q87.1,а,б,c',
      'Q87.3,а,б',
    ].join('\r\n');
    const preview = await codeLists.preview({ csv, effectiveFrom: DAY, isComplete: true });
    expect(preview).toMatchObject({ rows: 6, added: 1, changed: 1, retired: 409, problemCount: 4 });
    expect(preview.problems).toEqual([
      { line: 4, column: 'code', code: 'not_a_code', value: 'X1' },
      { line: 5, column: 'kk', code: 'name_missing', value: '' },
      { line: 6, column: 'code', code: 'repeated', value: 'Q87.1' },
      { line: 7, column: null, code: 'columns_missing', value: '3' },
    ]);
    expect(raw.prepare('select count(*) n from icd_concept').get()).toEqual(before);
    const { sha256, baseVersion } = preview;
    const apply = (change: object) =>
      codeLists.apply({} as never, { csv, effectiveFrom: DAY, isComplete: true, sha256, baseVersion, ...change });
    await expect(apply({})).rejects.toMatchObject({ code: 'code_list.rows_wrong' });
    await expect(apply({ csv: `${csv}\n` })).rejects.toMatchObject({ code: 'code_list.preview_stale' });
    await expect(codeLists.preview({ csv: 'a,b', effectiveFrom: DAY, isComplete: false })).rejects.toMatchObject({
      code: 'code_list.columns_wrong',
    });
    const early = codeLists.preview({ csv, effectiveFrom: '1999-12-31' as CalendarDate, isComplete: false });
    await expect(early).rejects.toMatchObject({ code: 'code_list.effective_too_early' });
  });

  test('is in force from its day: until then the old one is found, after it the new, and the retired stay readable', async () => {
    const { take, goOn, find, terminologies, raw } = await createIcdDesk();
    const rows = ['I10,Жаңа атау,Новое имя,New name', 'Q87.1,Ергежейлілік,Карликовость,Dwarfism'];
    expect(await take(rows, { isComplete: true })).toMatchObject({ added: 1, changed: 1, retired: 409 });
    expect(await find('I10')).toEqual(['I10']);
    expect(await find('карликовость')).toEqual([]);
    expect((await terminologies.getConcept('I10')).name.en).toContain('Essential');
    goOn();
    expect(await find('карлик')).toEqual(['Q87.1']);
    expect(await find('эссенциальная')).toEqual([]);
    expect((await terminologies.getConcept('I10')).name.en).toBe('New name');
    expect(await terminologies.getConcept('E11.9')).toMatchObject({ validTo: DAY });
    await expect(terminologies.getConcept('Z99.9')).rejects.toMatchObject({ code: 'terminology.code_unknown' });
    expect(raw.prepare('select action from audit_event order by seq desc limit 1').get()).toEqual({
      action: 'code_list.import',
    });
    raw.exec("insert into icd_concept_fts (icd_concept_fts) values ('integrity-check')");
  });

  test('taken twice has one effect; of two at once the second is refused; a changed base is refused', async () => {
    const { codeLists, admin } = await createIcdDesk();
    const file = { csv: `${HEADER}\nQ87.1,а,б,c`, effectiveFrom: DAY, isComplete: false };
    const { sha256, baseVersion } = await codeLists.preview(file);
    const [first, second] = await Promise.allSettled([
      codeLists.apply(admin, { ...file, sha256, baseVersion }),
      codeLists.apply(admin, { ...file, sha256, baseVersion }),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { code: 'code_list.import_running' } });
    const again = await codeLists.apply(admin, { ...file, sha256, baseVersion });
    expect([again]).toEqual([first.status === 'fulfilled' && first.value]);
    const other = { csv: `${HEADER}\nQ87.2,а,б,c`, effectiveFrom: DAY, isComplete: false };
    const preview = await codeLists.preview(other);
    await expect(codeLists.apply(admin, { ...other, sha256: preview.sha256, baseVersion: 1 })).rejects.toMatchObject({
      code: 'code_list.preview_stale',
    });
    const { versions, versionCount } = await codeLists.getCodeList();
    expect(versions).toHaveLength(2);
    expect(versionCount).toBe(2);
  });

  test('what a cut import left behind is never seen and goes with the next', async () => {
    const { take, find, goOn, store, raw } = await createIcdDesk();
    const { terminologyRepository } = await import('./terminology.repository.ts');
    const row = { code: 'Q87.9', kk: 'қалдық', ru: 'остаток', en: 'rest', searchKey: 'калдык остаток rest' };
    await store.transaction((tx) => terminologyRepository.stage(tx, 'cut', [row], '2026-01-01' as CalendarDate));
    expect(await find('остаток')).toEqual([]);
    await take(['Q87.1,а,б,c']);
    goOn();
    expect(await find('остаток')).toEqual([]);
    expect(raw.prepare('select count(*) n from icd_concept where staged_by is not null').get()).toEqual({ n: 0 });
    const gone = () => raw.prepare("delete from icd_concept where code = 'I10'").run();
    expect(gone).toThrow(/never goes/);
  });

  test('a whole ICD-10 comes in while others write, and is searched in milliseconds', { timeout: 60_000 }, async () => {
    const { codeLists, admin, store, find, goOn, auth, world } = await createIcdDesk();
    const letters = 'ABCDEFGHIJKLMN';
    const rows = Array.from({ length: 14_000 }, (_, n) => {
      const code = `${letters[Math.floor(n / 1000)]}${String(Math.floor(n / 10) % 100).padStart(2, '0')}.${n % 10}`;
      return `${code},"Ауру ${n}, анықталмаған","Болезнь ${n}, неуточненная","Disease ${n}, unspecified"`;
    });
    const file = { csv: [HEADER, ...rows].join('\n'), effectiveFrom: DAY, isComplete: true };
    const { sha256, baseVersion } = await codeLists.preview(file);
    const work = { isDone: false };
    let written = 0;
    const others = (async () => {
      for (; !work.isDone; written += 1) await auth.setLanguage(world.feldsher.actor, written % 2 === 0 ? 'ru' : 'kk');
    })();
    await codeLists.apply(admin, { ...file, sha256, baseVersion });
    work.isDone = true;
    await others;
    // One change of somebody else's at least for every other piece.
    expect(written).toBeGreaterThan(14_000 / 250 / 2);
    goOn();
    expect(await find('болезнь 137')).toEqual(expect.arrayContaining(['A13.7']));
    const took: number[] = [];
    for (const text of ['болезнь', 'ауру аны', 'disease unsp', 'A1', 'неут', 'болезнь 9']) {
      const from = performance.now();
      await find(text);
      took.push(performance.now() - from);
    }
    console.info(`14,000 codes: searches took ${took.map((ms) => ms.toFixed(1)).join(', ')} ms`);
    expect(openRaw(store).prepare('select count(*) n from icd_concept where valid_to is null').get()).toEqual({
      n: 14_000,
    });
  });
});

describe('codes of conclusions and requests', () => {
  test('an unknown or retired code is kept in the draft and refused for the signature; what was signed with it stays', async () => {
    const { take, goOn, callAndAnswer, conclusions, signing, cardio, sign } = await createIcdDesk();
    const signed = await callAndAnswer();
    await conclusions.saveConclusion(cardio, signed, 0, CONCLUSION);
    await sign(signed);
    await conclusions.amend(cardio, signed, 'Түзету');
    const draft = await callAndAnswer();
    const others = [{ kind: 'concomitant' as const, code: 'E11.9', text: 'ҚД' }];
    const content = { ...CONCLUSION, diagnosis: { ...CONCLUSION.diagnosis, code: 'Q99.9', others } };
    await conclusions.saveConclusion(cardio, draft, 0, content);
    await expect(signing.preview(cardio, draft)).rejects.toMatchObject({ code: 'terminology.code_unknown' });
    await take(['I10,а,б,c'], { isComplete: true });
    goOn();
    const retired = { ...content, diagnosis: { ...content.diagnosis, code: 'I10' } };
    await conclusions.saveConclusion(cardio, draft, 1, retired);
    await expect(signing.preview(cardio, draft)).rejects.toMatchObject({ code: 'terminology.code_retired' });
    expect((await conclusions.getConclusion(cardio, draft)).content.diagnosis).toEqual(retired.diagnosis);
    const amended = { ...CONCLUSION, findings: 'Тағы' };
    await conclusions.saveConclusion(cardio, signed, 1, amended);
    expect((await sign(signed)).status).toBe('amended');
  });

  test('a request carries the preliminary code, and refuses one that is not in the list', async () => {
    const { call, consultations, feldsher } = await createIcdDesk();
    const id = await call({ preliminaryCode: 'I20.0' });
    expect(await consultations.getConsultation(feldsher, id)).toMatchObject({ preliminaryCode: 'I20.0' });
    await expect(call({ preliminaryCode: 'Q99.8' })).rejects.toMatchObject({ code: 'terminology.code_unknown' });
  });
});
