import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * Every word of every patient's folded name, written by triggers on `patient`: a part of a name anywhere in the country is a step in
 * its key. Each row carries the whole folded name, so that several words are compared without looking at the patients.
 */
export const patientNameWordTable = sqliteTable(
  'patient_name_word',
  {
    word: text('word').notNull(),
    searchKey: text('search_key').notNull(),
    patientId: text('patient_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.word, table.searchKey, table.patientId] })],
);
