import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditHandlers } from '../../../src/main/composition/admin-audit-handlers.ts';
import { recordsHandlers } from '../../../src/main/composition/admin-records-handlers.ts';
import { createAuditCheck } from '../../../src/main/composition/audit-check.ts';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { guardHandlers } from '../../../src/main/composition/staff-guard.ts';
import { receiptNumber } from '../../../src/main/certification/receipt-text.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { checkAuditExport } from '../../../src/main/store/audit-export-check.ts';
import { EVERY_RECORD } from '../../../src/shared/domain/record-search.ts';
import type { StaffRole } from '../../../src/shared/domain/staff.ts';
import { ADMIN_RIGHTS } from '../../../src/shared/ipc/admin-rights.ts';
import { EVERY_ENTRY } from '../../../src/shared/ipc/admin-audit.ts';
import type { FileTaskState } from '../../../src/shared/ipc/file-task.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { signInAtDesk } from '../../support/staff-sign-in.ts';
import { readStrictCsv } from '../../support/strict-csv.ts';

const DAY_MS = 86_400_000;
/** What begins like a bitmap is shown as one. */
const BITMAP = new Uint8Array([0x42, 0x4d, 1, 2, 3]);

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let installation: Installation;
let target: string | null;
/** What happens while a place is chosen. */
let chosen: () => unknown;
const receipts = new Map<number, string>();

beforeEach(async () => {
  folder = temporaryFolder();
  clock = manualClock(SAMPLE_START_MS + DAY_MS);
  installation = expectOk(openInstallation(folder.path, keyFile(join(folder.path, KEY_FILE_NAME), randomBytes), clock));
  target = join(folder.path, 'out.csv');
  chosen = () => null;
  await signInAtDesk(installation.staff, 'admin');
  for (let number = 1; number <= 4; number += 1) {
    const startedAtMs = SAMPLE_START_MS + (number > 2 ? DAY_MS : 0);
    const committed = expectOk(installation.records.commit(sampleRecord(number, 'ok.matched', { startedAtMs })));
    receipts.set(number, receiptNumber(committed.receiptHash));
  }
});
afterEach(() => {
  installation.close();
  folder.remove();
});

function handlers() {
  const chooseFile = (): Promise<string | null> => Promise.resolve((chosen(), target));
  const parts = { installation, clock, chooseFile };
  return guardHandlers(
    installation,
    { window: 'admin', needs: ADMIN_RIGHTS, polled: new Set<never>() },
    { ...recordsHandlers(parts), ...auditHandlers(parts, createAuditCheck(installation, clock)) },
  );
}

async function signInAs(role: StaffRole): Promise<void> {
  const { staff } = installation;
  const list = expectOk(staff.list());
  expectOk(await staff.create({ revision: list.revision, name: `some ${role}`, role, secret: '135790' }));
  expectOk(staff.signOut('admin'));
  const gate = expectOk(staff.gate('admin'));
  if (gate.state !== 'signed-out') throw new Error(gate.state);
  const staffId = gate.choices.find(({ name }) => name === `some ${role}`)?.staffId ?? '';
  expect(await staff.signIn('admin', { staffId, secret: '135790' })).toMatchObject({ value: { state: 'signed-in' } });
}

const all = { filter: EVERY_RECORD, order: 'newest', after: null, limit: 50 } as const;

async function found(filter = EVERY_RECORD): Promise<readonly string[]> {
  return expectOk(await handlers()['admin:records']({ ...all, filter })).rows.map(({ certifyId }) => certifyId);
}

async function ended(state: () => Promise<FileTaskState>): Promise<FileTaskState> {
  for (;;) {
    const now = await state();
    if (now.state !== 'running') return now;
    await pause(5);
  }
}

function kindsOfAudit(): readonly string[] {
  return installation.database
    .prepare<[], string>(`SELECT json_extract(entry, '$.kind') FROM audit ORDER BY seq`)
    .pluck()
    .all();
}

describe('an operator', () => {
  it('sees the records of today, and one of another day by what is printed on its receipt', async () => {
    await signInAs('operator');
    expect(await found()).toEqual([sampleCertifyId(4), sampleCertifyId(3)]);
    expect(await found({ ...EVERY_RECORD, toMs: SAMPLE_START_MS + 5_000 })).toEqual([]);
    expect(expectOk(await handlers()['admin:record-count']({ filter: EVERY_RECORD }))).toEqual({
      count: 2,
      more: false,
    });
    const byReceipt = (text: string) => found({ ...EVERY_RECORD, search: { by: 'receipt', text } });
    expect(await byReceipt('1')).toEqual([]);
    expect(await byReceipt(receipts.get(1)!)).toEqual([sampleCertifyId(1)]);
    const open = (number: number, receipt: string | null) =>
      handlers()['admin:record']({ certifyId: sampleCertifyId(number), receipt });
    expect(await open(3, null)).toMatchObject({ ok: true });
    for (const receipt of [null, '1', receipts.get(2)!]) {
      expect(await open(1, receipt)).toMatchObject({ error: { code: 'staff.not-allowed' } });
    }
    expect(await open(1, receipts.get(1)!)).toMatchObject({ value: { receiptNumber: receipts.get(1) } });
  });

  it('gets no pictures, no file and nothing of the audit log', async () => {
    await signInAs('operator');
    const here = handlers();
    const answers = [
      here['admin:record-evidence']({ certifyId: sampleCertifyId(3) }),
      here['admin:export-records']({ filter: EVERY_RECORD }),
      here['admin:audit']({ filter: EVERY_ENTRY, before: null, limit: 5 }),
      here['admin:verify-audit'](null),
      here['admin:export-audit'](null),
    ];
    for (const answer of answers) {
      expect(await answer).toMatchObject({ ok: false, error: { code: 'staff.not-allowed' } });
    }
    expect(existsSync(target ?? '')).toBe(false);
  });
});

describe('pictures of a record', () => {
  it('are shown while they are kept, which the audit log notes first', async () => {
    const certifyId = sampleCertifyId(3);
    const untilMs = SAMPLE_START_MS + 5 * DAY_MS;
    const look = () => handlers()['admin:record-evidence']({ certifyId });
    expect(await look()).toMatchObject({ error: { code: 'request.invalid' } });
    expectOk(await installation.vault.keep(certifyId, 'portrait', [{ name: 'p.bmp', bytes: BITMAP }], untilMs));
    expectOk(await installation.vault.keep(certifyId, 'best-frames', [{ name: '01.bmp', bytes: BITMAP }], untilMs));
    expect(await look()).toMatchObject({
      value: { keptUntilMs: untilMs, portrait: { type: 'image/bmp' }, best: [{ type: 'image/bmp' }] },
    });
    expect(kindsOfAudit().filter((kind) => kind === 'evidence.shown')).toHaveLength(1);
    const sheet = () => handlers()['admin:record']({ certifyId, receipt: null });
    expect(await sheet()).toMatchObject({ value: { evidenceUntilMs: untilMs } });
    expect(await found({ ...EVERY_RECORD, hasEvidence: true })).toEqual([certifyId]);
    expectOk(await installation.vault.destroy(certifyId, 'retention'));
    expect(await look()).toMatchObject({ error: { code: 'request.invalid' } });
    expect(await sheet()).toMatchObject({ value: { evidenceUntilMs: null } });
    expect(await found({ ...EVERY_RECORD, hasEvidence: true })).toEqual([]);
  });
});

describe('an export', () => {
  it('goes where somebody wants it, and the audit log says how much, by whom, and not what was looked for', async () => {
    const here = handlers();
    const filter = { ...EVERY_RECORD, search: { by: 'name', text: '测*员' } } as const;
    expectOk(await here['admin:export-records']({ filter }));
    const end = await ended(async () => expectOk(await here['admin:record-export'](null)));
    expect(end).toEqual({ state: 'written', file: 'out.csv', rows: 4 });
    expect(readStrictCsv(readFileSync(target ?? '', 'utf8'))).toHaveLength(5);
    const entries = expectOk(await here['admin:audit']({ filter: EVERY_ENTRY, before: null, limit: 5 })).entries;
    const staffId = expectOk(installation.staff.list()).entries[0]?.staffId;
    expect(entries.slice(0, 2).map(({ kind, detail }) => [kind, detail])).toEqual([
      ['records.exported', { outcome: 'written', rows: 4, searchedBy: 'name', by: staffId }],
      ['records.export-began', { searchedBy: 'name', by: staffId }],
    ]);
  });

  it('that nobody has chosen a place for leaves nothing, not even an entry', async () => {
    target = null;
    const before = kindsOfAudit();
    expect(await handlers()['admin:export-records']({ filter: EVERY_RECORD })).toEqual({
      ok: true,
      value: { state: 'idle' },
    });
    expect(kindsOfAudit()).toEqual(before);
  });

  it('does not begin for whoever has left while the place was chosen', async () => {
    chosen = () => installation.staff.signOut('admin');
    const signedOut = { ok: false, error: { code: 'staff.signed-out' } };
    expect(await handlers()['admin:export-records']({ filter: EVERY_RECORD })).toMatchObject(signedOut);
    await signInAs('auditor');
    expect(await handlers()['admin:export-audit'](null)).toMatchObject(signedOut);
    expect(existsSync(target ?? '')).toBe(false);
    expect(kindsOfAudit().filter((kind) => kind.includes('export'))).toEqual([]);
  });

  it('of the audit log holds by itself', async () => {
    const here = handlers();
    expectOk(await here['admin:export-audit'](null));
    const end = await ended(async () => expectOk(await here['admin:audit-export'](null)));
    expect(end).toMatchObject({ state: 'written' });
    expect(expectOk(await checkAuditExport(target ?? ''))).toMatchObject({ fault: null });
    expect(await here['admin:verify-audit'](null)).toMatchObject({ value: { ok: true } });
  });

  it('whose process is killed leaves no file of that name', async () => {
    const support = join(import.meta.dirname, '../../support/export-until-killed.ts');
    const node = join(import.meta.dirname, '../../../node_modules/.bin/node');
    const child = spawn(node, [support, target ?? ''], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect(existsSync(target ?? '')).toBe(false);
    expect(existsSync(`${target ?? ''}.partial`)).toBe(true);
    const here = handlers();
    expectOk(await here['admin:export-records']({ filter: EVERY_RECORD }));
    await ended(async () => expectOk(await here['admin:record-export'](null)));
    expect(existsSync(`${target ?? ''}.partial`)).toBe(false);
    expect(readStrictCsv(readFileSync(target ?? '', 'utf8'))).toHaveLength(5);
  });
});
