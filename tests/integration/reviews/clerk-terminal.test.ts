import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { localDayOf } from '../../../src/main/store/local-day.ts';
import type { AskedReview } from '../../../src/shared/domain/review.ts';
import type { StaffRole } from '../../../src/shared/domain/staff.ts';
import type { ReviewCase } from '../../../src/shared/ipc/clerk.ts';
import type { Credentials } from '../../../src/shared/ipc/staff.ts';
import { signInAsAdministrator } from '../../support/staff-sign-in.ts';
import { startTerminal, unwrap, type Terminal } from '../../support/terminal/terminal.ts';
import { visit } from '../../support/terminal/visitor.ts';

const SECRETS = { 周敏: '730416', 林岚: '258903', 方远: '417260' } as const;
type Name = keyof typeof SECRETS;
const KEEPING = { evidence: { keep: 'all', clip: false }, attempts: { perVisit: 5, perPersonDay: null } } as const;

let terminal: Terminal;
let staff: Record<Name, Credentials>;

beforeEach(async () => {
  terminal = await startTerminal();
  terminal.setScene(KEEPING);
  staff = {
    周敏: await hire('周敏', 'reviewer'),
    林岚: await hire('林岚', 'reviewer'),
    方远: await hire('方远', 'operator'),
  };
});
afterEach(() => {
  vi.useRealTimers();
  return terminal.close();
});

async function hire(name: Name, role: StaffRole): Promise<Credentials> {
  const { adminHandlers: admin } = terminal.application;
  await signInAsAdministrator(admin);
  const { revision } = unwrap(await admin['admin:staff'](null));
  const list = unwrap(await admin['admin:create-staff']({ revision, name, role, secret: SECRETS[name] }));
  return { staffId: list.entries.find((entry) => entry.name === name)!.staffId, secret: SECRETS[name] };
}

const clerk = () => terminal.application.clerkHandlers;
const signIn = async (name: Name) => unwrap(await clerk()['clerk:sign-in'](staff[name]));

/** Somebody comes whose face does or doesn't fit; gives the id of the record. */
async function certify(similarity: number): Promise<string> {
  terminal.before.similarity = similarity;
  const records: string[] = [];
  terminal.application.service.onRecord(({ certifyId }) => records.push(certifyId));
  await visit(terminal.application.service, { transmit: false });
  terminal.application.service.act({ type: 'done' });
  const certifyId = records.at(-1)!;
  // The portrait is the last that is kept; a terminal that is closed before has nowhere to put it.
  await expect
    .poll(() => terminal.installation.vault.read(certifyId, 'portrait'))
    .toMatchObject({ ok: true, value: [{}] });
  return certifyId;
}

function asked(shown: ReviewCase, changes: Partial<AskedReview> = {}): AskedReview {
  const { revision, state, receiptHash } = shown.standing;
  return {
    certifyId: shown.detail.record.certifyId,
    decision: 'approved',
    reason: 'old-portrait',
    note: '证件照片较早，当面核对一致',
    seen: { revision, state, receiptHash },
    ...changes,
  };
}

const entriesOf = (kind: string): readonly Record<string, unknown>[] =>
  terminal.installation.database
    .prepare<[string], string>(
      `SELECT json_extract(entry, '$.detail') FROM audit WHERE json_extract(entry, '$.kind') = ?`,
    )
    .pluck()
    .all(kind)
    .map((detail) => JSON.parse(detail) as Record<string, unknown>);

describe('a refusal that two people go over', () => {
  it('stays in the record, and record, audit log, lists and report say who decided', { timeout: 60_000 }, async () => {
    const certifyId = await certify(0.05);
    await signIn('周敏');
    const shown = unwrap(await clerk()['clerk:case']({ certifyId }));
    expect(shown).toMatchObject({ action: 'override', mayAct: true, secondPerson: true, hasEvidence: true });
    expect(shown.standing).toMatchObject({ state: 'failed', settledBy: null });

    const review = asked(shown);
    const own = SECRETS.周敏;
    const alone = await clerk()['clerk:override']({ review, secret: own, second: staff.周敏 });
    const wrongOwn = await clerk()['clerk:override']({ review, secret: '000111', second: staff.林岚 });
    const noRight = await clerk()['clerk:override']({ review, secret: own, second: staff.方远 });
    const ordinary = await clerk()['clerk:decide']({ review, second: null });
    expect([alone, wrongOwn, noRight, ordinary].map((result) => (result.ok ? 'done' : result.error.code))).toEqual([
      'staff.same-person',
      'staff.wrong-secret',
      'staff.not-allowed',
      'review.not-open',
    ]);
    expect(wrongOwn).toMatchObject({ error: { detail: 'own secret' } });

    const done = unwrap(await clerk()['clerk:override']({ review, secret: own, second: staff.林岚 }));
    expect(done.standing).toMatchObject({
      state: 'passed',
      settledBy: 'staff',
      machine: { state: 'failed', reason: 'face.low-similarity' },
    });
    expect(done.reviews).toMatchObject([{ staffName: '周敏', secondStaffName: '林岚', override: true }]);
    expect(done.detail.record.verdict.state).toBe('failed');
    expect(entriesOf('review.decided')).toMatchObject([
      { certifyId, from: 'failed', to: 'passed', staffId: staff.周敏.staffId, secondStaffId: staff.林岚.staffId },
    ]);
    const today = localDayOf(Date.now());
    expect(unwrap(terminal.installation.queries.report(today, 1))).toMatchObject([
      { submitted: 1, passed: 1, failed: 0 },
    ]);
    const { database, keys, identity } = terminal.installation;
    expect(unwrap(verifyAudit(database, keys.audit, identity.publicKey))).toMatchObject({ ok: true });
    const receipt = unwrap(await clerk()['clerk:receipt']({ certifyId }));
    expect(receipt).toMatchObject({ state: 'passed', settledByStaff: true, machine: 'failed' });
    expect(receipt.code).toContain(certifyId);
  });
});

describe('the queue of a scene with two people', () => {
  it('takes no decision of one, and none of a record that was decided meanwhile', { timeout: 60_000 }, async () => {
    terminal.setScene({ ...KEEPING, review: { secondPerson: true } });
    const certifyId = await certify(0.33);
    await signIn('周敏');
    const queue = unwrap(await clerk()['clerk:queue']({ sceneId: null, reason: null, offset: 0, limit: 10 }));
    expect(queue.rows).toMatchObject([{ certifyId, reason: 'face.grey-band' }]);
    const shown = unwrap(await clerk()['clerk:case']({ certifyId }));
    const review = asked(shown, { note: '' });
    expect(await clerk()['clerk:decide']({ review, second: null })).toMatchObject({
      error: { code: 'review.second-person' },
    });
    expect(await clerk()['clerk:decide']({ review, second: staff.周敏 })).toMatchObject({
      error: { code: 'staff.same-person' },
    });
    unwrap(await clerk()['clerk:decide']({ review, second: staff.林岚 }));
    expect(await clerk()['clerk:decide']({ review, second: staff.林岚 })).toMatchObject({
      error: { code: 'review.decided-meanwhile' },
    });
    expect(unwrap(await clerk()['clerk:queue']({ sceneId: null, reason: null, offset: 0, limit: 10 })).total).toBe(0);
  });
});

describe('the staff beside the kiosk', () => {
  it(
    'sees the certification and its pictures while it runs, and nothing of it afterwards',
    { timeout: 60_000 },
    async () => {
      await signIn('周敏');
      expect(unwrap(await clerk()['clerk:live'](null))).toMatchObject({ running: null, call: null });
      const seen: { readonly screen: string; readonly name: string | null; readonly pictures: boolean }[] = [];
      let looking: Promise<unknown> = Promise.resolve();
      terminal.application.service.onView(() => {
        looking = looking.then(async () => {
          const { running } = unwrap(await clerk()['clerk:live'](null));
          if (!running) return;
          const { certifyId, screen, nameMasked } = running;
          const { portrait } = unwrap(await clerk()['clerk:pictures']({ certifyId }));
          seen.push({ screen, name: nameMasked, pictures: running.showsPictures && portrait !== undefined });
        });
      });
      const certifyId = await certify(0.7);
      await looking;
      expect(seen.find(({ screen }) => screen === 'position')).toEqual({
        screen: 'position',
        name: '样*人',
        pictures: true,
      });
      expect(seen.filter(({ screen }) => screen === 'result').some(({ pictures }) => pictures)).toBe(false);
      expect(unwrap(await clerk()['clerk:pictures']({ certifyId }))).toEqual({ portrait: null, best: null });
    },
  );

  it('shows an operator no pictures and lets them decide nothing', { timeout: 60_000 }, async () => {
    const certifyId = await certify(0.33);
    await signIn('方远');
    const shown = unwrap(await clerk()['clerk:case']({ certifyId }));
    expect(shown).toMatchObject({ action: 'decide', mayAct: false });
    const refused = [
      await clerk()['clerk:pictures']({ certifyId }),
      await clerk()['clerk:evidence']({ certifyId }),
      await clerk()['clerk:decide']({ review: asked(shown), second: null }),
      await clerk()['clerk:override']({ review: asked(shown), secret: SECRETS.方远, second: staff.林岚 }),
    ];
    expect(refused.map((result) => (result.ok ? 'done' : result.error.code))).toEqual(
      Array.from({ length: 4 }, () => 'staff.not-allowed'),
    );
    unwrap(clerk()['clerk:sign-out'](null) as never);
    expect(await clerk()['clerk:live'](null)).toMatchObject({ error: { code: 'staff.signed-out' } });
  });

  it('shows an operator no record of another day, in no list and by no id', { timeout: 60_000 }, async () => {
    const certifyId = await certify(0.33);
    const asking = async () => [
      unwrap(await clerk()['clerk:records']({ offset: 0, limit: 10, state: null })).total,
      unwrap(await clerk()['clerk:queue']({ sceneId: null, reason: null, offset: 0, limit: 10 })).rows.length,
      ...[
        await clerk()['clerk:case']({ certifyId }),
        await clerk()['clerk:receipt']({ certifyId }),
        await clerk()['clerk:print']({ certifyId }),
      ].map((result) => (result.ok ? 'shown' : result.error.code)),
    ];
    await signIn('方远');
    expect(await asking()).toEqual([1, 1, 'shown', 'shown', 'printer.missing']);
    const { adminHandlers: admin } = terminal.application;
    unwrap(await admin['admin:sign-in'](staff.方远));
    expect(await admin['admin:request-result']({ certifyId })).toMatchObject({ ok: true });
    vi.useFakeTimers({ now: Date.now() + 86_400_000, toFake: ['Date'] });
    const refused = Array.from({ length: 3 }, () => 'staff.not-allowed');
    expect(await asking()).toEqual([0, 0, ...refused]);
    expect(await admin['admin:request-result']({ certifyId })).toMatchObject({ error: { code: 'staff.not-allowed' } });
    await signIn('周敏');
    expect(await asking()).toEqual([1, 1, 'shown', 'shown', 'printer.missing']);
  });

  it('hears a call with its reason once, and says that somebody comes', async () => {
    const { service, staffCalls } = terminal.application;
    await signIn('方远');
    const call = unwrap(staffCalls.call(service.view()));
    expect(unwrap(staffCalls.call(service.view()))).toEqual(call);
    expect(service.view().staffCall).toBe('waiting');
    expect(unwrap(await clerk()['clerk:live'](null)).call).toMatchObject({ callId: call.callId, screen: 'attract' });
    expect(await clerk()['clerk:answer-call']({ callId: 'another' })).toMatchObject({ ok: false });
    unwrap(await clerk()['clerk:answer-call']({ callId: call.callId }));
    expect(service.view().staffCall).toBe('coming');
    expect(entriesOf('staff.call-answered')).toMatchObject([{ callId: call.callId, by: staff.方远.staffId }]);
  });

  it('starts a certification with what it knows, takes one back, and cancels the running one', async () => {
    await signIn('方远');
    const start = (begin: boolean) =>
      clerk()['clerk:start']({ sceneId: 'counter', orderId: null, inputs: {}, consent: false, begin });
    expect(unwrap(await start(false))).toEqual({ certifyId: null });
    expect(unwrap(await clerk()['clerk:live'](null)).expected).toMatchObject({
      sceneId: 'counter',
      sceneName: '柜台核验',
    });
    expect(unwrap(await clerk()['clerk:take-back'](null)).expected).toBeNull();
    const { certifyId } = unwrap(await start(true));
    const { running } = unwrap(await clerk()['clerk:live'](null));
    expect(running).toMatchObject({ certifyId, screen: 'consent', verdict: null });
    expect(running?.orderId).toMatch(/^desk-/);
    expect(await start(true)).toMatchObject({ error: { code: 'setup.not-idle' } });
    expect(unwrap(await clerk()['clerk:cancel']({ certifyId: certifyId! })).running).toBeNull();
    expect(await clerk()['clerk:cancel']({ certifyId: certifyId! })).toMatchObject({ ok: false });
  });
});
