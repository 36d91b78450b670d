import type { ConclusionPreview } from '@jaqyn/shared/consultations/conclusion.contract';
import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconSignature } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useState } from 'react';
import { previewConclusion } from '../../features/conclusions/api/preview-conclusion.ts';
import { useSignConclusions } from '../../features/conclusions/api/sign-conclusions.ts';
import { useConsultationPages } from '../../features/consultations/api/list-consultations.ts';
import { MoreConsultations } from '../../features/consultations/components/more-consultations.tsx';
import { formatShortName } from '../../lib/format.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { ActionLink, PrimaryAction, PrimaryActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PasswordField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusShape } from '../../ui/status-badge.tsx';
import { DocumentView } from '../parts/document-view.tsx';
import { ForRole } from '../parts/for-role.tsx';
import styles from './sign-several.module.css';

export function SignSeveralScreen() {
  return (
    <ForRole roles={['specialist']}>
      <SignSeveral />
    </ForRole>
  );
}

/** Apart from what the socket refreshes. */
const PREVIEWS = ['conclusion-previews'];

/** Several conclusions, each read in full, signed with the password typed once. */
function SignSeveral() {
  const { t } = useLingui();
  const me = useCurrentUser().practitioner?.id;
  const list = useConsultationPages('unsigned');
  const sign = useSignConclusions();
  const queryClient = useQueryClient();
  // Another visit reads anew.
  useEffect(() => () => queryClient.removeQueries({ queryKey: PREVIEWS }), [queryClient]);
  const [read, setRead] = useState<ReadonlyMap<RequestId, ConclusionPreview>>(new Map());
  const [outcomes, setOutcomes] = useState<ReadonlyMap<RequestId, string | null>>(new Map());
  const [password, setPassword] = useState('');
  usePageTitle(t`Sign several`);

  // Nothing is signed from a list while its patient is on the line or not named yet.
  const waiting = (list.data?.consultations ?? []).filter(
    ({ specialist, status, patient }) => specialist?.id === me && status !== 'in_call' && patient !== null,
  );
  const chosen = waiting.filter(({ id }) => read.has(id));
  const signed = [...outcomes.values()].filter((code) => code === null).length;
  const isWrongPassword = sign.error !== null && ProblemError.from(sign.error).code === 'auth.invalid_credentials';

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    const chosenRead = chosen.flatMap(({ id }) => {
      const preview = read.get(id);
      return preview === undefined ? [] : [{ requestId: id, preview }];
    });
    if (password === '' || chosenRead.length === 0) return;
    sign.mutate(
      { password, read: chosenRead },
      {
        onSuccess: (answer) => {
          setOutcomes(new Map(answer.outcomes.map(({ requestId, problem }) => [requestId, problem?.code ?? null])));
          // What changed meanwhile is read again.
          setRead(new Map());
          void queryClient.resetQueries({ queryKey: PREVIEWS });
        },
        onSettled: () => setPassword(''),
      },
    );
  }

  return (
    <div className={classes(layout.page, layout.narrow)}>
      <h1>
        <Trans>Sign several conclusions</Trans>
      </h1>
      {signed > 0 && (
        <p role="status" className={styles.done}>
          <StatusShape tone="well" />{' '}
          <Plural
            value={signed}
            one="# conclusion signed. The station sees it now."
            other="# conclusions signed. The stations see them now."
          />
        </p>
      )}
      {list.isPending && <Skeleton lines={4} />}
      {list.isError && (
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} isRetrying={list.isFetching} />
      )}
      {list.data && waiting.length === 0 && (
        <EmptyState
          title={<Trans>Nothing waits for your signature</Trans>}
          why={<Trans>Conclusions that are written and not signed appear here.</Trans>}
          action={
            <PrimaryActionLink to="/worklist">
              <Trans>To the worklist</Trans>
            </PrimaryActionLink>
          }
        />
      )}
      {waiting.map((consultation) => (
        <Item
          key={consultation.id}
          consultation={consultation}
          isRead={read.has(consultation.id)}
          code={outcomes.get(consultation.id) ?? undefined}
          onRead={(preview) => {
            const next = new Map(read);
            if (preview === null) next.delete(consultation.id);
            else next.set(consultation.id, preview);
            setRead(next);
          }}
        />
      ))}
      <MoreConsultations of={list} />
      {waiting.length > 0 && (
        <form className={styles.form} onSubmit={onSubmit}>
          <PasswordField
            label={t`Your password again`}
            showLabel={t`Show the password`}
            autoComplete="current-password"
            name="password"
            maxLength={128}
            value={password}
            error={isWrongPassword ? t`The password is wrong. Nothing was signed.` : undefined}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {sign.isError && !isWrongPassword && (
            <ProblemNotice
              error={sign.error}
              kept={<Trans>What was signed already is no longer in the list; the others are kept as they are.</Trans>}
            />
          )}
          <PrimaryAction
            type="submit"
            icon={<IconSignature size={24} aria-hidden />}
            isBusy={sign.isPending}
            disabled={password === '' || chosen.length === 0}
          >
            <Plural value={chosen.length} one="Sign # conclusion" other="Sign # conclusions" />
          </PrimaryAction>
          <p className="quiet">
            <Trans>This is Jaqyn's own signature, not a qualified electronic one.</Trans>
          </p>
        </form>
      )}
    </div>
  );
}

interface ItemProps {
  readonly consultation: Consultation;
  readonly isRead: boolean;
  /** Why it was not signed a moment ago. */
  readonly code: string | undefined;
  onRead(preview: ConclusionPreview | null): void;
}

function Item({ consultation, isRead, code, onRead }: ItemProps) {
  const { id, number, patient } = consultation;
  const name = patient ? formatShortName(patient) : '';
  return (
    <section className={styles.item}>
      <Disclosure
        title={
          <>
            {isRead && <StatusShape tone="well" />} № {number}, {name}
          </>
        }
      >
        <ItemDocument requestId={id} isRead={isRead} onRead={onRead} />
      </Disclosure>
      {code !== undefined && <ProblemNotice error={ProblemError.local(code as ProblemError['code'])} />}
    </section>
  );
}

/** Asked for when it is opened: what nobody has looked at cannot be signed. */
function ItemDocument({ requestId, isRead, onRead }: Pick<ItemProps, 'isRead' | 'onRead'> & { requestId: RequestId }) {
  const preview = useQuery({
    queryKey: [...PREVIEWS, requestId],
    queryFn: () => previewConclusion(requestId),
    retry: false,
    // What was read is what is signed: it must not be frozen anew behind the reader's back.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  if (preview.isPending) return <Skeleton lines={3} />;
  if (!preview.data) {
    return (
      <ProblemNotice
        error={preview.error}
        actions={
          <ActionLink to="/consults/$requestId" params={{ requestId }}>
            <Trans>Open it</Trans>
          </ActionLink>
        }
      />
    );
  }
  return (
    <>
      <DocumentView preview={preview.data} />
      <label className={styles.read}>
        <input
          type="checkbox"
          checked={isRead}
          onChange={(event) => onRead(event.currentTarget.checked ? preview.data : null)}
        />
        <Trans>I have read it, sign it with the others</Trans>
      </label>
    </>
  );
}
