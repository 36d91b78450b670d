import { getHealth } from '@jaqyn/shared/system/system.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { type ComponentProps, useEffect, useState } from 'react';
import { call } from '../lib/api-client.ts';
import { ProblemError } from '../lib/problem-error.ts';
import { Action, ActionLink } from '../ui/action.tsx';
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
  const isOld = useIsOldPage(isChunkError(error));
  if (isOld) {
    return (
      <ScreenProblem
        error={ProblemError.local('request.unknown_event', error)}
        actions={
          <Action onClick={() => location.reload()}>
            <Trans>Reload the page</Trans>
          </Action>
        }
      />
    );
  }
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

/** A tab from before the server got a newer version asks for pieces that are not there any more, while the server answers all else. */
function useIsOldPage(isChunkMissing: boolean): boolean {
  const [isOld, setIsOld] = useState(false);
  useEffect(() => {
    if (!isChunkMissing) return;
    let isHere = true;
    call(getHealth, undefined).then(
      () => isHere && setIsOld(true),
      // There is no line either: then that is what is wrong.
      () => {},
    );
    return () => {
      isHere = false;
    };
  }, [isChunkMissing]);
  return isOld;
}

function isChunkError(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
}

/** A chunk that could not be fetched is a network failure, whatever the browser calls it. */
function asProblem(error: unknown): ProblemError {
  return isChunkError(error) ? ProblemError.local('network.unreachable', error) : ProblemError.from(error);
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

/** An address that leads nowhere at all: there is no frame around it. */
export function PageNotFound() {
  return (
    <main>
      <NotFound />
    </main>
  );
}

export function Pending() {
  return (
    <div className={layout.page}>
      {/* A page without a heading is nowhere, also while its own is on the way. */}
      <h1 className="visually-hidden">
        <Trans>Loading…</Trans>
      </h1>
      <Skeleton lines={4} />
    </div>
  );
}
