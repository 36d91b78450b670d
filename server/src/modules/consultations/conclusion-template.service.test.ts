import {
  type ConclusionTemplateContent,
  EMPTY_TEMPLATE_TEXTS,
} from '@jaqyn/shared/consultations/conclusion-template.contract';
import type { TemplateId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { newId } from '../../kernel/ids.ts';

const contentOf = (findings: string): ConclusionTemplateContent => ({
  kk: { ...EMPTY_TEMPLATE_TEXTS, title: 'Гипертензия', findings },
  ru: { ...EMPTY_TEMPLATE_TEXTS, title: 'Гипертензия', findings: 'АД {{bloodPressure}}' },
  en: EMPTY_TEMPLATE_TEXTS,
});

async function createTemplates() {
  const desk = await createConsultDesk();
  const { conclusionTemplates: templates, world } = desk;
  const id = newId<TemplateId>();
  const save = (baseVersion: number, findings: string, actor = desk.coordinator, isRetired = false) =>
    templates.save(actor, id, { baseVersion, specialty: world.cardiology, content: contentOf(findings), isRetired });
  return { ...desk, templates, id, save, versions: (actor = desk.coordinator) => templates.listVersions(actor, id) };
}

describe('a template', () => {
  test('is written by the coordinator for everybody of the specialty; each version is kept with who saved it', async () => {
    const { save, versions, templates, id, cardio, neuro, clock, coordinator, raw } = await createTemplates();
    await save(0, 'Бірінші');
    clock.advance({ seconds: 60 });
    const second = await save(1, 'Екінші');
    expect(second).toMatchObject({ version: 2, isOwn: false, updatedAt: clock.instant() });
    const kept = await versions();
    expect(kept.map(({ version, content, savedByName }) => [version, content.kk.findings, savedByName])).toEqual([
      [2, 'Екінші', coordinator.displayName],
      [1, 'Бірінші', coordinator.displayName],
    ]);
    const seenBy = async (actor: typeof cardio) =>
      (await templates.list(actor, undefined)).some((template) => template.id === id);
    expect([await seenBy(cardio), await seenBy(neuro)]).toEqual([true, false]);
    expect(() => raw.exec("update conclusion_template_version set content = '{}'")).toThrow('never changes');
    expect(() => raw.exec('delete from conclusion_template_version')).toThrow('never changes');
  });

  test('saved again because the answer was lost is one version; on an older version it is refused', async () => {
    const { save, versions, audited, id } = await createTemplates();
    await save(0, 'Бірінші');
    expect(await save(0, 'Бірінші')).toMatchObject({ version: 1 });
    await save(1, 'Екінші');
    await expect(save(1, 'Үшінші')).rejects.toThrow('conclusion_template.changed');
    expect(await versions()).toHaveLength(2);
    expect(audited(id)).toHaveLength(2);
  });

  test('may be taken out of use and brought back', async () => {
    const { save, versions } = await createTemplates();
    await save(0, 'Бірінші');
    expect(await save(1, 'Бірінші', undefined, true)).toMatchObject({ isRetired: true });
    await save(2, 'Бірінші');
    expect((await versions()).map(({ isRetired }) => isRetired)).toEqual([false, true, false]);
  });

  test('of a specialist is theirs alone; what is foreign is as good as missing', async () => {
    const { save, versions, templates, id, cardio, cardioTwin, coordinator } = await createTemplates();
    expect(await save(0, 'Өзімдікі', cardio)).toMatchObject({ isOwn: true });
    for (const actor of [cardioTwin, coordinator]) {
      expect((await templates.list(actor, undefined)).some((template) => template.id === id)).toBe(false);
      await expect(versions(actor)).rejects.toThrow('conclusion_template.not_found');
      await expect(save(1, 'x', actor)).rejects.toThrow('conclusion_template.not_found');
    }
    expect(await versions(cardio)).toHaveLength(1);
  });

  test('that names data there is none of is refused, and nothing is kept', async () => {
    const { save, versions } = await createTemplates();
    await expect(save(0, 'Қысым {{pressure}}')).rejects.toMatchObject({
      code: 'conclusion_template.placeholder_unknown',
      fields: [{ path: 'pressure', code: 'unknown' }],
    });
    await expect(versions()).rejects.toThrow('conclusion_template.not_found');
  });
});

test('what the product brings along has a history of one version', async () => {
  const { raw } = await createTemplates();
  const missing = raw
    .prepare(
      `select count(*) from conclusion_template t left join conclusion_template_version v on v.template_id = t.id and v.version = t.version
       where v.content is null`,
    )
    .pluck()
    .get();
  expect(missing).toBe(0);
});
