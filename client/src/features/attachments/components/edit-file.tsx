import { Trans, useLingui } from '@lingui/react/macro';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useLabelAttachment, useWithdrawAttachment } from '../api/change-attachment.ts';
import type { ShownAttachment } from '../api/list-attachments.ts';
import { LabelFields } from './label-fields.tsx';

/** What a file shows can be said anew, and a file that does not belong here is taken away, until somebody signs. */
export function EditFile({ attachment: { id, requestId, kind, note } }: { attachment: ShownAttachment }) {
  const { t } = useLingui();
  const [label, setLabel] = useState<{ kind: typeof kind; note: string }>();
  const save = useLabelAttachment(requestId);
  const withdraw = useWithdrawAttachment(requestId);
  const close = () => setLabel(undefined);
  return (
    <>
      <Action tone="quiet" icon={<IconPencil size={20} aria-hidden />} onClick={() => setLabel({ kind, note })}>
        <Trans>Change</Trans>
      </Action>
      <Dialog isOpen={label !== undefined} title={t`What is on it?`} onClose={close}>
        {label && <LabelFields value={label} onChange={setLabel} />}
        {save.isError && <ProblemNotice error={save.error} />}
        {withdraw.isError && <ProblemNotice error={withdraw.error} />}
        <DialogActions>
          <Action tone="danger" isBusy={withdraw.isPending} onClick={() => withdraw.mutate(id, { onSuccess: close })}>
            <Trans>Take it away</Trans>
          </Action>
          <Action onClick={close}>
            <Trans>Go back</Trans>
          </Action>
          <PrimaryAction
            isBusy={save.isPending}
            onClick={() => label && save.mutate({ id, ...label }, { onSuccess: close })}
          >
            <Trans>Save</Trans>
          </PrimaryAction>
        </DialogActions>
      </Dialog>
    </>
  );
}
