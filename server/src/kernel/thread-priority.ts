import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import path from 'node:path';

/**
 * Puts the calling thread, and threads it starts later, behind the others of this machine (nice 10). Linux only, where a thread has a priority of its own
 * and `/proc/thread-self` tells which it is; elsewhere, and where the system does not allow it, everything stays as it is.
 */
export function lowerThisThread(): void {
  try {
    setPriority(Number(path.basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Only slower for the others.
  }
}
