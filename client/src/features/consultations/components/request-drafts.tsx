import { Trans, useLingui } from '@lingui/react/macro';
import { IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteDraft, listDrafts } from '../../../lib/drafts.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useCurrentUser } from '../../../lib/session.ts';
import { ActionLink } from '../../../ui/action.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { REQUEST_DRAFTS, RequestDraft } from '../request-draft.ts';
import styles from './request-drafts.module.css';

/** Requests that were begun on this computer and not sent. Shown only when there are any. */
export function RequestDrafts({ specialtyName }: { specialtyName: (code: string) => string }) {
  const { t } = useLingui();
  const owner = useCurrentUser().id;
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<{ key: string; label: string } | undefined>();
  const drafts = useQuery({
    queryKey: ['drafts', 'request', owner],
    queryFn: () => listDrafts(owner, REQUEST_DRAFTS, RequestDraft),
    staleTime: 0,
  });
  if (!drafts.data || drafts.data.length === 0) return null;

  return (
    <section className={styles.section} aria-labelledby="drafts">
      <h2 id="drafts">
        <Trans>Drafts on this computer</Trans>
      </h2>
      <ul className={styles.list}>
        {drafts.data.map(({ key, value, savedAt }) => {
          const label = value.patientName || t`Patient not chosen yet`;
          const time = formatDateTime(new Date(savedAt));
          return (
            <li key={key} className={styles.draft}>
              <span className={styles.text}>
                <span>{[label, value.specialty && specialtyName(value.specialty)].filter(Boolean).join(' · ')}</span>
                <span className={styles.sub}>
                  <Trans>Not sent, saved {time}</Trans>
                </span>
              </span>
              <ActionLink to="/requests/new" search={{ draft: value.id }}>
                <Trans>Continue</Trans>
              </ActionLink>
              <IconButton
                icon={<IconTrash size={20} aria-hidden />}
                word={t`Delete`}
                aria-label={t`Delete the draft: ${label}`}
                onClick={() => setAsked({ key, label })}
              />
            </li>
          );
        })}
      </ul>
      <ConfirmDialog
        isOpen={asked !== undefined}
        title={<Trans>Delete the draft?</Trans>}
        confirmLabel={<Trans>Delete</Trans>}
        tone="act-now"
        onCancel={() => setAsked(undefined)}
        onConfirm={() => {
          if (!asked) return;
          void deleteDraft(owner, asked.key).then(() => {
            setAsked(undefined);
            void queryClient.invalidateQueries({ queryKey: ['drafts'] });
          });
        }}
      >
        <p>{asked?.label}</p>
      </ConfirmDialog>
    </section>
  );
}
