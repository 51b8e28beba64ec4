import { beforeEach, describe, expect, it } from 'vitest';
import type { StaffDesk } from '../../../src/main/settings/staff-desk.ts';
import { RIGHTS_OF, type StaffRole } from '../../../src/shared/domain/staff.ts';
import type { StaffGate } from '../../../src/shared/ipc/staff.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { memoryStaff, QUICK_HASH, type MemoryStaff } from '../../support/memory-staff.ts';

const FIRST = { name: '王店长', secret: '908172' };
const FIRST_ID = '00000000-0000-4000-8000-000000000001';
const UNKNOWN_ID = '00000000-0000-4000-8000-999999999999';

let clock: ManualClock;
let memory: MemoryStaff;

beforeEach(() => {
  clock = manualClock(1_700_000_000_000);
  memory = memoryStaff(clock);
});

function unwrap<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}

async function withFirst(): Promise<StaffDesk> {
  const desk = memory.start();
  unwrap(await desk.createFirst('admin', FIRST));
  desk.signOut('admin');
  return desk;
}

async function added(desk: StaffDesk, name: string, role: StaffRole, secret = '135790'): Promise<string> {
  const { revision } = unwrap(desk.list());
  const list = unwrap(await desk.create({ revision, name, role, secret }));
  return list.entries.at(-1)?.staffId ?? '';
}

const right = (staffId = FIRST_ID) => ({ staffId, secret: FIRST.secret });
const wrong = (staffId = FIRST_ID) => ({ staffId, secret: '000000' });

async function wrongTimes(desk: StaffDesk, times: number, staffId = FIRST_ID): Promise<void> {
  for (let time = 0; time < times; time += 1) await desk.signIn('admin', wrong(staffId));
}

function choice(triesLeft: number, lockedForSeconds: number | null = null): StaffGate {
  return { state: 'signed-out', choices: [{ staffId: FIRST_ID, name: FIRST.name, triesLeft, lockedForSeconds }] };
}

const SIGNED_IN: StaffGate = {
  state: 'signed-in',
  staff: { staffId: FIRST_ID, name: FIRST.name, role: 'administrator' },
  rights: RIGHTS_OF.administrator,
};

describe('the first administrator', () => {
  it('is asked for once, is signed in, and leaves only a hash', async () => {
    const desk = memory.start();
    expect(desk.gate('admin')).toEqual(ok({ state: 'no-staff' }));
    expect(await desk.createFirst('admin', FIRST)).toEqual(ok(SIGNED_IN));
    expect(desk.gate('clerk')).toEqual(ok(choice(5)));
    expect(await desk.createFirst('clerk', { name: 'again', secret: '135790' })).toMatchObject({
      error: { code: 'request.invalid' },
    });
    expect(memory.stored.staff).toContain('$argon2id$');
    expect(memory.stored.staff).not.toContain(FIRST.secret);
  });

  it('is made of the single PIN of an earlier version, tries and lock-out included', async () => {
    const tries = { wrong: 0, locks: 2, lockedUntilMs: clock.wallMs() + 90_000 };
    memory.stored = { staff: null, singlePin: JSON.stringify({ pinHash: await QUICK_HASH.of('246810'), tries }) };
    const desk = memory.start();
    expect(desk.gate('admin')).toEqual(ok({ state: 'locked', retryInSeconds: 90 }));
    expect(memory.stored.singlePin).toBeNull();
    expect(memory.entries).toEqual([
      `staff.created {"staffId":"${FIRST_ID}","role":"administrator","from":"single-pin"}`,
    ]);
    clock.advance(90_000);
    expect(await desk.signIn('admin', { staffId: FIRST_ID, secret: '246810' })).toMatchObject({
      value: { state: 'signed-in', staff: { name: 'administrator', role: 'administrator' } },
    });
  });

  it.each([
    ['no JSON', 'x'],
    ['nobody', '{"version":1,"revision":1,"accounts":[],"brakes":{}}'],
    ['another shape', '{}'],
  ])('is never asked for because what is kept can not be read: %s', async (_, staff) => {
    memory.stored = { staff, singlePin: null };
    const desk = memory.start();
    const corrupt = { ok: false, error: { code: 'store.corrupt' } };
    expect(desk.gate('admin')).toMatchObject(corrupt);
    expect(await desk.createFirst('admin', FIRST)).toMatchObject(corrupt);
    expect(await desk.signIn('admin', right())).toMatchObject(corrupt);
    expect(desk.admit('admin', null, false)).toMatchObject(corrupt);
    memory.stored = { staff: null, singlePin: staff };
    expect(await desk.createFirst('admin', FIRST)).toMatchObject(corrupt);
    expect(desk.list()).toMatchObject(corrupt);
  });
});

describe('signing in', () => {
  it('opens for the right secret only, and shows the tries that are left', async () => {
    const desk = await withFirst();
    expect(desk.gate('admin')).toEqual(ok(choice(5)));
    expect(await desk.signIn('admin', wrong())).toEqual(ok(choice(4)));
    expect(desk.admit('admin', null, false)).toEqual(err(failure('staff.signed-out')));
    expect(await desk.signIn('admin', right())).toEqual(ok(SIGNED_IN));
    expect(desk.admit('admin', 'change-staff', false)).toMatchObject({ value: { name: FIRST.name } });
    expect(desk.signOut('admin')).toEqual(ok(choice(5)));
  });

  it('takes full-width digits for digits, and a password as it stands', async () => {
    const desk = await withFirst();
    expect(await desk.signIn('admin', { staffId: FIRST_ID, secret: '９０８１７２' })).toEqual(ok(SIGNED_IN));
    const staffId = await added(desk, '李敏', 'operator', 'Blue  Harbour 8');
    expect(await desk.signIn('clerk', { staffId, secret: 'Blue  Harbour 8' })).toMatchObject({
      value: { state: 'signed-in', staff: { staffId } },
    });
    expect(await desk.signIn('clerk', { staffId, secret: 'blue  harbour 8' })).toMatchObject({
      value: { state: 'signed-out' },
    });
  });

  it('is by window: two people work at the same time', async () => {
    const desk = await withFirst();
    const staffId = await added(desk, '李敏', 'reviewer');
    await desk.signIn('admin', right());
    await desk.signIn('clerk', { staffId, secret: '135790' });
    expect(desk.gate('admin')).toMatchObject({ value: { staff: { name: FIRST.name } } });
    expect(desk.gate('clerk')).toMatchObject({ value: { staff: { name: '李敏' }, rights: RIGHTS_OF.reviewer } });
    expect(desk.admit('clerk', 'decide-reviews', false).ok).toBe(true);
    expect(desk.admit('clerk', 'change-settings', false)).toEqual(err(failure('staff.not-allowed', 'change-settings')));
    desk.signOut('admin');
    expect(desk.gate('clerk')).toMatchObject({ value: { state: 'signed-in' } });
  });

  it('ends after ten idle minutes, however often a window asks by itself', async () => {
    const desk = await withFirst();
    await desk.signIn('admin', right());
    clock.advance(599_999);
    expect(desk.admit('admin', null, false).ok).toBe(true);
    clock.advance(599_999);
    expect(desk.admit('admin', null, true).ok).toBe(true);
    clock.advance(1);
    expect(desk.admit('admin', null, true)).toEqual(err(failure('staff.signed-out')));
    expect(desk.gate('admin')).toEqual(ok(choice(5)));
  });

  it('opens nothing for whoever left while their secret was checked, or while others were', async () => {
    const desk = await withFirst();
    const left = [desk.signIn('admin', right()), desk.confirm(right(), 'certify', null), desk.signIn('clerk', right())];
    desk.signOut('admin');
    desk.signOut('clerk');
    await Promise.all(left);
    expect([desk.gate('admin'), desk.gate('clerk')]).toEqual([ok(choice(5)), ok(choice(5))]);

    unwrap(await desk.signIn('admin', right()));
    const changing = desk.changeOwnSecret('admin', { current: FIRST.secret, secret: '774411' });
    desk.signOut('admin');
    await changing;
    expect(desk.gate('admin')).toEqual(ok(choice(5)));
  });

  it('notes every attempt, by number and never by what was typed', async () => {
    const desk = await withFirst();
    await desk.signIn('admin', wrong());
    await desk.signIn('clerk', { staffId: UNKNOWN_ID, secret: 'somebody' });
    await desk.signIn('admin', right());
    desk.signOut('admin');
    const id = `"staffId":"${FIRST_ID}"`;
    expect(memory.entries).toEqual([
      `staff.created {${id},"role":"administrator","from":"first-start"}`,
      `staff.signed-out {${id},"window":"admin"}`,
      `staff.refused {${id},"window":"admin","locked":false}`,
      'staff.refused {"staffId":null,"window":"clerk","locked":false}',
      `staff.signed-in {${id},"window":"admin"}`,
      `staff.signed-out {${id},"window":"admin"}`,
    ]);
  });

  it('stays closed while nothing can be written', async () => {
    const desk = await withFirst();
    memory.refuses = 'store.full';
    expect(await desk.signIn('admin', right())).toEqual(err(failure('store.full')));
    expect(desk.admit('admin', null, false)).toEqual(err(failure('staff.signed-out')));
  });
});

describe('confirming one action', () => {
  it('takes a right secret of somebody with the right, who is another person where one is asked for', async () => {
    const desk = await withFirst();
    const reviewer = await added(desk, '李敏', 'reviewer');
    const operator = await added(desk, '陈静', 'operator', '975310');
    const named = (staffId: string, secret: string) => ({ staffId, secret });
    expect(await desk.confirm(named(reviewer, '135790'), 'override', FIRST_ID)).toMatchObject({
      value: { staffId: reviewer },
    });
    expect(await desk.confirm(named(reviewer, '135790'), 'override', reviewer)).toEqual(
      err(failure('staff.same-person')),
    );
    expect(await desk.confirm(named(operator, '975310'), 'override', FIRST_ID)).toEqual(
      err(failure('staff.not-allowed', 'override')),
    );
    expect(await desk.confirm(wrong(reviewer), 'override', null)).toEqual(err(failure('staff.wrong-secret')));
    expect(desk.gate('clerk')).toMatchObject({ value: { state: 'signed-out' } });
    expect(unwrap(desk.choices('override')).map(({ name }) => name)).toEqual([FIRST.name, '李敏']);
  });

  it('counts wrong tries like signing in', async () => {
    const desk = await withFirst();
    for (let time = 0; time < 5; time += 1) await desk.confirm(wrong(), 'override', null);
    expect(desk.gate('admin')).toEqual(ok({ state: 'locked', retryInSeconds: 60 }));
    expect(await desk.confirm(right(), 'override', null)).toEqual(err(failure('staff.locked')));
  });
});

describe("somebody's own secret", () => {
  it('changes with the current one, and signs out where the old one was used', async () => {
    const desk = await withFirst();
    expect(await desk.changeOwnSecret('admin', { current: FIRST.secret, secret: '246813' })).toEqual(
      err(failure('staff.signed-out')),
    );
    await desk.signIn('admin', right());
    await desk.signIn('clerk', right());
    expect(await desk.changeOwnSecret('admin', { current: '000000', secret: '246813' })).toEqual(
      err(failure('staff.wrong-secret')),
    );
    expect(await desk.changeOwnSecret('admin', { current: FIRST.secret, secret: '246813' })).toEqual(ok(SIGNED_IN));
    expect(desk.gate('clerk')).toMatchObject({ value: { state: 'signed-out' } });
    expect(await desk.signIn('clerk', right())).toMatchObject({ value: { state: 'signed-out' } });
    expect(await desk.signIn('clerk', { staffId: FIRST_ID, secret: '246813' })).toEqual(ok(SIGNED_IN));
  });

  it('can not be guessed at a window that was left open', async () => {
    const desk = await withFirst();
    await desk.signIn('admin', right());
    for (let time = 0; time < 6; time += 1)
      await desk.changeOwnSecret('admin', { current: '000000', secret: '246813' });
    expect(desk.gate('admin')).toEqual(ok({ state: 'locked', retryInSeconds: 60 }));
  });
});

describe('lock-out', () => {
  it('takes 60 s after five wrong tries, then twice as long each time, up to 15 minutes', async () => {
    const desk = await withFirst();
    const locks: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      await wrongTimes(desk, 5);
      const gate = unwrap(desk.gate('admin'));
      if (gate.state !== 'locked') throw new Error('not locked');
      locks.push(gate.retryInSeconds);
      expect(await desk.signIn('admin', right())).toMatchObject({ value: { state: 'locked' } });
      clock.advance(gate.retryInSeconds * 1_000);
    }
    expect(locks).toEqual([60, 120, 240, 480, 900, 900]);
    expect(await desk.signIn('admin', right())).toEqual(ok(SIGNED_IN));
    expect(memory.entries.filter((entry) => entry.startsWith('staff.locked') && entry.includes(FIRST_ID))).toHaveLength(
      6,
    );
  });

  it('is of one account: others sign in meanwhile', async () => {
    const desk = await withFirst();
    const staffId = await added(desk, '李敏', 'operator');
    await wrongTimes(desk, 5);
    expect(desk.gate('admin')).toMatchObject({
      value: { state: 'signed-out', choices: [{ lockedForSeconds: 60 }, { lockedForSeconds: null }] },
    });
    expect(await desk.signIn('admin', { staffId, secret: '135790' })).toMatchObject({ value: { state: 'signed-in' } });
  });

  it('brakes whoever tries many names at a window, known or not; the other window stays open', async () => {
    const desk = await withFirst();
    for (let time = 0; time < 15; time += 1) await desk.signIn('admin', wrong(UNKNOWN_ID));
    expect(desk.gate('admin')).toEqual(ok({ state: 'locked', retryInSeconds: 60 }));
    expect(memory.start().gate('admin')).toEqual(ok({ state: 'locked', retryInSeconds: 60 }));
    expect(await desk.signIn('admin', right())).toMatchObject({ value: { state: 'locked' } });
    expect(await desk.signIn('clerk', right())).toEqual(ok(SIGNED_IN));
    clock.advance(60_000);
    expect(await desk.signIn('admin', right())).toEqual(ok(SIGNED_IN));
  });

  it('goes on over a restart', async () => {
    await wrongTimes(await withFirst(), 5);
    clock.advance(20_000);
    expect(memory.start().gate('admin')).toEqual(ok({ state: 'locked', retryInSeconds: 40 }));
  });

  it.each([
    ['a day ahead', 86_400_000],
    ['a day back', -86_400_000],
    ['to its beginning', -1_700_000_000_000],
  ])('neither ends early nor takes longer when the clock is set %s', async (_, byMs) => {
    const desk = await withFirst();
    await wrongTimes(desk, 5);
    clock.setWall(clock.wallMs() + byMs);
    expect(desk.gate('admin')).toEqual(ok({ state: 'locked', retryInSeconds: 60 }));
    clock.advance(59_999);
    expect(desk.gate('admin')).toEqual(ok({ state: 'locked', retryInSeconds: 1 }));
    clock.advance(1);
    expect(desk.gate('admin')).toEqual(ok(choice(5)));
  });

  it('takes no more than itself when the clock was set back before a restart', async () => {
    await wrongTimes(await withFirst(), 5);
    clock.setWall(0);
    expect(memory.start().gate('admin')).toEqual(ok({ state: 'locked', retryInSeconds: 60 }));
  });

  it('counts a try before it checks, and tries at the same time one by one', async () => {
    const desk = await withFirst();
    const pending = desk.signIn('admin', wrong());
    await Promise.resolve();
    expect(memory.start().gate('admin')).toEqual(ok(choice(4)));
    await pending;
    await Promise.all(Array.from({ length: 4 }, () => desk.signIn('clerk', wrong())));
    expect(desk.gate('admin')).toMatchObject({ value: { state: 'locked' } });
  });
});

describe('the list of the staff', () => {
  it('is changed from the revision that was seen, or not at all', async () => {
    const desk = await withFirst();
    const { revision } = unwrap(desk.list());
    const staffId = await added(desk, '李敏', 'operator');
    const old = { revision, staffId, name: '李敏', role: 'reviewer' as const, active: true };
    expect(desk.change(old)).toMatchObject({ error: { code: 'staff.list-changed' } });
    expect(desk.change({ ...old, revision: revision + 1 })).toMatchObject({
      value: { revision: revision + 2, entries: [{ name: FIRST.name }, { name: '李敏', role: 'reviewer' }] },
    });
    expect(await desk.create({ revision, name: 'x', role: 'operator', secret: '135790' })).toMatchObject({
      error: { code: 'staff.list-changed' },
    });
    expect(desk.remove({ revision, staffId })).toMatchObject({ error: { code: 'staff.list-changed' } });
  });

  it.each(['王店长', ' 王 店长', '李敏Ａ', '李敏ａ', 'ＬＩmin', 'straße'])(
    'takes no name that reads like another: %s',
    async (name) => {
      const desk = await withFirst();
      for (const taken of ['李敏A', 'limin', 'Straße']) await added(desk, taken, 'operator');
      const { revision, entries } = unwrap(desk.list());
      expect(await desk.create({ revision, name, role: 'operator', secret: '135790' })).toMatchObject({
        error: { code: 'staff.name-taken' },
      });
      expect(unwrap(desk.list()).entries).toEqual(entries);
    },
  );

  it('keeps one active administrator, whichever way they would go', async () => {
    const desk = await withFirst();
    const staffId = await added(desk, '李敏', 'administrator');
    const itself = { staffId: FIRST_ID, name: FIRST.name, role: 'administrator' as const, active: true };
    const revision = () => unwrap(desk.list()).revision;
    unwrap(desk.change({ revision: revision(), staffId, name: '李敏', role: 'administrator', active: false }));
    const last = err(failure('staff.last-administrator'));
    expect(desk.change({ ...itself, revision: revision(), role: 'auditor' })).toEqual(last);
    expect(desk.change({ ...itself, revision: revision(), active: false })).toEqual(last);
    expect(desk.remove({ revision: revision(), staffId: FIRST_ID })).toEqual(last);
    unwrap(desk.change({ revision: revision(), staffId, name: '李敏', role: 'administrator', active: true }));
    expect(desk.remove({ revision: revision(), staffId: FIRST_ID }).ok).toBe(true);
  });

  it('holds at once: whoever is switched off, changed or given another secret loses what they had', async () => {
    const desk = await withFirst();
    const staffId = await added(desk, '李敏', 'reviewer');
    const revision = () => unwrap(desk.list()).revision;
    await desk.signIn('clerk', { staffId, secret: '135790' });
    unwrap(desk.change({ revision: revision(), staffId, name: '李敏', role: 'operator', active: true }));
    expect(desk.admit('clerk', 'decide-reviews', false)).toMatchObject({ error: { code: 'staff.not-allowed' } });
    unwrap(await desk.resetSecret({ revision: revision(), staffId, secret: '864209' }));
    expect(desk.admit('clerk', null, false)).toEqual(err(failure('staff.signed-out')));
    await desk.signIn('clerk', { staffId, secret: '864209' });
    unwrap(desk.change({ revision: revision(), staffId, name: '李敏', role: 'operator', active: false }));
    expect(desk.admit('clerk', null, false)).toEqual(err(failure('staff.signed-out')));
    expect(await desk.signIn('clerk', { staffId, secret: '864209' })).toMatchObject({
      value: { state: 'signed-out', choices: [{ staffId: FIRST_ID }] },
    });
  });

  it('ends a lock-out with a new secret', async () => {
    const desk = await withFirst();
    const staffId = await added(desk, '李敏', 'operator');
    await wrongTimes(desk, 5, staffId);
    unwrap(await desk.resetSecret({ revision: unwrap(desk.list()).revision, staffId, secret: '864209' }));
    expect(await desk.signIn('clerk', { staffId, secret: '864209' })).toMatchObject({ value: { state: 'signed-in' } });
  });
});
