import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { guardHandlers } from '../../../src/main/composition/staff-guard.ts';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { keyFile, KEY_FILE_NAME } from '../../../src/main/store/key-file.ts';
import { hasRight, STAFF_ROLES } from '../../../src/shared/domain/staff.ts';
import { ADMIN_CHANNELS, type AdminChannel } from '../../../src/shared/ipc/admin.ts';
import { ADMIN_RIGHTS } from '../../../src/shared/ipc/admin-rights.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { QUICK_HASH } from '../../support/memory-staff.ts';
import { sampleRecord, SAMPLE_START_MS } from '../../support/sample-records.ts';
import { signInAtDesk } from '../../support/staff-sign-in.ts';

let folder = '';
let clock: ManualClock;
let installation: Installation;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-staff-'));
  clock = manualClock(SAMPLE_START_MS);
  installation = opened();
});
afterEach(() => {
  installation.close();
  rmSync(folder, { recursive: true, force: true });
});

function opened(): Installation {
  const result = openInstallation(folder, keyFile(join(folder, KEY_FILE_NAME), randomBytes), clock);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** What the audit log says, newest last: kind and by whom. */
function entries(): readonly string[] {
  const rows = installation.database.prepare<[], string>('SELECT entry FROM audit ORDER BY seq').pluck().all();
  return rows.map((row) => {
    const { kind, detail } = JSON.parse(row) as { kind: string; detail: { by?: string } };
    return `${kind} ${detail.by ?? '-'}`;
  });
}

interface Handlers {
  readonly read: (request: null) => unknown;
  readonly write: (request: null) => unknown;
  readonly open: (request: null) => unknown;
}

const needs = { read: 'signed-in', write: 'change-settings', open: null } as const;

function guarded(handlers: Partial<Handlers>): Handlers {
  const all: Handlers = { read: () => ok('read'), write: () => ok('written'), open: () => ok('open'), ...handlers };
  return guardHandlers(installation, { window: 'admin', needs, polled: new Set<keyof Handlers>(['read']) }, all);
}

const note = (kind: string) => installation.audit.append(kind, {});

describe('the guard before a window', () => {
  it('answers nothing but what is open before somebody has signed in, and then what they have a right to', async () => {
    const window = guarded({});
    const out = err(failure('staff.signed-out'));
    expect([window.read(null), window.write(null), window.open(null)]).toEqual([out, out, ok('open')]);
    await signInAtDesk(installation.staff, 'admin');
    expect([window.read(null), window.write(null)]).toEqual([ok('read'), ok('written')]);
    const list = installation.staff.list();
    if (!list.ok) throw new Error('no list');
    const { revision, entries: staff } = list.value;
    const other = { revision, name: '李敏', role: 'administrator', secret: '135790' } as const;
    const both = await installation.staff.create(other);
    if (!both.ok) throw new Error(both.error.code);
    installation.staff.change({
      revision: both.value.revision,
      staffId: staff[0]?.staffId ?? '',
      name: 'x',
      role: 'auditor',
      active: true,
    });
    expect([window.read(null), window.write(null)]).toEqual([
      ok('read'),
      err(failure('staff.not-allowed', 'change-settings')),
    ]);
  });

  it('refuses a channel that nothing is said about', async () => {
    await signInAtDesk(installation.staff, 'admin');
    const handlers: Record<string, (request: null) => unknown> = { unnamed: () => ok('answered') };
    const window = guardHandlers(installation, { window: 'admin', needs: {}, polled: new Set<string>() }, handlers);
    expect(window['unnamed']?.(null)).toEqual(err(failure('internal.bug', 'unnamed')));
  });

  it('says in the audit log by whom, until the answer is there', async () => {
    const gate = await signInAtDesk(installation.staff, 'admin');
    if (gate.state !== 'signed-in') throw new Error(gate.state);
    const { staffId } = gate.staff;
    let later: Promise<void> = Promise.resolve();
    const window = guarded({
      write: async () => {
        note('at-once');
        await new Promise((resolve) => setTimeout(resolve, 1));
        note('awaited');
        later = new Promise((resolve) => {
          setTimeout(() => {
            note('left-behind');
            resolve();
          }, 20);
        });
        return ok(null);
      },
      open: () => note('open'),
    });
    const answer = window.write(null);
    note('somebody-else');
    await answer;
    await later;
    window.open(null);
    expect(entries().slice(-5)).toEqual([
      `at-once ${staffId}`,
      'somebody-else -',
      `awaited ${staffId}`,
      'left-behind -',
      'open -',
    ]);
  });

  it('leaves an audit log that verifies, records committed meanwhile included', async () => {
    await signInAtDesk(installation.staff, 'admin');
    const window = guarded({ write: () => installation.records.commit(sampleRecord(1)) });
    expect(window.write(null)).toMatchObject({ ok: true });
    expect(entries().at(-1)).toMatch(/^certification\.committed [0-9a-f-]{36}$/);
    const report = verifyAudit(installation.database, installation.keys.audit, installation.identity.publicKey);
    expect(report).toMatchObject({ value: { ok: true } });
  });
});

describe('rights of the admin channels', () => {
  const channels = Object.keys(ADMIN_CHANNELS) as AdminChannel[];

  it('are said for each, and open only the door without any', () => {
    expect(Object.keys(ADMIN_RIGHTS).toSorted()).toEqual(channels.toSorted());
    const open = channels.filter((channel) => ADMIN_RIGHTS[channel] === null);
    expect(open.toSorted()).toEqual([
      'admin:brand',
      'admin:create-first',
      'admin:gate',
      'admin:sign-in',
      'admin:sign-out',
    ]);
  });

  it('let nobody but administrators save', () => {
    const saving = channels.filter((channel) => /:(save|put|remove|create|apply|enrol|erase|rotate)/.test(channel));
    const own = ['admin:create-first'];
    const open = saving.filter((channel) => {
      const need = ADMIN_RIGHTS[channel];
      return (
        need === null ||
        need === 'signed-in' ||
        STAFF_ROLES.some((role) => role !== 'administrator' && hasRight(role, need))
      );
    });
    expect(open).toEqual(own);
    expect(saving.length).toBeGreaterThan(15);
  });
});

describe('what is kept of the staff', () => {
  it('takes the place of the single PIN of an earlier version, which is gone', async () => {
    const tries = { wrong: 1, locks: 0, lockedUntilMs: 0 };
    const old = JSON.stringify({ pinHash: await QUICK_HASH.of('246810'), tries });
    installation.database.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run('admin-access', old);
    installation.close();
    installation = opened();
    const gate = installation.staff.gate('admin');
    expect(gate).toMatchObject({ value: { state: 'signed-out', choices: [{ name: 'administrator', triesLeft: 4 }] } });
    const names = installation.database.prepare<[], string>('SELECT name FROM settings').pluck().all();
    expect(names.filter((name) => ['staff', 'admin-access'].includes(name))).toEqual(['staff']);
    installation.close();
    installation = opened();
    expect(installation.staff.gate('admin')).toEqual(gate);
  });

  it('is noted in the same transaction: where nothing can be noted, nothing changes', async () => {
    await signInAtDesk(installation.staff, 'admin');
    const before = installation.staff.list();
    installation.database.exec('DROP TABLE audit_checkpoints');
    installation.database.exec(
      "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'nothing can be noted'); END",
    );
    if (!before.ok) throw new Error('no list');
    const { revision } = before.value;
    await expect(
      installation.staff.create({ revision, name: '李敏', role: 'operator', secret: '135790' }),
    ).rejects.toThrow('nothing can be noted');
    expect(installation.staff.list()).toEqual(before);
  });
});
