import { createHash } from 'node:crypto';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** What fits a packet is not worth packing. */
const PACKED_FROM_BYTES = 1024;
/** Level 4 of 11: a list of fifty requests to a tenth in a millisecond, and another second of processor would save no packet more. */
const BROTLI_QUALITY = 4;

/** Of documents and what they load; an answer in JSON is none, and on a village's link a kilobyte of them costs as much as the answer. */
const HEADERS_OF_PAGES = [
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'permissions-policy',
  'referrer-policy',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
] as const;
const CSP_OF_DATA = "default-src 'none';frame-ancestors 'none'";

/**
 * Answers in JSON cost a thin link what is new in them: packed, without the headers of pages, and with a tag by which whoever asks again is told "as it was".
 * Who may read it is looked at all the same, each time. To be installed after whatever sets headers.
 */
export async function installLeanAnswers(app: FastifyInstance): Promise<void> {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!isJson(reply.getHeader('content-type'))) return payload;
    for (const name of HEADERS_OF_PAGES) reply.removeHeader(name);
    reply.header('content-security-policy', CSP_OF_DATA);
    // Of what was found alone (@fastify/etag tags refusals, too, and they are to look alike).
    if (request.method !== 'GET' || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    const tag = tagOf(payload);
    reply.header('etag', tag);
    if (request.headers['if-none-match'] !== tag) return payload;
    reply.status(304);
    return '';
  });
  await app.register(compress, {
    threshold: PACKED_FROM_BYTES,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
    customTypes: (type) => isJson(type),
    globalDecompression: false,
  });
}

/** Weak: the same in content, packed or not. */
function tagOf(payload: string): string {
  return `W/"${createHash('sha1').update(payload).digest('base64url')}"`;
}

function isJson(type: unknown): boolean {
  return typeof type === 'string' && /^application\/(problem\+)?json\b/.test(type);
}
