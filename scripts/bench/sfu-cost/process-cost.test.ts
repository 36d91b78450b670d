import { expect, it } from 'vitest';
import { readCpuMicros, readMemory } from './process-cost.ts';

it('counts the processor that a process has used, and nothing while it only waits', async () => {
  const before = readCpuMicros(process.pid);
  const from = process.cpuUsage();
  while (process.cpuUsage(from).user < 200_000);
  const { user, system } = process.cpuUsage(from);
  const counted = readCpuMicros(process.pid) - before;
  // The kernel counts in ticks of 10 ms.
  expect(Math.abs(counted - user - system)).toBeLessThan(50_000);
});

it('knows what a process has in memory', () => {
  const before = readMemory(process.pid);
  const filled = Buffer.alloc(64 * 2 ** 20, 1);
  const after = readMemory(process.pid);
  expect(after - before).toBeGreaterThan(32);
  expect(after).toBeLessThan((process.memoryUsage().rss * 1.5) / 2 ** 20);
  expect(filled[filled.length - 1]).toBe(1);
});
