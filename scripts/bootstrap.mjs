#!/usr/bin/env node
// @ts-check
// The only plain JavaScript of the project: it has to run on the Node the machine happens to have (20 or newer). It makes
// sure of the Node and the pnpm the project needs, fetched as npm packages into the ignored folder .tools, and hands over
// to scripts/main.ts with them. It must not import anything but Node itself.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The LTS fetched where the machine's own Node is too old. */
export const NODE_VERSION = '24.21.0';

/** The first that runs TypeScript without a flag or a warning and is long-term supported. */
export const OLDEST_NODE = [24, 11];

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TOOLS = join(ROOT, '.tools');
const BIN = join(TOOLS, 'node_modules', '.bin');

/**
 * Whether a Node of this version (`process.versions.node`) can run the project itself.
 * @param {string} version
 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/**
 * The npm packages .tools must hold: name → exact version. Throws a message for people where there is none.
 * @param {{ nodeVersion: string, platform: string, arch: string, packageManager: string, hasOwnNode: boolean }} machine
 *   `packageManager` as package.json pins it; `hasOwnNode` when .tools holds a Node already
 * @returns {Record<string, string>}
 */
export function toolPackages({ nodeVersion, platform, arch, packageManager, hasOwnNode }) {
  const pnpm = /^pnpm@(\d[^+]*)/.exec(packageManager)?.[1];
  if (!pnpm) throw new Error(`package.json pins "${packageManager}", which is no pnpm version`);
  const published = platform === 'linux' && (arch === 'x64' || arch === 'arm64');
  if (!isNodeNewEnough(nodeVersion) && !published) {
    throw new Error(
      `Node ${nodeVersion} is too old, and there is no Node ${NODE_VERSION} to fetch for ${platform} on ${arch}.\n` +
        `  Install Node ${OLDEST_NODE.join('.')} or newer from https://nodejs.org and type the same command again.`,
    );
  }
  // A Node that was fetched before stays: this very process may be running on it.
  const needsNode = published && (hasOwnNode || !isNodeNewEnough(nodeVersion));
  return { ...(needsNode ? { [`node-linux-${arch}`]: NODE_VERSION } : {}), pnpm };
}

/**
 * Fetches what is missing in .tools and prints one line about it.
 * @param {Record<string, string>} packages
 */
function installTools(packages) {
  const began = Date.now();
  const names = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  const stamp = join(TOOLS, 'stamps', 'tools');
  const describe = Object.entries(packages)
    .map(([name, version]) => `${name.startsWith('node-') ? 'Node' : name} ${version}`)
    .join(', ');
  const isDone = existsSync(stamp) && readFileSync(stamp, 'utf8') === names.join(' ') && existsSync(join(BIN, 'pnpm'));
  if (!isDone) {
    mkdirSync(join(TOOLS, 'stamps'), { recursive: true });
    mkdirSync(join(TOOLS, 'logs'), { recursive: true });
    const manifest = { name: 'jaqyn-tools', private: true, dependencies: packages };
    writeFileSync(join(TOOLS, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    console.log(`  tools: fetching ${describe} from the npm registry`);
    runLogged(...npm(), 'install', '--prefix', TOOLS, '--ignore-scripts', '--no-audit', '--no-fund');
    // What pnpm's own install script does, which some versions of npm do not run: the real binary in the place of a stub.
    runLogged(process.execPath, join(TOOLS, 'node_modules', 'pnpm', 'install.js'));
    // Nothing counts as installed that does not run.
    runLogged(join(BIN, 'pnpm'), '--version');
    if (existsSync(join(BIN, 'node'))) runLogged(join(BIN, 'node'), '--version');
    writeFileSync(stamp, names.join(' '));
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`✓ tools · ${seconds} s (${isDone ? 'already done' : describe})`);
}

/**
 * The npm that started this, else the one on the path.
 * @returns {[string, ...string[]]}
 */
function npm() {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('npm-cli.js') ? [process.execPath, cli] : ['npm'];
}

/**
 * @param {string} command
 * @param {...string} args
 */
function runLogged(command, ...args) {
  const log = join(TOOLS, 'logs', 'tools.log');
  const result = spawnSync(command, args, { cwd: TOOLS, encoding: 'utf8' });
  const line = [command, ...args].join(' ');
  writeFileSync(log, `$ ${line}\n${result.stdout ?? ''}${result.stderr ?? ''}\n`, { flag: 'a' });
  if (result.status === 0) return;
  const said = `${result.stderr ?? ''}${result.error?.message ?? ''}`.trim().split('\n').slice(-8).join('\n  | ');
  throw new Error(
    `The project's Node and pnpm could not be fetched from the npm registry:\n  | ${said}\n\n` +
      `  Type this to see whether the registry answers, then the same command again:\n    npm ping\n\n` +
      '  The whole output: .tools/logs/tools.log',
  );
}

/** @param {string[]} args */
function handOver(args) {
  const ownNode = join(BIN, 'node');
  const env = {
    ...process.env,
    PATH: [BIN, dirname(process.execPath), process.env['PATH']].join(delimiter),
    // The one download of set-up that is not npm's or apt's goes through the hospital's proxy too, where there is one.
    NODE_USE_ENV_PROXY: '1',
  };
  // A session of its own, because Ctrl-C on a terminal reaches every process in the foreground: npm, this one and whatever
  // runs below would each get it, and npm sends it once more. So it is taken here once and passed on once. The IPC channel
  // tells the runner when this process is killed in a way that cannot be passed on.
  const child = spawn(existsSync(ownNode) ? ownNode : process.execPath, [join(ROOT, 'scripts', 'main.ts'), ...args], {
    env,
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let lastSignalAt = 0;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (Date.now() - lastSignalAt < 300) return;
      lastSignalAt = Date.now();
      child.kill(signal);
    });
  }
  // npm that is killed outright passes nothing on; whoever started it expects all of it to end.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event']) {
    setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
  }
  child.once('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 128 + constants.signals[signal] : 1);
    if (child.connected) child.disconnect();
  });
}

if (process.argv[1] && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  try {
    const { packageManager } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    installTools(
      toolPackages({
        nodeVersion: process.versions.node,
        platform: process.platform,
        arch: process.arch,
        packageManager,
        hasOwnNode: existsSync(join(BIN, 'node')),
      }),
    );
    handOver(process.argv.slice(2));
  } catch (error) {
    console.error(`✗ tools\n  ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
