import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { errorCatalog } from '@jaqyn/shared/errors/error-catalog';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

type Transform = NonNullable<FastifyDynamicSwaggerOptions['transform']>;

/** Every refusal has the one shape of RFC 9457, whatever the endpoint; its `code` says which it is. */
const problem = {
  description: 'Refused: a problem (RFC 9457). Programs switch on `code`.',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'code', 'reference'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string', description: 'In English, for people who read logs' },
          status: { type: 'integer' },
          code: { type: 'string', enum: Object.keys(errorCatalog) },
          reference: { type: 'string', description: 'A number to quote to support' },
          retryAfter: { type: 'number', description: 'Seconds' },
          fields: {
            type: 'array',
            items: {
              type: 'object',
              properties: { path: { type: 'string' }, code: { type: 'string' } },
            },
          },
        },
      },
    },
  },
};

/** The contract's schemas as OpenAPI, with what any endpoint answers when it refuses. */
export const describeEndpoint: Transform = (input) => {
  const { schema, url } = jsonSchemaTransform(input);
  if (!url.startsWith('/api/') || schema.hide === true) return { schema, url };
  return { schema: { ...schema, response: { ...(schema.response as object), default: problem } }, url };
};
