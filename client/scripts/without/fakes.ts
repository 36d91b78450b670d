/** In place of mediasoup-client's fakes for tests, which its front door exports: 3 kB that no browser uses. */
export const FakeHandler = undefined;
