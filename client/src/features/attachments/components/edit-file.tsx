import type { AttachmentLabel } from '@jaqyn/shared/attachments/attachment.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { changeMine, type Mine } from '../../../lib/unseen.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SavedUnseen } from '../../../ui/saved-unseen.tsx';
import { useLabelAttachment, useWithdrawAttachment } from '../api/change-attachment.ts';
import type { ShownAttachment } from '../api/list-attachments.ts';
import { kindWords } from '../attachment-words.ts';
import { LabelFields } from './label-fields.tsx';

/** What a file shows can be said anew, and a file that does not belong here is taken away, until somebody signs. */
export function EditFile({ attachment: { id, requestId, kind, note } }: { attachment: ShownAttachment }) {
  const { t } = useLingui();
  const stored: AttachmentLabel = { kind, note };
  const [mine, setMine] = useState<Mine<AttachmentLabel>>();
  const save = useLabelAttachment(requestId);
  const withdraw = useWithdrawAttachment(requestId);
  const put = (next: Mine<AttachmentLabel> | undefined) => {
    save.reset();
    setMine(next);
  };
  const close = () => put(undefined);
  return (
    <>
      <Action
        tone="quiet"
        icon={<IconPencil size={20} aria-hidden />}
        onClick={() => put({ value: stored, seen: stored })}
      >
        <Trans>Change</Trans>
      </Action>
      <Dialog isOpen={mine !== undefined} title={t`What is on it?`} onClose={close}>
        {mine && <LabelFields value={mine.value} onChange={(value) => put(changeMine(mine, stored, value))} />}
        {save.isError && <ProblemNotice error={save.error} />}
        <SavedUnseen mine={mine} stored={stored} isSaving={save.isPending} onChoose={put}>
          <p>{[t(kindWords[kind]), note].filter((words) => words !== '').join(', ')}</p>
        </SavedUnseen>
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
            onClick={() => mine && save.mutate({ id, ...mine.value, seen: mine.seen }, { onSuccess: close })}
          >
            <Trans>Save</Trans>
          </PrimaryAction>
        </DialogActions>
      </Dialog>
    </>
  );
}
