import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuditBrowse } from '../../../src/main/store/audit-browse.ts';
import { checkAuditExport } from '../../../src/main/store/audit-export-check.ts';
import { exportAudit } from '../../../src/main/store/audit-export.ts';
import { verifyAuditInSteps } from '../../../src/main/store/audit-steps.ts';
import { writeExport } from '../../../src/main/store/export-file.ts';
import { EVERY_ENTRY, type AuditFilter, type AuditLine } from '../../../src/shared/ipc/admin-audit.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { SAMPLE_START_MS, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

const PERSON = '019aa0c0-0000-4000-8000-00000000a001';
const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let store: SampleStore;

beforeEach(() => {
  folder = temporaryFolder();
  clock = manualClock(SAMPLE_START_MS);
  store = openSampleStore(folder.path, { clock });
  for (let number = 1; number <= 60; number += 1) {
    clock.advance(1_000);
    const kind = number % 7 === 0 ? 'setting.changed' : 'sync.confirmed';
    expectOk(store.audit.append(kind, { number, ...(number % 5 === 0 && { by: PERSON }) }));
  }
});
afterEach(() => {
  store.database.close();
  folder.remove();
});

async function walk(filter: AuditFilter, limit: number): Promise<readonly AuditLine[]> {
  const browse = createAuditBrowse(store.database);
  const found: AuditLine[] = [];
  let before: number | null = null;
  for (;;) {
    const page: { entries: readonly AuditLine[]; next: number | null } = expectOk(
      await browse.page(filter, before, limit),
    );
    found.push(...page.entries);
    if (page.next === null) return found;
    before = page.next;
    // What comes in meanwhile is newer than every page that follows.
    expectOk(store.audit.append('request.made', {}));
  }
}

describe('the audit log', () => {
  it.each([
    [{}, () => true],
    [{ kind: 'setting.changed' }, (n: number) => n % 7 === 0],
    [{ staffId: PERSON }, (n: number) => n % 5 === 0],
    [{ kind: 'setting.changed', staffId: PERSON }, (n: number) => n === 35],
    [{ fromMs: SAMPLE_START_MS + 10_000, toMs: SAMPLE_START_MS + 13_000 }, (n: number) => n >= 10 && n < 13],
  ])('shows the entries of %j, newest first, each once', async (change, fits) => {
    const numbers = Array.from({ length: 60 }, (_, at) => 60 - at).filter((n) => fits(n));
    const found = await walk({ ...EVERY_ENTRY, ...change }, 7);
    expect(found.map(({ detail }) => detail['number'])).toEqual(numbers);
  });

  it('names every kind that there is', () => {
    expect(createAuditBrowse(store.database).kinds()).toMatchObject({ value: ['setting.changed', 'sync.confirmed'] });
  });

  it('is verified in steps, from one moment, while entries are written', async () => {
    for (let number = 1; number <= 5; number += 1) expectOk(store.records.commit(sampleRecord(number)));
    const source = {
      path: store.path,
      databaseKey: store.keys.database,
      auditKey: store.keys.audit,
      devicePublicKey: store.identity.publicKey,
    };
    let steps = 0;
    const onProgress = (): void => {
      steps += 1;
      expectOk(store.audit.append('request.made', {}));
    };
    const report = expectOk(await verifyAuditInSteps(source, { ...quiet, onProgress }));
    expect(report).toEqual({ entries: 65, ok: true, firstBadEntry: null, reason: null });
    expect(steps).toBeGreaterThan(0);
    store.database.prepare(`UPDATE audit SET entry = replace(entry, '35', '36') WHERE seq = 35`).run();
    expect(await verifyAuditInSteps(source, quiet)).toMatchObject({ value: { ok: false, firstBadEntry: 35 } });
    const stopped = new AbortController();
    stopped.abort();
    expect(await verifyAuditInSteps(source, { ...quiet, signal: stopped.signal })).toEqual({ ok: true, value: null });
  });
});

describe('an exported audit log', () => {
  const file = (): string => join(folder.path, 'audit.jsonl');

  async function write(): Promise<readonly string[]> {
    const { identity, keys, path } = store;
    const head = {
      countersign: 'audit',
      v: 1,
      deviceId: identity.deviceId(),
      publicKey: { kty: 'OKP', crv: 'Ed25519', x: identity.publicKeyJwk.x },
      exportedAtMs: 0,
    } as const;
    const pieces = exportAudit({ path, databaseKey: keys.database, head, sign: (text) => identity.sign(text) });
    const options = { signal: quiet.signal, onPiece: () => undefined };
    expect(expectOk(await writeExport(file(), pieces, options))).toBe('written');
    return readFileSync(file(), 'utf8').trimEnd().split('\n');
  }

  it('holds by itself', async () => {
    expect(await write()).toHaveLength(62);
    expect(expectOk(await checkAuditExport(file()))).toMatchObject({ entries: 60, fault: null, line: null });
  });

  it.each([
    [
      'a changed entry',
      (lines: string[]) => (lines[7] = lines[7]!.replace('"number\\":7', '"number\\":8')),
      'content-changed',
      62,
    ],
    ['a missing entry', (lines: string[]) => lines.splice(7, 1), 'entry-missing', 8],
    ['a missing end', (lines: string[]) => lines.pop(), 'end-missing', null],
    ['a cut tail', (lines: string[]) => lines.splice(50, 11), 'head-wrong', 51],
    ['something behind the end', (lines: string[]) => lines.push('{}'), 'text-after-end', 63],
    [
      'another key',
      (lines: string[]) => (lines[0] = lines[0]!.replace(/"x":"..../, '"x":"AAAA')),
      'content-changed',
      62,
    ],
    ['no export at all', (lines: string[]) => (lines[0] = 'receipt,certify_id'), 'not-an-export', 1],
  ])('shows %s', async (_what, change, fault, line) => {
    const lines = [...(await write())];
    change(lines);
    writeFileSync(file(), `${lines.join('\n')}\n`);
    expect(expectOk(await checkAuditExport(file()))).toMatchObject({ fault, line });
  });
});
