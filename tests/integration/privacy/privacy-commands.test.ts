import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Installation } from '../../../src/main/composition/installation.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import type { DeletionFile } from '../../../src/shared/domain/deletion-file.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';
import { keepSampleSubject, openSampleInstallation, SAMPLE_SUBJECT } from '../../support/sample-subject.ts';
import { temporaryFolder } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const folder = temporaryFolder();
let installation: Installation;

beforeAll(async () => {
  installation = openSampleInstallation(folder.path, systemClock);
  await keepSampleSubject(installation, folder.path);
});
afterAll(() => {
  installation.close();
  folder.remove();
});

interface Run {
  readonly code: number;
  readonly text: string;
}

/** Runs while the application has the database open. */
function run(...args: string[]): Promise<Run> {
  const program = join(import.meta.dirname, '../../support/privacy-command-line.ts');
  return new Promise((resolve) => {
    execFile(NODE_24, [program, 'privacy', ...args], (error, stdout) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout });
    });
  });
}
const stored = (...args: string[]) => run(...args, '--data-folder', folder.path);
const json = ({ text }: Run): unknown => JSON.parse(text) as unknown;

it('erases the person of a record, and proves it', { timeout: 60_000 }, async () => {
  const before = await stored('status', '--json');
  expect(before.code).toBe(0);
  expect(json(before)).toMatchObject({ storedSubjects: 2, filing: 'below', overdue: 0, deletions: [] });

  expect(await stored('erase', '--record', sampleCertifyId(99), '--json')).toMatchObject({ code: 2 });
  const erased = await stored('erase', '--record', sampleCertifyId(1), '--json');
  expect(erased.code).toBe(0);
  const { receipt } = json(erased) as { receipt: DeletionFile['receipt'] };
  expect(receipt.body).toMatchObject({
    why: 'operator',
    subjectKey: SAMPLE_SUBJECT,
    erased: { pictures: 2, waiting: 1, requests: 2 },
  });
  expect(json(await stored('receipts', 'list', '--json'))).toMatchObject({
    deletionId: receipt.body.deletionId,
    verifier: 'none',
  });

  const out = join(folder.path, 'deletion.json');
  expect(await stored('receipts', 'export', receipt.body.deletionId, '--out', out)).toEqual({ code: 0, text: '' });
  const file = JSON.parse(readFileSync(out, 'utf8')) as DeletionFile;
  expect(file.receipt).toEqual(receipt);
  const verified = await run('verify', out, '--device-key', file.keys.device.key.x, '--json');
  expect(verified.code).toBe(0);
  expect(json(verified)).toMatchObject({ holds: true, findings: [] });

  const changed = {
    ...file,
    receipt: { ...receipt, body: { ...receipt.body, remaining: { records: 0, untilMs: null } } },
  };
  writeFileSync(out, JSON.stringify(changed));
  expect(json(await run('verify', out, '--json'))).toMatchObject({ holds: false, findings: ['device-signature'] });
  writeFileSync(out, '{}');
  expect((await run('verify', out)).code).toBe(2);
});

it('reports every processing without saying whose', { timeout: 60_000 }, async () => {
  const report = await stored('report', '--from', '2026-03-01', '--to', '2026-03-03');
  expect(report.code).toBe(0);
  const [head, ...rows] = report.text.trim().split('\n');
  expect(head?.split(',').slice(0, 4)).toEqual(['certifyId', 'startedAt', 'sceneId', 'scheme']);
  expect(rows.map((row) => row.split(',')[0])).toEqual([1, 2, 3].map(sampleCertifyId));
  expect(report.text).not.toMatch(/样|110\*|abab/);
  const lines = (await stored('report', '--from', '2026-03-02', '--to', '2026-03-02', '--json')).text
    .trim()
    .split('\n');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    consent: 'given',
    mayBeSent: true,
    identified: true,
    noticeHash: null,
    check: null,
    picturesUntilMs: null,
  });
  expect((await stored('report', '--from', '2026-03-02', '--to', '2026-02-30')).code).toBe(2);
});

it('drafts the impact assessment from what is set up', { timeout: 60_000 }, async () => {
  const { code, text } = await stored('assessment');
  expect(code).toBe(0);
  expect(text.match(/^## /gm)).toHaveLength(6);
  expect(text).toContain('| 柜台核验 | CounterCard | chip-portrait | consent |');
  expect(text).toContain('Recipients: none; everything stays on the device.');
  expect(text).toContain('_to be filled in_');
});

it('refuses what is not there', { timeout: 60_000 }, async () => {
  const missing = await run('status', '--data-folder', join(folder.path, 'nowhere'), '--json');
  expect(missing.code).toBe(2);
  expect(json(missing)).toMatchObject({ error: { code: 'request.invalid' } });
  expect((await stored('receipts', 'export', sampleCertifyId(7), '--json')).code).toBe(2);
});
