import { describe, expect, it } from 'vitest';
import type { Bench, BenchContext, RunResult } from './bench.ts';
import { createReport, toSentence, toTable } from './report.ts';
import { runBench } from './runner.ts';
import { median, quantile, rounded } from './statistics.ts';

const ms = (value: number) => ({ value, unit: 'ms' });

describe('statistics', () => {
  it('take the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])]).toEqual([2, 2.5, 7]);
    expect([quantile([4, 1, 3, 2], 0.5), quantile([1, 2, 3, 4], 0.99), quantile([5], 0)]).toEqual([3, 4, 5]);
    expect([rounded(1234.567), rounded(0.0123456)]).toEqual([1235, 0.01235]);
  });
});

describe('the report', () => {
  const runs: RunResult[] = [
    { metrics: { wait: ms(10), only: ms(1), none: ms(0) }, baseline: { wait: ms(20), none: ms(0) } },
    { metrics: { wait: ms(30), only: ms(2), none: ms(0) }, baseline: { wait: ms(300), none: ms(0) } },
    { metrics: { wait: ms(20), only: ms(3), none: ms(0) }, baseline: { wait: ms(80), none: ms(0) } },
  ];
  const bench = {
    name: 'example',
    aims: [
      { name: 'wait', of: 'metrics' as const, metric: 'wait', atMost: 20 },
      { name: 'gain', of: 'ratio' as const, metric: 'wait', atMost: 0.2 },
    ],
  };
  const control = { planted: 'a slow one', caught: true };

  it('has the shape every bench is read by', () => {
    expect(createReport(bench, 'usual', runs, [0.5, 1.25], control)).toEqual({
      bench: 'example',
      profile: 'usual',
      runs: 3,
      load: [0.5, 1.25],
      metrics: {
        wait: { median: 20, min: 10, max: 30, unit: 'ms' },
        only: { median: 2, min: 1, max: 3, unit: 'ms' },
        none: { median: 0, min: 0, max: 0, unit: 'ms' },
      },
      baseline: {
        wait: { median: 80, min: 20, max: 300, unit: 'ms' },
        none: { median: 0, min: 0, max: 0, unit: 'ms' },
      },
      // Of 0.5, 0.1 and 0.25: within each run, not of the medians.
      ratio: { wait: 0.25 },
      aims: [
        { name: 'wait', aim: '≤ 20', value: 20, met: true },
        { name: 'gain', aim: '≤ 0.2', value: 0.25, met: false },
      ],
      control,
    });
  });

  it('aims at the largest where the worst run counts, and only with the profiles an aim is for', () => {
    const aims = [
      { name: 'worst', of: 'largest' as const, metric: 'wait', atMost: 20 },
      { name: 'here', of: 'metrics' as const, metric: 'wait', atMost: 20, profiles: ['usual'] },
      { name: 'elsewhere', of: 'metrics' as const, metric: 'gone', atMost: 20, profiles: ['other'] },
    ];
    expect(createReport({ name: 'example', aims }, 'usual', runs, [0, 0], control).aims).toEqual([
      { name: 'worst', aim: '≤ 20', value: 30, met: false },
      { name: 'here', aim: '≤ 20', value: 20, met: true },
    ]);
  });

  it('says the same in words, a missed aim and an unnoticed fault included', () => {
    const report = createReport(bench, 'usual', runs, [0, 0], control);
    expect(toSentence(report)).toBe(
      'example, usual, 3 runs: wait 20 (aim ≤ 20: met); gain 0.25 (aim ≤ 0.2: NOT met); the planted fault (a slow one) was caught.',
    );
    expect(toSentence({ ...report, control: { planted: 'x', caught: false } })).toContain('NOT CAUGHT');
    expect(toTable(report).split('\n')).toHaveLength(4);
  });

  it('does not pass over an aim that was not measured', () => {
    const aims = [{ name: 'gone', of: 'metrics' as const, metric: 'gone', atLeast: 1 }];
    expect(() => createReport({ name: 'example', aims }, 'usual', runs, [0, 0], control)).toThrow('gone');
  });
});

describe('the runner', () => {
  it('does all runs and the control, and tells where it is and how long it will take', async () => {
    const seen: string[] = [];
    const bench: Bench = {
      name: 'example',
      summary: '',
      profiles: ['usual'],
      baselines: [],
      runs: { usual: 2, full: 4 },
      secondsPerRun: () => 100,
      aims: [],
      run(context: BenchContext) {
        context.progress('measuring', 0);
        return Promise.resolve({ metrics: { wait: ms(seen.length) } });
      },
      control(context: BenchContext) {
        context.progress('planted', 0);
        return Promise.resolve({ planted: 'x', caught: true });
      },
    };
    const options = { profile: 'usual', baseline: undefined, runs: 2, isFull: false };
    const report = await runBench(bench, { ...options, tell: (line) => seen.push(line) });
    expect(seen[0]).toBe('example: run 1 of 2, measuring, about 300 s left');
    expect(seen.map((line) => line.split(',')[0])).toEqual([
      'example: run 1 of 2',
      'example: run 2 of 2',
      'example: control',
    ]);
    expect(report.metrics).toEqual({ wait: { median: 1.5, min: 1, max: 2, unit: 'ms' } });
    expect(report.control.caught).toBe(true);
  });
});
