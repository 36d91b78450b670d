import type { Role } from '@jaqyn/shared/auth/auth.contract';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ProblemError } from '../../lib/problem-error.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { ActionLink } from '../../ui/action.tsx';
import { ScreenProblem } from '../fallbacks.tsx';
import { homeOf } from '../home-of.ts';

/** The server refuses others anyway; here they are told instead of meeting empty lists, and led to where their day begins. */
export function ForRole({ roles, children }: { roles: readonly Role[]; children: ReactNode }) {
  const { role } = useCurrentUser();
  if (roles.includes(role)) return children;
  return (
    <ScreenProblem
      error={ProblemError.local('auth.forbidden')}
      actions={
        <ActionLink to={homeOf(role)}>
          <Trans>Start page</Trans>
        </ActionLink>
      }
    />
  );
}
