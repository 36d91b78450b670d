import type { Role } from '@jaqyn/shared/auth/auth.contract';

/** Fetches the next screens while nothing else happens, so that a call opens at once; returns a cancel. */
export function prefetchWhenIdle(role: Role): () => void {
  const load = () => {
    for (const fetchScreen of screensOf(role)) void fetchScreen().catch(() => {});
    if (role === 'feldsher') {
      void import('./parts/learn-server.ts').then(
        ({ learnServer }) => learnServer(),
        () => {},
      );
    }
    // Photos that were not sent when the page was left.
    if (role === 'feldsher' || role === 'specialist') {
      void import('../features/attachments/upload-queue.ts').then(
        ({ startUploads }) => startUploads(),
        () => {},
      );
    }
  };
  if ('requestIdleCallback' in globalThis) {
    const handle = requestIdleCallback(load, { timeout: 10_000 });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(load, 3000);
  return () => clearTimeout(timer);
}

function screensOf(role: Role): (() => Promise<unknown>)[] {
  switch (role) {
    case 'feldsher':
      return [
        () => import('./routes/new-request.tsx'),
        () => import('./routes/call.tsx'),
        () => import('./parts/people-watch.tsx'),
        () => import('../features/consultations/components/add-vitals-dialog.tsx'),
      ];
    case 'specialist':
      return [() => import('./routes/specialist-consult.tsx'), () => import('./parts/people-watch.tsx')];
    case 'coordinator':
    case 'admin':
    case 'analyst':
      return [];
  }
}
