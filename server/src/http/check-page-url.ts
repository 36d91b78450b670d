const CHECK_PAGE = '/v/';
/** What the router takes as one part of a path; fastify's own `maxParamLength`. */
const LONGEST_PART = 100;
/** Of no document: a real token is 22 characters. */
const NO_TOKEN = 'unreadable';

/**
 * A paper's address is typed by hand and copied out of letters: what no router can read (a broken percent sign, an endless end)
 * is still answered by the check page, which says in words that there is no such document, and not in JSON.
 */
export function readableCheckPageUrl(url: string): string {
  if (!url.startsWith(CHECK_PAGE)) return url;
  const end = url.search(/[?#]/);
  const token = url.slice(CHECK_PAGE.length, end === -1 ? undefined : end);
  return isReadable(token) ? url : CHECK_PAGE + NO_TOKEN + (end === -1 ? '' : url.slice(end));
}

function isReadable(token: string): boolean {
  if (token.length > LONGEST_PART) return false;
  try {
    decodeURIComponent(token);
    return true;
  } catch {
    return false;
  }
}
