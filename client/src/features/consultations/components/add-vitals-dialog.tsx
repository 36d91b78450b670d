import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { useDraft } from '../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useAddObservations } from '../api/add-observations.ts';
import { readVitals, VitalsEntrySchema } from '../vitals-entry.ts';
import { UnusualVitalsDialog } from './unusual-vitals-dialog.tsx';
import { VitalsPad } from './vitals-pad.tsx';

interface AddVitalsDialogProps {
  readonly requestId: RequestId;
  readonly isOpen: boolean;
  onClose(): void;
}

/** A further set of measurements, while waiting or in the call. What is typed survives closing it and a reload. */
export function AddVitalsDialog({ requestId, isOpen, onClose }: AddVitalsDialogProps) {
  const draft = useDraft(`vitals:${requestId}`, VitalsEntrySchema, {});
  const add = useAddObservations(requestId);
  const [isAsking, setIsAsking] = useState(false);
  const reading = readVitals(draft.value);
  const canSend = !reading.isEmpty && reading.impossible.length === 0;

  function send() {
    setIsAsking(false);
    add.mutate(
      { vitals: reading.vitals },
      {
        onSuccess: () => {
          draft.set({});
          void draft.discard();
          onClose();
        },
      },
    );
  }

  return (
    <>
      <Dialog isOpen={isOpen} title={<Trans>Add vital signs</Trans>} onClose={onClose}>
        <VitalsPad entry={draft.value} onChange={(entry) => draft.set(entry)} />
        {add.isError && <ProblemNotice error={add.error} />}
        <DialogActions>
          <Action onClick={onClose}>
            <Trans>Close</Trans>
          </Action>
          <PrimaryAction
            disabled={!canSend}
            isBusy={add.isPending}
            onClick={() => (reading.unconfirmed.length > 0 ? setIsAsking(true) : send())}
          >
            <Trans>Save the vital signs</Trans>
          </PrimaryAction>
        </DialogActions>
      </Dialog>
      <UnusualVitalsDialog
        isOpen={isAsking}
        entry={draft.value}
        onCorrect={() => setIsAsking(false)}
        onConfirm={send}
      />
    </>
  );
}
