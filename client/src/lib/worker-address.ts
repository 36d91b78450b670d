/**
 * The address of one of this client's own workers, in the form the page's policy asks for: it lets no script be started whose
 * address was put together at run time. `name` is of the policy, one for each worker.
 */
export function workerAddress(name: string, url: string): URL {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const address = new URL(url, import.meta.url);
  if (trustedTypes === undefined) return address;
  let policy = policies.get(name);
  if (policy === undefined) {
    policy = trustedTypes.createPolicy(name, { createScriptURL: () => address.href });
    policies.set(name, policy);
  }
  return policy.createScriptURL('') as URL;
}

interface Policy {
  createScriptURL(input: string): unknown;
}

/** Missing in TypeScript's list of what browsers have. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: () => string }): Policy;
}

// A policy of a name may be made once where the page lists its names.
const policies = new Map<string, Policy>();
