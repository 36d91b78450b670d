import { defineConfig } from 'vitest/config';
import { resolveWorkerBin } from './scripts/worker/cache.ts';

// Tests that start a real media server need the worker set-up built; without one mediasoup would look inside its own
// package and fail with a path, so say what to do instead.
const workerBin = resolveWorkerBin();
if (!workerBin) console.warn('no verified mediasoup worker in the cache yet: `npm test` makes one');
const env = workerBin ? { MEDIASOUP_WORKER_BIN: workerBin } : {};

/** Journeys in which sound and pictures are measured; the others are screens. */
const CALLS = ['consult', 'examination', 'failures', 'link-check', 'red', 'room-client', 'step-down'].map(
  (name) => `client/e2e/${name}.test.ts`,
);

const journey = {
  globalSetup: ['client/e2e/support/seed-once.ts'],
  testTimeout: 300_000,
  expect: { poll: { timeout: 30_000 } },
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    env,
    // Real SQLite, workers and sockets on small machines: generous limits, which no test is meant to come near.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'shared', include: ['shared/src/**/*.test.ts'] } },
      { extends: true, test: { name: 'server', include: ['server/{src,test}/**/*.test.ts'] } },
      {
        extends: './client/vite.config.ts',
        test: { name: 'client', root: './client', env, include: ['src/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: {
          name: 'scripts',
          include: ['scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'scripts/**/*.journey.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...journey,
          name: 'journeys',
          include: ['client/e2e/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...CALLS],
          // Two at once were a third faster and not reliable: on two cores a browser that is starved looks like a fault.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...journey,
          name: 'calls',
          include: [...CALLS, 'scripts/**/*.journey.test.ts'],
          // Media in real time: one call at a time, after everything else.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
