import {
  ConclusionTemplateContent,
  type ConclusionTemplateVersion,
  type ConclusionTemplateContent as Content,
} from '@jaqyn/shared/consultations/conclusion-template.contract';
import type { SpecialtyCode, TemplateId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, asc, desc, eq, isNull, or } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { conclusionTemplateTable, conclusionTemplateVersionTable } from './conclusion-template.table.ts';

export interface StoredTemplate {
  readonly id: TemplateId;
  readonly specialty: SpecialtyCode;
  readonly ownerId: UserId | null;
  readonly version: number;
  readonly content: Content;
  readonly isRetired: boolean;
  readonly updatedBy: UserId | null;
  readonly updatedAt: Instant;
}

export const conclusionTemplateRepository = {
  /** Everybody's and those of `ownerId`, of one specialty or of all. */
  async list(tx: Tx, ownerId: UserId, specialty: SpecialtyCode | undefined): Promise<StoredTemplate[]> {
    const rows = await tx
      .select()
      .from(conclusionTemplateTable)
      .where(
        and(
          or(isNull(conclusionTemplateTable.ownerId), eq(conclusionTemplateTable.ownerId, ownerId)),
          specialty === undefined ? undefined : eq(conclusionTemplateTable.specialty, specialty),
        ),
      )
      .orderBy(asc(conclusionTemplateTable.specialty), asc(conclusionTemplateTable.id));
    return rows.map(toTemplate);
  },

  async find(tx: Tx, id: TemplateId): Promise<StoredTemplate | undefined> {
    const [row] = await tx.select().from(conclusionTemplateTable).where(eq(conclusionTemplateTable.id, id));
    return row && toTemplate(row);
  },

  async insert(tx: Tx, template: StoredTemplate): Promise<void> {
    await tx.insert(conclusionTemplateTable).values({ ...template, content: JSON.stringify(template.content) });
  },

  /** False when it is no longer at `baseVersion`. */
  async update(
    tx: Tx,
    id: TemplateId,
    baseVersion: number,
    change: Pick<StoredTemplate, 'content' | 'isRetired' | 'updatedBy' | 'updatedAt'>,
  ): Promise<boolean> {
    const rows = await tx
      .update(conclusionTemplateTable)
      .set({ ...change, content: JSON.stringify(change.content), version: baseVersion + 1 })
      .where(and(eq(conclusionTemplateTable.id, id), eq(conclusionTemplateTable.version, baseVersion)))
      .returning({ id: conclusionTemplateTable.id });
    return rows.length > 0;
  },

  async insertVersion(
    tx: Tx,
    { id, version, content, isRetired, updatedBy, updatedAt }: StoredTemplate,
  ): Promise<void> {
    await tx.insert(conclusionTemplateVersionTable).values({
      templateId: id,
      version,
      content: JSON.stringify(content),
      isRetired,
      savedBy: updatedBy,
      savedAt: updatedAt,
    });
  },

  /** The newest first. */
  async listVersions(tx: Tx, id: TemplateId): Promise<ConclusionTemplateVersion[]> {
    const rows = await tx
      .select({ row: conclusionTemplateVersionTable, savedByName: userTable.displayName })
      .from(conclusionTemplateVersionTable)
      .leftJoin(userTable, eq(userTable.id, conclusionTemplateVersionTable.savedBy))
      .where(eq(conclusionTemplateVersionTable.templateId, id))
      .orderBy(desc(conclusionTemplateVersionTable.version));
    return rows.map(({ row: { version, content, isRetired, savedAt }, savedByName }) => ({
      version,
      content: z.parse(ConclusionTemplateContent, JSON.parse(content)),
      isRetired,
      savedAt: savedAt as Instant,
      savedByName,
    }));
  },
};

function toTemplate(row: typeof conclusionTemplateTable.$inferSelect): StoredTemplate {
  return { ...row, content: z.parse(ConclusionTemplateContent, JSON.parse(row.content)) } as StoredTemplate;
}
