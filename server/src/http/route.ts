import type { Endpoint, EndpointInput, EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from './access.ts';

type Handler<E extends Endpoint> = (
  input: EndpointInput<E>,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<EndpointResponse<E>>;

interface RouteOptions {
  /** Bytes, where a body may be larger than anywhere else. */
  readonly bodyLimit?: number;
}

/** Registers one endpoint of a contract: its schemas parse what comes in and what goes out, `access` says who may. */
export function route<const E extends Endpoint>(
  app: FastifyInstance,
  contract: E,
  access: Access,
  handler: Handler<E>,
  options: RouteOptions = {},
): void {
  app.route({
    method: contract.method,
    url: contract.path,
    config: { access },
    ...(options.bodyLimit !== undefined && { bodyLimit: options.bodyLimit }),
    schema: {
      summary: contract.summary,
      tags: [contract.path.split('/')[2] ?? 'api'],
      ...(contract.params && { params: contract.params }),
      ...(contract.query && { querystring: contract.query }),
      ...(contract.body && { body: contract.body }),
      response: { 200: contract.response },
    },
    handler: (request, reply) =>
      handler({ params: request.params, query: request.query, body: request.body } as EndpointInput<E>, request, reply),
  });
}
