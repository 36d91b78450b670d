import { Trans, useLingui } from '@lingui/react/macro';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { ProblemError } from '../lib/problem-error.ts';
import { ActionLink } from '../ui/action.tsx';
import { classes } from '../ui/classes.ts';
import layout from '../ui/layout.module.css';
import { usePageTitle } from '../ui/page-title.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** In place of a whole screen: it says its name to the tab and to readers too. */
export function ScreenProblem(props: ComponentProps<typeof ProblemNotice>) {
  const { t } = useLingui();
  usePageTitle(t`This page cannot be shown`);
  return (
    <div className={classes(layout.page, layout.narrow)}>
      <h1 className="visually-hidden">
        <Trans>This page cannot be shown</Trans>
      </h1>
      <ProblemNotice {...props} />
    </div>
  );
}

/** A screen that could not be loaded or drawn. */
export function LoadFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <ScreenProblem
      error={asProblem(error)}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
      actions={
        <ActionLink to="/" reloadDocument>
          <Trans>Start page</Trans>
        </ActionLink>
      }
    />
  );
}

/** The same where not even the frame is there. */
export function PageFailed(props: ErrorComponentProps) {
  return (
    <main>
      <LoadFailed {...props} />
    </main>
  );
}

/** A chunk that could not be fetched is a network failure, whatever the browser calls it. */
function asProblem(error: unknown): ProblemError {
  const isChunk = error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
  return isChunk ? ProblemError.local('network.unreachable', error) : ProblemError.from(error);
}

export function NotFound() {
  return (
    <ScreenProblem
      error={ProblemError.local('request.unknown_route')}
      actions={
        <ActionLink to="/">
          <Trans>Start page</Trans>
        </ActionLink>
      }
    />
  );
}

export function Pending() {
  return (
    <div className={layout.page}>
      <Skeleton lines={4} />
    </div>
  );
}
