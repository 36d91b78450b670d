/**
 * Most bytes of one request over the socket, measured as JSON (bytes of a file as they are). The largest real one, `room:join`, is about 6 kB.
 * The client refuses to send more; the server answers more with `request.too_large`.
 */
export const MAX_EVENT_BYTES = 64 * 1024;

/** A websocket frame above this ends the connection (close code 1009) before it is read: nobody honest sends one. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** People in one room. */
export const MAX_PEERS = 6;

/**
 * Bytes of a file that may be on their way over the socket and not answered, in all: what a cut costs to send again, and what a line of
 * 128 kbit/s and 600 ms holds nearly twice.
 */
export const PIECES_WINDOW_BYTES = 16 * 1024;

/** Bytes of a request's data, of a file or as JSON. */
export function sizeOfRequest(data: unknown): number {
  let bytes = 0;
  const rest = JSON.stringify(data, function (this: Record<string, unknown>, key, value: unknown) {
    // What writes itself as JSON, as Node's bytes do, has done so when it comes here.
    const original = this[key];
    if (!(original instanceof Uint8Array)) return value;
    bytes += original.byteLength;
    return 0;
  });
  return bytes + (rest === undefined ? 0 : new TextEncoder().encode(rest).byteLength);
}
