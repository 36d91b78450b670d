import type { Role } from '@jaqyn/shared/auth/auth.contract';

/** Where each role's day begins. */
export function homeOf(role: Role): '/' | '/worklist' | '/coordinator' | '/overview' {
  switch (role) {
    case 'feldsher':
      return '/';
    case 'specialist':
      return '/worklist';
    case 'coordinator':
      return '/coordinator';
    case 'admin':
    case 'analyst':
      return '/overview';
  }
}
