import { ObservationSetId, type RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import * as z from 'zod/mini';
import { newId } from '../../../lib/ids.ts';
import { useDraft } from '../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useAddObservations } from '../api/add-observations.ts';
import { readVitals, type VitalsEntry, VitalsEntrySchema } from '../vitals-entry.ts';
import { UnusualVitalsDialog } from './unusual-vitals-dialog.tsx';
import { VitalsPad } from './vitals-pad.tsx';

interface AddVitalsDialogProps {
  readonly requestId: RequestId;
  readonly birthDate?: string | undefined;
  readonly isOpen: boolean;
  onClose(): void;
}

/** The set as it is typed, under the id it is sent with: sent twice over a bad link it is stored once. */
const VitalsDraft = z.object({ id: ObservationSetId, entry: VitalsEntrySchema });

/** Other values are another set, whatever became of the one before. */
function draftOf(entry: VitalsEntry) {
  return { id: ObservationSetId.parse(newId()), entry };
}

/** A further set of measurements, while waiting or in the call. What is typed survives closing it and a reload. */
export function AddVitalsDialog({ requestId, birthDate, isOpen, onClose }: AddVitalsDialogProps) {
  const [empty] = useState(() => draftOf({}));
  const draft = useDraft(`vitals:${requestId}`, VitalsDraft, empty);
  const { id, entry } = draft.value;
  const add = useAddObservations(requestId);
  const [isAsking, setIsAsking] = useState(false);
  const reading = readVitals(entry, birthDate);
  const canSend = !reading.isEmpty && reading.impossible.length === 0;

  function send() {
    setIsAsking(false);
    add.mutate(
      { id, vitals: reading.vitals },
      {
        onSuccess: () => {
          draft.set(draftOf({}));
          void draft.discard();
          onClose();
        },
      },
    );
  }

  return (
    <>
      <Dialog isOpen={isOpen} title={<Trans>Add vital signs</Trans>} onClose={onClose}>
        <VitalsPad entry={entry} birthDate={birthDate} onChange={(next) => draft.set(draftOf(next))} />
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
        entry={entry}
        birthDate={birthDate}
        onCorrect={() => setIsAsking(false)}
        onConfirm={send}
      />
    </>
  );
}
