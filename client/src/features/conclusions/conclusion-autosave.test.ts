import {
  type Conclusion,
  type ConclusionContent,
  EMPTY_CONCLUSION,
} from '@jaqyn/shared/consultations/conclusion.contract';
import { toInstant } from '@jaqyn/shared/kernel/time';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../lib/problem-error.ts';
import { ConclusionAutosave } from './conclusion-autosave.ts';
import { type ConclusionText, EMPTY_TEXT } from './conclusion-text.ts';
import type { KeptText, TextKeeper } from './text-keeper.ts';

/** The server's rule in memory: one version after the other, a wrong base is refused. */
class Server {
  stored: Conclusion | undefined;
  saves = 0;
  failWith: ProblemError | undefined;
  /** While set, answers wait for it. */
  gate: Promise<void> | undefined;

  async load(): Promise<Conclusion | undefined> {
    if (this.failWith) throw this.failWith;
    return this.stored;
  }

  async save(baseVersion: number, content: ConclusionContent): Promise<Conclusion> {
    this.saves += 1;
    await this.gate;
    if (this.failWith) throw this.failWith;
    if (this.stored?.signedAt) throw ProblemError.local('conclusion.signed');
    if ((this.stored?.version ?? 0) !== baseVersion) throw ProblemError.local('conclusion.version_conflict');
    this.stored = {
      status: 'preliminary',
      signedAt: null,
      sha256: null,
      edition: 1,
      amendReason: null,
      replaces: null,
      isSealed: false,
      version: baseVersion + 1,
      content,
      savedAt: toInstant(new Date()),
    } as Conclusion;
    return this.stored;
  }

  sign() {
    this.stored = { ...this.stored, status: 'final', signedAt: toInstant(new Date()) } as Conclusion;
  }
}

/** A browser's storage: texts by the editor that holds them; a crash leaves them without a holder. */
class Disk {
  readonly texts = new Map<object, KeptText>();
  readonly held = new Set<object>();
  isFull = false;
  /** Counts browsers: what an earlier one still wants to do never happens. */
  life = 0;

  keeper(): TextKeeper {
    const self = {};
    const { life } = this;
    this.held.add(self);
    return {
      adoptLeft: async () =>
        [...this.texts]
          .filter(([owner]) => !this.held.has(owner))
          .reverse()
          .map(([owner, kept]) => {
            this.held.add(owner);
            return { ...kept, forget: async () => void this.texts.delete(owner) };
          }),
      keep: async (kept) => {
        if (life !== this.life) return;
        if (this.isFull) throw ProblemError.local('draft.unsaved');
        this.texts.set(self, kept);
      },
      forget: async () => void (life === this.life && this.texts.delete(self)),
      close: () => void this.held.delete(self),
    };
  }

  crash() {
    this.held.clear();
    this.life += 1;
  }
}

/** What one page can reach; nothing, once its browser has crashed. */
function portOf(life = disk.life) {
  const whileAlive = <T>(answer: Promise<T>) => (life === disk.life ? answer : new Promise<T>(() => {}));
  return {
    load: () => whileAlive(server.load()),
    save: (version: number, content: ConclusionContent) =>
      life === disk.life ? server.save(version, content) : new Promise<Conclusion>(() => {}),
  };
}

const offline = () => ProblemError.local('network.unreachable');
const text = (change: Partial<ConclusionText>): ConclusionText => ({ ...EMPTY_TEXT, ...change });

let server: Server;
let disk: Disk;
const opened: ConclusionAutosave[] = [];

async function openEditor(): Promise<ConclusionAutosave> {
  const autosave = ConclusionAutosave.create({ port: portOf(), keeper: disk.keeper() });
  opened.push(autosave);
  await autosave.open();
  return autosave;
}

function openState(autosave: ConclusionAutosave) {
  const state = autosave.state.get();
  if (state.kind !== 'open') throw new Error(`expected an open editor, it is ${state.kind}`);
  return state;
}

const settle = () => vi.advanceTimersByTimeAsync(2000);

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  disk = new Disk();
});

afterEach(() => {
  for (const autosave of opened.splice(0)) autosave.close();
  vi.useRealTimers();
});

describe('saving', () => {
  it('waits for a pause, then saves once and needs this device no more', async () => {
    const editor = await openEditor();
    for (const findings of ['Ж', 'Жү', 'Жүр']) {
      editor.edit(text({ findings }));
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(openState(editor).saving.kind).toBe('saving');
    await settle();
    expect(openState(editor).saving).toEqual({ kind: 'saved', at: server.stored?.savedAt });
    expect([server.saves, server.stored?.content.findings, disk.texts.size]).toEqual([1, 'Жүр', 0]);
  });

  it('is on the disk before it is on the server', async () => {
    const editor = await openEditor();
    editor.edit(text({ findings: 'a' }));
    await vi.advanceTimersByTimeAsync(500);
    expect([server.saves, [...disk.texts.values()][0]?.text.findings]).toEqual([0, 'a']);
  });

  it('what is typed while a save is under way is saved after it', async () => {
    const editor = await openEditor();
    let open = () => {};
    server.gate = new Promise((resolve) => (open = resolve));
    editor.edit(text({ findings: 'a' }));
    await vi.advanceTimersByTimeAsync(1500);
    editor.edit(text({ findings: 'ab' }));
    await vi.advanceTimersByTimeAsync(1500);
    expect(server.saves).toBe(1);
    open();
    await settle();
    expect([server.saves, server.stored?.version, server.stored?.content.findings]).toEqual([2, 2, 'ab']);
  });

  it('does not save a space at the end, and keeps it on the screen', async () => {
    const editor = await openEditor();
    editor.edit(text({ findings: 'a' }));
    await settle();
    editor.edit(text({ findings: 'a ' }));
    await settle();
    expect([server.saves, openState(editor).text.findings, openState(editor).saving.kind]).toEqual([1, 'a ', 'saved']);
  });

  it('a half typed code stays on this device and comes back', async () => {
    const editor = await openEditor();
    editor.edit(text({ findings: 'a', diagnosis: { code: 'I1', text: '', certainty: 'preliminary' } }));
    await settle();
    expect(server.stored?.content.diagnosis.code).toBe('');
    editor.close();
    disk.crash();
    expect(openState(await openEditor()).text.diagnosis.code).toBe('I1');
  });
});

describe('without the server', () => {
  it('says that it is kept here, and sends by itself when the server is back', async () => {
    const editor = await openEditor();
    server.failWith = offline();
    editor.edit(text({ findings: 'a' }));
    await settle();
    expect(openState(editor).saving.kind).toBe('kept');
    server.failWith = undefined;
    await vi.advanceTimersByTimeAsync(20_000);
    expect([openState(editor).saving.kind, server.stored?.content.findings]).toEqual(['saved', 'a']);
  });

  it('does not wait for the next try when the link says it is back', async () => {
    const editor = await openEditor();
    server.failWith = offline();
    editor.edit(text({ findings: 'a' }));
    await vi.advanceTimersByTimeAsync(30_000);
    server.failWith = undefined;
    await editor.refresh();
    await vi.advanceTimersByTimeAsync(1100);
    expect(server.stored?.content.findings).toBe('a');
  });

  it('survives a reload', async () => {
    const editor = await openEditor();
    server.failWith = offline();
    editor.edit(text({ findings: 'a', recommendations: ['b'] }));
    await settle();
    disk.crash();
    server.failWith = undefined;
    const after = await openEditor();
    expect(openState(after)).toMatchObject({ notice: 'restored', text: { findings: 'a', recommendations: ['b'] } });
    await settle();
    expect([server.stored?.content.findings, disk.texts.size]).toEqual(['a', 0]);
  });

  it('is not saved when this device cannot keep it either', async () => {
    const editor = await openEditor();
    server.failWith = offline();
    disk.isFull = true;
    editor.edit(text({ findings: 'a' }));
    await settle();
    expect(openState(editor).saving).toMatchObject({ kind: 'failed', isKept: false });
  });

  it('does not try again what the server refuses', async () => {
    const editor = await openEditor();
    server.failWith = ProblemError.local('consultation.state_conflict');
    editor.edit(text({ findings: 'a' }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([server.saves, openState(editor).saving.kind]).toEqual([1, 'failed']);
  });

  it('cannot be opened, and opens when the server answers', async () => {
    server.failWith = offline();
    const editor = await openEditor();
    expect(editor.state.get().kind).toBe('unavailable');
    server.failWith = undefined;
    await editor.refresh();
    expect(openState(editor).text).toEqual(EMPTY_TEXT);
  });
});

describe('two windows', () => {
  it('changes of different fields are joined and nobody is asked', async () => {
    const [one, two] = [await openEditor(), await openEditor()];
    one.edit(text({ findings: 'a' }));
    await settle();
    two.edit(text({ limits: 'b' }));
    await settle();
    expect(server.stored?.content).toMatchObject({ findings: 'a', limits: 'b' });
    expect(openState(two)).toMatchObject({ notice: 'joined', conflict: null, text: { findings: 'a', limits: 'b' } });
  });

  it('the same field is never overwritten: both texts are shown and nothing is sent until one decides', async () => {
    const [one, two] = [await openEditor(), await openEditor()];
    one.edit(text({ findings: 'a' }));
    await settle();
    two.edit(text({ findings: 'b' }));
    await settle();
    expect(openState(two).conflict).toMatchObject({
      conflicts: ['findings'],
      mine: { findings: 'b' },
      theirs: { findings: 'a' },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.stored?.content.findings).toBe('a');
    await two.resolve({ findings: 'both' });
    await settle();
    expect(server.stored?.content.findings).toBe('a\nb');
  });

  it('a reload before the decision finds the same conflict', async () => {
    const [one, two] = [await openEditor(), await openEditor()];
    one.edit(text({ findings: 'a' }));
    await settle();
    two.edit(text({ findings: 'b' }));
    await settle();
    disk.crash();
    const after = await openEditor();
    expect(openState(after).conflict).toMatchObject({
      from: 'device',
      mine: { findings: 'a' },
      theirs: { findings: 'b' },
    });
    await after.resolve({ findings: 'theirs' });
    await settle();
    expect([server.stored?.content.findings, disk.texts.size]).toEqual(['b', 0]);
  });

  it('does not take what another open window holds', async () => {
    const one = await openEditor();
    server.failWith = offline();
    one.edit(text({ findings: 'a' }));
    await settle();
    server.failWith = undefined;
    const two = await openEditor();
    expect(openState(two).text.findings).toBe('');
  });

  it('follows the other window while nothing is typed here', async () => {
    const [one, two] = [await openEditor(), await openEditor()];
    one.edit(text({ findings: 'a' }));
    await settle();
    await two.refresh();
    expect(openState(two)).toMatchObject({ text: { findings: 'a' }, notice: null });
  });

  it('two texts left by a crash: the newer is joined, the other is asked about', async () => {
    const [one, two] = [await openEditor(), await openEditor()];
    server.failWith = offline();
    one.edit(text({ findings: 'a', limits: 'x' }));
    two.edit(text({ findings: 'b' }));
    await settle();
    disk.crash();
    server.failWith = undefined;
    const after = await openEditor();
    expect(openState(after)).toMatchObject({ text: { findings: 'b' }, conflict: { theirs: { findings: 'a' } } });
    await after.resolve({ findings: 'mine' });
    await settle();
    expect(server.stored?.content).toMatchObject({ findings: 'b', limits: 'x' });
    expect(disk.texts.size).toBe(0);
  });
});

describe('signing', () => {
  it('flush sends what is typed and not saved yet', async () => {
    const editor = await openEditor();
    editor.edit(text({ findings: 'a' }));
    await editor.flush();
    expect(server.stored?.content.findings).toBe('a');
  });

  it('flush says why it cannot', async () => {
    const editor = await openEditor();
    server.failWith = offline();
    editor.edit(text({ findings: 'a' }));
    await expect(editor.flush()).rejects.toMatchObject({ code: 'network.unreachable' });
  });

  it('signed elsewhere: what was typed since is shown and kept, not lost', async () => {
    const editor = await openEditor();
    editor.edit(text({ findings: 'a' }));
    await settle();
    server.sign();
    editor.edit(text({ findings: 'ab' }));
    await settle();
    expect(editor.state.get()).toMatchObject({ kind: 'signed', unsigned: { findings: 'ab' } });
    expect(disk.texts.size).toBe(1);
    await editor.discardUnsigned();
    expect(disk.texts.size).toBe(0);
  });

  it('opens as signed', async () => {
    await server.save(0, { ...EMPTY_CONCLUSION, findings: 'a' });
    server.sign();
    const editor = await openEditor();
    expect(editor.state.get()).toMatchObject({ kind: 'signed', unsigned: null });
  });
});

it('after a sign-out nothing of the text is written to the device or sent', async () => {
  const editor = await openEditor();
  editor.edit(text({ findings: 'a' }));
  editor.abandon();
  editor.close();
  await settle();
  expect([server.stored, disk.texts.size, disk.held.size]).toEqual([undefined, 0, 0]);
});

it('leaving the page sends what is typed', async () => {
  const editor = await openEditor();
  editor.edit(text({ findings: 'a' }));
  editor.close();
  await settle();
  expect([server.stored?.content.findings, disk.held.size]).toEqual(['a', 0]);
});
