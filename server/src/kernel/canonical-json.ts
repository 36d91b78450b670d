import canonicalizeJson from 'canonicalize';

/** JSON Canonicalization Scheme (RFC 8785): one byte sequence for one value, whatever the order of keys. */
export function canonicalize(value: object): string {
  const text = canonicalizeJson(value);
  if (text === undefined) throw new TypeError('Not representable as JSON');
  return text;
}
