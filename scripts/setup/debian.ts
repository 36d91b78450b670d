import { execFileSync } from 'node:child_process';

/** `ID` and `VERSION_ID` (or the code name where testing has no number yet) of an os-release file. */
export function distributionOf(osRelease: string): string {
  const fields = new Map(
    [...osRelease.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value?.replaceAll(/^["']|["']$/g, ''),
    ]),
  );
  return `${fields.get('ID') ?? 'linux'}-${fields.get('VERSION_ID') ?? fields.get('VERSION_CODENAME') ?? 'unknown'}`;
}

/** Name → version of those of the Debian packages that are installed. Empty where there is no dpkg. */
export function installedVersions(packages: readonly string[]): Record<string, string> {
  let output = '';
  try {
    const args = ['-W', '-f', '${Package} ${db:Status-Status} ${Version}\n', ...packages];
    output = execFileSync('dpkg-query', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    // Exit code 1 says that some are unknown; the known ones are on stdout all the same.
    output = (error as { stdout?: string }).stdout ?? '';
  }
  const versions: Record<string, string> = {};
  for (const line of output.split('\n')) {
    const [name, status, version] = line.split(' ');
    if (name && version && status === 'installed') versions[name] = version;
  }
  return versions;
}
