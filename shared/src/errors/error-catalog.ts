/**
 * Every error a user or a client program can meet: code → HTTP status and an English title for logs and API readers.
 * Screens translate by code (client/src/lib/problem-messages.ts); a test holds the two equal.
 * A foreign id answers with the same `….not_found` as a missing one.
 */
export const errorCatalog = {
  'request.invalid': { status: 400, title: 'The request does not fit its schema' },
  'request.too_large': { status: 413, title: 'The request is larger than allowed' },
  'request.rate_limited': { status: 429, title: 'Too many requests, try again later' },
  'request.unknown_route': { status: 404, title: 'There is no such address' },
  'request.unknown_event': { status: 404, title: 'There is no such event' },
  'request.origin_refused': { status: 403, title: 'The page comes from an address that is not allowed' },
  'request.media_type': { status: 415, title: 'The body has a type that is not accepted' },
  'idempotency.key_reused': { status: 409, title: 'The idempotency key was used for another request' },
  'auth.required': { status: 401, title: 'Sign in first' },
  'auth.invalid_credentials': { status: 401, title: 'Login or password is wrong' },
  'auth.session_expired': { status: 401, title: 'The session has ended, sign in again' },
  'auth.forbidden': { status: 403, title: 'This role may not do this' },
  'auth.busy': { status: 503, title: 'Too many sign-ins at once, try again in a moment' },
  'patient.not_found': { status: 404, title: 'No such patient' },
  'patient.iin_invalid': { status: 422, title: 'The IIN is not valid' },
  'patient.iin_taken': { status: 409, title: 'A patient with this IIN is registered already' },
  'station.not_found': { status: 404, title: 'No such station' },
  'practitioner.not_found': { status: 404, title: 'No such practitioner' },
  'specialty.not_found': { status: 404, title: 'No such specialty' },
  'consultation.not_found': { status: 404, title: 'No such consultation' },
  'consultation.state_conflict': { status: 409, title: 'The consultation has moved on, reload it' },
  'consultation.answered_elsewhere': { status: 409, title: 'Another specialist has answered this call' },
  'consultation.nobody_on_call': { status: 409, title: 'Nobody of this specialty is on call now' },
  'consultation.already_open': { status: 409, title: 'This patient has an open request for this specialty already' },
  'consultation.specialist_busy': { status: 409, title: 'The specialist is in another call' },
  'conclusion.not_found': { status: 404, title: 'No conclusion yet' },
  'conclusion.version_conflict': { status: 409, title: 'The conclusion was changed elsewhere' },
  'conclusion.incomplete': { status: 422, title: 'Required fields of the conclusion are empty' },
  'conclusion.signed': { status: 409, title: 'The conclusion is signed and cannot be changed' },
  'conclusion.preview_stale': { status: 409, title: 'The conclusion changed after the preview' },
  'room.not_found': { status: 404, title: 'No such room' },
  'room.not_joined': { status: 409, title: 'Join the room first' },
  'room.closed': { status: 409, title: 'The room is closed' },
  'room.full': { status: 409, title: 'The room is full' },
  'transport.not_found': { status: 404, title: 'No such transport' },
  'transport.rejected': { status: 422, title: 'The media server refused the transport parameters' },
  'producer.not_found': { status: 404, title: 'No such producer' },
  'producer.rejected': { status: 422, title: 'The media server refused the track' },
  'consumer.not_found': { status: 404, title: 'No such consumer' },
  'media.unavailable': { status: 503, title: 'The media server is restarting' },
  'seed.refused': { status: 409, title: 'The database holds real data, demo data was not added' },
  'store.busy': { status: 503, title: 'The database is busy, try again' },
  'store.unavailable': { status: 503, title: 'The database could not save this' },
  'database.corrupt': { status: 500, title: 'The database file is damaged' },
  'database.newer': { status: 500, title: 'The database was made by a newer version' },
  'database.unwritable': { status: 500, title: 'The data folder cannot be written' },
  'server.draining': { status: 503, title: 'The server is restarting' },
  'server.overloaded': { status: 503, title: 'The server is overloaded, try again' },
  'server.port_in_use': { status: 500, title: 'The port is in use' },
  'server.config_invalid': { status: 500, title: 'The configuration is not valid' },
  'server.internal': { status: 500, title: 'Something went wrong on the server' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCatalog;

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCatalog, text);
}
