import type { OperationId } from '@jaqyn/shared/kernel/ids';
import { useRef } from 'react';
import { newId } from '../../../lib/ids.ts';
import { isRefused } from '../../../lib/problem-error.ts';

interface OperationIds {
  /** The id to send this input under. */
  of(input: unknown): OperationId;
  /** Call with the error, or without one when it was done. */
  answered(error?: unknown): void;
}

/**
 * The ids of a screen's changes. The same input sent again keeps its id, so that a second press over a bad link has one effect;
 * another input is another operation, and so is another try after a "no": the server keeps its refusals under the id too.
 */
export function useOperationIds(): OperationIds {
  const last = useRef<{ readonly key: string; readonly id: OperationId } | undefined>(undefined);
  return {
    of(input) {
      const key = JSON.stringify(input);
      if (last.current?.key !== key) last.current = { key, id: newId() as OperationId };
      return last.current.id;
    },
    answered(error) {
      if (error === undefined || isRefused(error)) last.current = undefined;
    },
  };
}
