import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLabName, isStale } from './lab-name.ts';
import { ensureLabTools, type LabTools } from './lab-tools.ts';
import { listNamespaces, Namespace, removeNamespace } from './namespace.ts';
import type { Profile } from './profiles.ts';
import { requireRights } from './rights.ts';
import { Site } from './site.ts';

/** The server's address, the same from every site. It exists only inside the lab's own namespaces. */
export const SERVER_ADDRESS = '10.77.0.1';

/**
 * A server and sites around it, each in a network namespace of its own, joined by emulated links or cables. Nothing in it can
 * reach the machine's network, and nothing outside is changed. Whatever way the process that made it ends, what it leaves is
 * removed: by itself when it can, else when the next lab is made.
 */
export class Lab {
  readonly name: string;
  readonly server: Namespace;
  /** For files that go with the lab. */
  readonly folder: string;
  readonly tools: LabTools;
  readonly #sites: Site[] = [];
  readonly #atExit: () => void;
  readonly #onSignal: (signal: NodeJS.Signals) => void;
  #isClosed = false;

  private constructor(name: string, tools: LabTools) {
    this.name = name;
    this.tools = tools;
    this.folder = join(tmpdir(), name);
    this.#atExit = () => removeLab(name);
    // Without a listener a signal ends the process and says nothing to `exit`.
    this.#onSignal = (signal) => process.exit(128 + constants.signals[signal]);
    process.once('exit', this.#atExit);
    for (const signal of SIGNALS) process.once(signal, this.#onSignal);
    this.server = Namespace.create(`${name}-server`);
    this.server.ip(`addr add ${SERVER_ADDRESS}/32 dev lo`);
    mkdirSync(this.folder);
  }

  /** Throws a SetupError with what to type where the machine or the user cannot have one. */
  static async create(): Promise<Lab> {
    requireRights();
    collectStale();
    const tools = await ensureLabTools();
    const name = createLabName();
    try {
      return new Lab(name, tools);
    } catch (error) {
      removeLab(name);
      throw error;
    }
  }

  /** A place named like this (letters and digits) on a line of this profile, or, without one, on a cable. */
  async addSite(name: string, profile?: Profile, seed = 1): Promise<Site> {
    const site = await Site.create(
      {
        index: this.#sites.length + 1,
        namespace: Namespace.create(`${this.name}-${name}`),
        server: this.server,
        emulator: this.tools.linkem,
        seed,
      },
      profile,
    );
    this.#sites.push(site);
    return site;
  }

  /** Ends what runs in it and removes all of it. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.allSettled(this.#sites.map((site) => site.close()));
    removeLab(this.name);
    process.off('exit', this.#atExit);
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Removes labs whose process was killed before it could. */
function collectStale(): void {
  for (const name of listNamespaces()) if (isStale(name)) removeNamespace(name);
  for (const name of readdirSync(tmpdir())) if (isStale(name)) removeFolder(name);
}

function removeLab(name: string): void {
  for (const namespace of listNamespaces()) if (namespace.startsWith(`${name}-`)) removeNamespace(namespace);
  removeFolder(name);
}

function removeFolder(name: string): void {
  rmSync(join(tmpdir(), name), { recursive: true, force: true });
}
