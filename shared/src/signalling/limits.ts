/**
 * Most bytes of one request over the socket, measured as JSON. The largest real one, `room:join`, is about 6 kB.
 * The client refuses to send more; the server answers more with `request.too_large`.
 */
export const MAX_EVENT_BYTES = 64 * 1024;

/** A websocket frame above this ends the connection (close code 1009) before it is read: nobody honest sends one. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** People in one room. */
export const MAX_PEERS = 6;
