/**
 * How Node runs the server, for whoever starts it: `npm start`, benches. The young part of its memory may grow to 64 MB a half (16 by
 * default): a board of a week makes some ten megabytes, and with the default one answer in fifty waits 8 to 12 ms for a collection in
 * the middle of it. Measured with `npm run bench -- schedule-scale`; costs up to 150 MB of memory while it works.
 */
export const SERVER_NODE_ARGS: readonly string[] = ['--max-semi-space-size=64'];
