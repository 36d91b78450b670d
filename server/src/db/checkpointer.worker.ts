import { parentPort, workerData } from 'node:worker_threads';
import { openCheckpointer } from './client.ts';

export interface CheckpointOutcome {
  /** What SQLite said, where the log could not be moved. */
  readonly fault?: string;
}

/** More would only run after a writer that never rests. */
const PASSES = 2;

const connection = openCheckpointer(String(workerData));

parentPort?.on('message', (order: 'move' | 'close') => {
  if (order === 'close') {
    connection.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(move());
});

/**
 * Passive: waits for no reader and no writer, and moves what it may. What was committed meanwhile is a few pages, and the log begins anew only
 * when nothing of it is left, so it looks again at once.
 */
function move(): CheckpointOutcome {
  try {
    for (let pass = 0; pass < PASSES; pass += 1) {
      const [result] = connection.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[];
      if (result === undefined || result.log === result.checkpointed) break;
    }
    return {};
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
