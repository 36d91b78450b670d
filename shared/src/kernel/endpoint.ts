import type * as z from 'zod/mini';

type Schema = z.core.$ZodType;

/**
 * One HTTP operation: where it is, what goes in, what comes out. The server registers it with a
 * handler and its access, the client calls it, OpenAPI is generated from it.
 * `params`, `query` and `body` are parsed by the server at the edge and nowhere else.
 */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with `:name` for each key of `params`, for example `/api/patients/:patientId`. */
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly response: Schema;
}

export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}

type Output<S> = S extends Schema ? z.output<S> : undefined;
type Input<S> = S extends Schema ? z.input<S> : undefined;

/** What the handler gets, after parsing. */
export interface EndpointInput<E extends Endpoint> {
  readonly params: Output<E['params']>;
  readonly query: Output<E['query']>;
  readonly body: Output<E['body']>;
}
/** What a caller gives, before parsing. */
export type EndpointCall<E extends Endpoint> = (E['params'] extends Schema ? { params: Input<E['params']> } : unknown) &
  (E['query'] extends Schema ? { query?: Input<E['query']> } : unknown) &
  (E['body'] extends Schema ? { body: Input<E['body']> } : unknown);
export type EndpointResponse<E extends Endpoint> = z.output<E['response']>;
