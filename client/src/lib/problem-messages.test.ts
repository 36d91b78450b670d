import { errorCatalog } from '@jaqyn/shared/errors/error-catalog';
import { describe, expect, it } from 'vitest';
import { CLIENT_CODES } from './problem-error.ts';
import { problemMessages } from './problem-messages.ts';

describe('messages of problems', () => {
  it('has one for each code of the catalog and of the client, and no other', () => {
    expect(Object.keys(problemMessages).sort()).toEqual([...Object.keys(errorCatalog), ...CLIENT_CODES].sort());
  });

  it('says what happened, what is kept and what to do for each', () => {
    for (const [code, { title, kept, todo }] of Object.entries(problemMessages)) {
      expect([title.id, kept.id, todo.id].every(Boolean), code).toBe(true);
    }
  });
});
