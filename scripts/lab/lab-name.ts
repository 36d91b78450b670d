import { readFileSync } from 'node:fs';

/** Everything a lab leaves on the machine by name begins so: namespaces and its folder for files. */
const PREFIX = 'jaqyn-lab';

let count = 0;

/**
 * A name for one lab of this process, e.g. `jaqyn-lab-4711-1234567-1`: with the process's id and the moment it was started, so
 * that whoever comes after a killed one can tell that its owner is gone, also when the id was given to another process.
 */
export function createLabName(): string {
  count++;
  return `${PREFIX}-${process.pid}-${startedAt(process.pid) ?? 0}-${count}`;
}

/** Whether this is the name of a lab, or of something in it, whose process is gone. */
export function isStale(name: string): boolean {
  const [, pid, started] = /^jaqyn-lab-(\d+)-(\d+)-\d+(?:-[a-z0-9-]+)?$/.exec(name) ?? [];
  if (pid === undefined || started === undefined) return false;
  return startedAt(Number(pid)) !== Number(started);
}

/** When the process was started, in clock ticks since boot; `undefined` when there is none, or only what is left of it. */
function startedAt(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets before may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : Number(fields[19]);
  } catch {
    return undefined;
  }
}
