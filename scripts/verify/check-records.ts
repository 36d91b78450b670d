import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { listMigrations } from '../../server/src/db/migrations.ts';
import { findLocalRoots, verifyLocally } from '../../server/src/modules/signatures/local-signer.ts';
import type { DataFolder } from './data-folder.ts';
import type { Fault } from './fault.ts';
import { hasTable, type LogIndex } from './read-log.ts';

export interface RecordCounts {
  readonly requests: number;
  readonly signedConclusions: number;
  readonly signatures: number;
  readonly files: number;
  readonly evidence: number;
}

/** As the migrations made them; what is not text is read apart. */
type Columns = Readonly<Record<string, string>>;

interface Findings {
  readonly faults: Fault[];
  readonly notes: string[];
  readonly counts: { -readonly [Name in keyof RecordCounts]: RecordCounts[Name] };
}

/** Signed rows, their signatures and files, evidence, states and messages against what the log tells of them. */
export function checkRecords(data: DataFolder, index: LogIndex, now: Date): Findings {
  const findings: Findings = {
    faults: [],
    notes: [],
    counts: { requests: 0, signedConclusions: 0, signatures: 0, files: 0, evidence: 0 },
  };
  checkTriggers(data, findings);
  checkStates(data, index, findings);
  checkMessages(data, index, findings);
  checkConclusions(data, index, findings);
  if (hasTable(data.database, 'document_signature')) checkSignatures(data, index, now, findings);
  if (hasTable(data.database, 'evidence')) checkEvidence(data, findings);
  findings.faults.sort((a, b) => (a.seq ?? Number.POSITIVE_INFINITY) - (b.seq ?? Number.POSITIVE_INFINITY));
  return findings;
}

/** Somebody who rewrites rows takes the triggers away first. */
function checkTriggers({ database }: DataFolder, { faults }: Findings): void {
  const applied = database.prepare('SELECT name FROM applied_migration').all();
  const names = new Set(applied.map(({ name }) => name));
  const wanted = new Map<string, string>();
  for (const { name, sql } of listMigrations()) {
    if (!names.has(name)) continue;
    for (const [, verb, trigger = ''] of sql.matchAll(/\b(CREATE|DROP) TRIGGER (?:IF (?:NOT )?EXISTS )?`?(\w+)/gi)) {
      if (verb?.toUpperCase() === 'DROP') wanted.delete(trigger);
      else wanted.set(trigger, name);
    }
  }
  const found = new Set(
    database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      .all()
      .map(({ name }) => name),
  );
  for (const [trigger, migration] of wanted) {
    if (!found.has(trigger))
      faults.push({ check: 'triggers', seq: null, says: `trigger ${trigger} of ${migration} is gone` });
  }
}

function checkStates({ database }: DataFolder, index: LogIndex, { faults, counts }: Findings): void {
  const left = new Map(index.states);
  for (const { id, status } of database
    .prepare('SELECT id, status FROM service_request')
    .iterate() as Iterable<never> as Iterable<Columns>) {
    counts.requests += 1;
    const logged = left.get(String(id));
    left.delete(String(id));
    if (logged === undefined || logged.to !== status) {
      const says = `request ${id} is ${status}; the log ${logged === undefined ? 'does not know it' : `last made it ${logged.to}`}`;
      faults.push({ check: 'records', seq: logged?.seq ?? null, says });
    }
  }
  for (const [id, { seq }] of left) faults.push({ check: 'records', seq, says: `request ${id} is gone` });
}

function checkMessages({ database }: DataFolder, index: LogIndex, { faults, notes }: Findings): void {
  const left = new Map(index.messages);
  let ofDemo = 0;
  const rows = database.prepare(
    'SELECT m.id, r.is_demo FROM message m JOIN service_request r ON r.id = m.request_id ORDER BY m.id',
  );
  for (const { id, is_demo } of rows.iterate() as Iterable<never> as Iterable<Columns>) {
    if (left.delete(String(id))) continue;
    if (Number(is_demo) === 1) ofDemo += 1;
    else faults.push({ check: 'records', seq: null, says: `message ${id} is not in the log` });
  }
  for (const [id, seq] of left) faults.push({ check: 'records', seq, says: `message ${id} is gone` });
  if (ofDemo > 0) notes.push(`${ofDemo} messages of demo requests were filled in and never sent`);
}

function checkConclusions({ database }: DataFolder, index: LogIndex, { faults, counts }: Findings): void {
  const left = new Map(index.signed);
  const rows = database.prepare(
    "SELECT id, request_id, signed_bytes, sha256 FROM composition WHERE status <> 'preliminary'",
  );
  for (const { id, request_id, signed_bytes, sha256 } of rows.iterate() as Iterable<never> as Iterable<Columns>) {
    counts.signedConclusions += 1;
    const logged = left.get(String(sha256));
    left.delete(String(sha256));
    if (sha256Of(String(signed_bytes)) !== sha256) {
      faults.push({ check: 'records', seq: logged?.seq ?? null, says: `signed conclusion ${id} was altered` });
    } else if (logged?.requestId !== request_id) {
      faults.push({ check: 'records', seq: null, says: `signed conclusion ${id} is not the one in the log` });
    }
  }
  for (const { seq, requestId } of left.values()) {
    faults.push({ check: 'records', seq, says: `the conclusion that was signed for request ${requestId} is gone` });
  }
}

function checkSignatures(data: DataFolder, index: LogIndex, now: Date, { faults, notes, counts }: Findings): void {
  const keys = path.join(data.folder, 'keys');
  const roots = findLocalRoots({
    findCertificate: (name) => {
      const file = path.join(keys, `${name}.cert.pem`);
      return existsSync(file) ? new Uint8Array(new X509Certificate(readFileSync(file)).raw) : undefined;
    },
  });
  const manifests = new Set<string>();
  let elsewhere = 0;
  const rows = data.database.prepare(
    `SELECT s.composition_id, s.method, s.manifest, s.cms, s.signed_at, s.certificate_serial, s.document_sha256,
       s.pdf_kk_sha256, s.pdf_ru_sha256, c.sha256, c.request_id FROM document_signature s LEFT JOIN composition c ON c.id = s.composition_id`,
  );
  for (const row of rows.iterate() as Iterable<never> as Iterable<Columns>) {
    counts.signatures += 1;
    const seq = index.signed.get(String(row['sha256']))?.seq ?? null;
    const fail = (says: string) =>
      void faults.push({
        check: 'signatures',
        seq,
        says: `the signature of conclusion ${row['composition_id']}: ${says}`,
      });
    const manifest = String(row['manifest']);
    manifests.add(sha256Of(manifest));
    const named = [row['document_sha256'], row['pdf_kk_sha256'], row['pdf_ru_sha256']].map(String);
    if (named.join() !== hashesOf(manifest).slice(0, named.length).join() || named[0] !== row['sha256']) {
      fail('is not over this document');
    }
    for (const hash of named.slice(1)) {
      counts.files += 1;
      const file = path.join(data.folder, 'documents', hash.slice(0, 2), hash);
      if (!existsSync(file)) fail(`file ${hash} is gone`);
      else if (sha256Of(readFileSync(file)) !== hash) fail(`file ${hash} was altered`);
    }
    if (row['method'] !== 'local') {
      elsewhere += 1;
      continue;
    }
    if (roots === undefined) {
      fail('cannot be checked: the roots are not in the key folder');
      continue;
    }
    const cms = new Uint8Array(row['cms'] as unknown as Uint8Array);
    const verdict = verifyLocally(roots, cms, new TextEncoder().encode(manifest), now);
    if (verdict.kind === 'invalid') fail(verdict.fault);
    else if (verdict.signedAt !== row['signed_at'] || verdict.certificateSerial !== row['certificate_serial']) {
      fail('says another time or another certificate than its row');
    }
  }
  for (const { seq, manifest, requestId } of index.signed.values()) {
    if (manifest !== undefined && !manifests.has(manifest)) {
      faults.push({ check: 'signatures', seq, says: `the signature that was made for request ${requestId} is gone` });
    }
  }
  if (elsewhere > 0) notes.push(`${elsewhere} signatures of the national service were not checked: that needs NCANode`);
}

function checkEvidence({ database }: DataFolder, { faults, counts }: Findings): void {
  const rows = database.prepare(
    `SELECT e.composition_id, e.canonical, e.sha256, s.manifest FROM evidence e
       JOIN document_signature s ON s.composition_id = e.composition_id`,
  );
  for (const {
    composition_id,
    canonical,
    sha256,
    manifest,
  } of rows.iterate() as Iterable<never> as Iterable<Columns>) {
    counts.evidence += 1;
    if (sha256Of(canonical ?? '') !== sha256 || !hashesOf(manifest ?? '').includes(sha256)) {
      faults.push({
        check: 'evidence',
        seq: null,
        says: `the evidence of conclusion ${composition_id} is not what was signed`,
      });
    }
  }
  const lacking = database.prepare(
    `SELECT s.composition_id FROM document_signature s LEFT JOIN evidence e ON e.composition_id = s.composition_id
       WHERE e.composition_id IS NULL AND instr(s.manifest, '"evidence.json"') > 0`,
  );
  for (const { composition_id } of lacking.iterate() as Iterable<never> as Iterable<Columns>) {
    faults.push({ check: 'evidence', seq: null, says: `the evidence of conclusion ${composition_id} is gone` });
  }
}

function hashesOf(manifest: string): string[] {
  try {
    return (JSON.parse(manifest) as { parts: { sha256: string }[] }).parts.map(({ sha256 }) => sha256);
  } catch {
    return [];
  }
}

function sha256Of(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
