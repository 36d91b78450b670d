import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { ReactNode } from 'react';
import { ProblemError } from '../../lib/problem-error.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** The server refuses others anyway; here they are told instead of meeting empty lists. */
export function ForRole({ roles, children }: { roles: readonly Role[]; children: ReactNode }) {
  if (roles.includes(useCurrentUser().role)) return children;
  return (
    <div className={classes(layout.page, layout.narrow)}>
      <ProblemNotice error={ProblemError.local('auth.forbidden')} />
    </div>
  );
}
