import { beforeEach, describe, expect, it } from 'vitest';
import { createAdminAccess, type AdminAccess } from '../../../src/main/settings/admin-access.ts';
import type { AuditTrail, SettingRows } from '../../../src/main/settings/ports.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';

let clock: ManualClock;
let stored: Map<string, string>;
let entries: string[];
let rows: SettingRows;
let audit: AuditTrail;

beforeEach(() => {
  clock = manualClock(1_700_000_000_000);
  stored = new Map();
  entries = [];
  rows = {
    read: (name) => ok(stored.get(name) ?? null),
    write: (name, json) => {
      stored.set(name, json);
      return ok(null);
    },
  };
  audit = {
    append: (kind, detail) => {
      entries.push(`${kind} ${JSON.stringify(detail)}`);
      return ok(null);
    },
  };
});

const restarted = (): AdminAccess => createAdminAccess({ rows, audit, clock });

async function withPin(): Promise<AdminAccess> {
  const access = restarted();
  await access.setPin('246810');
  access.signOut();
  return access;
}

async function wrongTimes(access: AdminAccess, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await access.signIn('000000');
}

describe('administrator access', () => {
  it('asks for a first PIN, keeps only its argon2id hash, and signs in', async () => {
    const access = restarted();
    expect(access.gate()).toEqual(ok({ state: 'no-pin' }));
    expect(await access.setPin('123')).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    expect(await access.setPin('246810')).toEqual(ok({ state: 'signed-in' }));
    expect([...stored.values()].join()).toContain('$argon2id$');
    expect([...stored.values()].join()).not.toContain('246810');
  });

  it('opens for the right PIN only, and shows the tries that are left', async () => {
    const access = await withPin();
    expect(access.gate()).toEqual(ok({ state: 'signed-out', triesLeft: 5 }));
    expect(await access.signIn('246811')).toEqual(ok({ state: 'signed-out', triesLeft: 4 }));
    expect(access.admit()).toBe(false);
    expect(await access.signIn('246810')).toEqual(ok({ state: 'signed-in' }));
    expect(access.admit()).toBe(true);
    expect(access.signOut()).toEqual(ok({ state: 'signed-out', triesLeft: 5 }));
  });

  it('locks for 60 s after five wrong PINs, then twice as long each time, up to 15 minutes', async () => {
    const access = await withPin();
    const locks: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      await wrongTimes(access, 5);
      const gate = access.gate();
      if (!gate.ok || gate.value.state !== 'locked') throw new Error('not locked');
      locks.push(gate.value.retryInSeconds);
      expect(await access.signIn('246810')).toMatchObject({ value: { state: 'locked' } });
      clock.advance(gate.value.retryInSeconds * 1_000);
    }
    expect(locks).toEqual([60, 120, 240, 480, 900, 900]);
    expect(await access.signIn('246810')).toEqual(ok({ state: 'signed-in' }));
  });

  it('stays locked over a restart, and whatever is done to the wall clock', async () => {
    const access = await withPin();
    await wrongTimes(access, 5);
    expect(restarted().gate()).toEqual(ok({ state: 'locked', retryInSeconds: 60 }));
    clock.setWall(clock.wallMs() + 86_400_000);
    expect(access.gate()).toEqual(ok({ state: 'locked', retryInSeconds: 60 }));
    clock.setWall(0);
    const afterRestart = restarted().gate();
    expect(afterRestart).toEqual(ok({ state: 'locked', retryInSeconds: 900 }));
  });

  it('counts a try before it checks the PIN, so that ending the program gives none back', async () => {
    const access = await withPin();
    const pending = access.signIn('000000');
    await Promise.resolve();
    expect(restarted().gate()).toEqual(ok({ state: 'signed-out', triesLeft: 4 }));
    await pending;
  });

  it('counts tries made at the same time one by one', async () => {
    const access = await withPin();
    await Promise.all(Array.from({ length: 5 }, () => access.signIn('000000')));
    expect(access.gate()).toMatchObject({ value: { state: 'locked' } });
  });

  it('signs out after ten idle minutes', async () => {
    const access = await withPin();
    await access.signIn('246810');
    clock.advance(599_999);
    expect(access.admit()).toBe(true);
    clock.advance(599_999);
    expect(access.admit()).toBe(true);
    clock.advance(600_000);
    expect(access.admit()).toBe(false);
    expect(access.gate()).toEqual(ok({ state: 'signed-out', triesLeft: 5 }));
  });

  it('lets a PIN be changed only while signed in', async () => {
    const access = await withPin();
    expect(await access.setPin('135790')).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    await access.signIn('246810');
    expect(await access.setPin('135790')).toEqual(ok({ state: 'signed-in' }));
    access.signOut();
    expect(await access.signIn('246810')).toMatchObject({ value: { state: 'signed-out' } });
    expect(await access.signIn('135790')).toEqual(ok({ state: 'signed-in' }));
  });

  it('notes every attempt', async () => {
    const access = await withPin();
    await access.signIn('000000');
    await access.signIn('246810');
    access.signOut();
    expect(entries).toEqual([
      'admin.pin-set {"first":true}',
      'admin.signed-out {}',
      'admin.sign-in-refused {"locked":false}',
      'admin.signed-in {}',
      'admin.signed-out {}',
    ]);
  });

  it('stays closed when the attempt can not be noted or the setting can not be read', async () => {
    const access = await withPin();
    audit.append = () => err(failure('store.full'));
    expect(await access.signIn('246810')).toEqual(err(failure('store.full')));
    expect(access.admit()).toBe(false);
    stored.set('admin-access', '{"pinHash":"x"}');
    expect(restarted().gate()).toMatchObject({ ok: false, error: { code: 'store.corrupt' } });
    expect(await restarted().setPin('135790')).toMatchObject({ ok: false, error: { code: 'store.corrupt' } });
  });
});
