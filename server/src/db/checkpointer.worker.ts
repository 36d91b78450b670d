import { parentPort, workerData } from 'node:worker_threads';
import { openCheckpointer } from './client.ts';

export interface CheckpointOutcome {
  /** What SQLite said, where the log could not be moved. */
  readonly fault?: string;
}

const connection = openCheckpointer(String(workerData));

parentPort?.on('message', (order: 'move' | 'close') => {
  if (order === 'close') {
    connection.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(move());
});

/** Passive: waits for no reader and no writer, and moves what it may; what is committed meanwhile is moved the next time. */
function move(): CheckpointOutcome {
  try {
    connection.pragma('wal_checkpoint(PASSIVE)');
    return {};
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
