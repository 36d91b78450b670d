import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runContended } from './contended-run.ts';

function createFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const few = { attempts: 160, clients: 24, seed: 1 };

it('finds nothing wrong with two servers on one database', { timeout: 180_000 }, async () => {
  const result = await runContended({ ...few, folder: createFolder() });
  expect(result.faults).toEqual([]);
  expect(result).toMatchObject({
    attempts: few.attempts,
    slotOverlaps: 0,
    specialistOverlaps: 0,
    patientOverlaps: 0,
    stationOverlaps: 0,
    lostAcks: 0,
    faultCount: 0,
  });
  // They did meet: some had what others wanted.
  expect(result.won).toBeGreaterThan(20);
  expect(result.refused).toBeGreaterThan(20);
});

it('sees overlaps when the database refuses nobody', { timeout: 180_000 }, async () => {
  const result = await runContended({ ...few, folder: createFolder(), fault: 'no-constraint' });
  expect(result.slotOverlaps + result.specialistOverlaps).toBeGreaterThan(0);
  expect(result.patientOverlaps).toBeGreaterThan(0);
  expect(result.faultCount).toBeGreaterThan(0);
});
