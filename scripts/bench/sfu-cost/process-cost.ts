import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ticks a second of the kernel's accounting. */
const HERTZ = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Microseconds of processor a process has used, all of its threads, its own and the kernel's on its behalf. */
export function readCpuMicros(pid: number): number {
  // The name may hold spaces and brackets: what follows the last bracket is numbers.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / HERTZ) * 1e6;
}

/** Resident memory, in MB. */
export function readMemory(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
