import { afterEach, beforeEach, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import {
  staffDecisionText,
  type SignedStaffDecision,
  type StaffDecisionBody,
} from '../../../src/shared/protocol/kv1-staff-decisions.ts';
import { openReviews } from '../../../src/verifier/reviews/open-reviews.ts';
import { assembleVerifier } from '../../../src/verifier/assemble.ts';
import { forEachStorage, type OpenStorage } from '../../support/each-storage.ts';
import { enrolSampleDevice, manualSender, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { commitOpen, decide, deliveriesIn, NOTE } from '../../support/staff-decisions.ts';
import { serveVerifier, type InProcessVerifier } from '../../support/verifier-in-process.ts';

const NOW_MS = Date.UTC(2026, 2, 2, 9);

forEachStorage('decisions of the staff', (open) => {
  let storage: OpenStorage;
  let kiosk: ReturnType<typeof temporaryFolder>;
  let clock: ManualClock;
  let verifier: InProcessVerifier;
  let device: EnrolledDevice;

  beforeEach(async () => {
    storage = await open();
    kiosk = temporaryFolder();
    clock = manualClock(NOW_MS);
    verifier = await serveVerifier(storage.database, clock);
    device = await enrolSampleDevice(kiosk.path, verifier, { clock });
  });
  afterEach(async () => {
    device.store.database.close();
    await verifier.close();
    await storage.close();
    kiosk.remove();
  });

  /** Sends the records, decides about one, and gives the decision as it waits. */
  async function waiting(number: number): Promise<SignedStaffDecision> {
    const certifyId = commitOpen(device.store, number);
    await manualSender(device, { clock }).kick();
    decide(device.store, certifyId, {}, clock);
    const due = expectOk(deliveriesIn(device.store).due(10)).find(({ body }) => body.certifyId === certifyId);
    if (due === undefined) throw new Error('nothing waits');
    return due;
  }

  function resigned({ body }: SignedStaffDecision, changes: Partial<StaffDecisionBody>): SignedStaffDecision {
    const changed = { ...body, ...changes };
    return { body: changed, device: device.store.identity.sign(staffDecisionText(changed)) };
  }

  async function outcomeOf(decision: SignedStaffDecision, at = device): Promise<string> {
    const answer = await at.client.decide(decision);
    if (answer.ok) return `kept ${answer.value.acceptedAtMs}`;
    return `${answer.error.failure.code} ${answer.error.failure.detail ?? ''}`.trim();
  }

  const counts = async () =>
    (
      await assembleVerifier({
        database: storage.database,
        clock,
        randomBytes: (length) => Buffer.alloc(length),
        publicOrigin: null,
      })
    ).submissions.counts();

  it('are kept as they were signed, once, and the record counts as decided', async () => {
    const decision = await waiting(1);
    expect(await counts()).toEqual([{ state: 'review', simulated: true, count: 1 }]);
    expect(await outcomeOf(decision)).toBe(`kept ${NOW_MS}`);
    clock.advance(60_000);
    // The same request, and the same decision in another one.
    expect(await outcomeOf(decision)).toBe(`kept ${NOW_MS}`);
    await storage.database.queries.deleteFrom('idempotency').execute();
    expect(await outcomeOf(decision)).toBe(`kept ${NOW_MS}`);
    expect(await outcomeOf(resigned(decision, { decision: 'refused', reason: 'deception' }))).toBe(
      'verifier.refused idempotency_conflict',
    );
    expect(await counts()).toEqual([{ state: 'passed', simulated: true, count: 1 }]);
    const [row, ...others] = await storage.database.queries.selectFrom('staff_decisions').selectAll().execute();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ revision: 1, decision: 'approved', signed: canonicalJson(decision) });
    const kept = await storage.database.queries.selectFrom('submissions').select(['state', 'record']).execute();
    expect(kept.map(({ state }) => state)).toEqual(['review']);
    expect(JSON.stringify([row, kept])).not.toContain(NOTE.slice(0, 10));
    const answer = await device.client.submission(sampleCertifyId(1));
    expect(answer.ok && answer.value.decisions?.map((one) => one.decision)).toEqual([decision]);
  });

  it('are refused one by one with their reason', async () => {
    const decision = await waiting(1);
    const { body } = decision;
    const other = '0190a000-0000-4000-8000-000000000009';
    const second = { staffId: other, role: null };
    expect([
      await outcomeOf({ ...decision, body: { ...body, decidedAtMs: body.decidedAtMs + 1 } }),
      await outcomeOf(resigned(decision, { receiptHash: 'a'.repeat(64) })),
      await outcomeOf(resigned(decision, { certifyId: sampleCertifyId(2) })),
      await outcomeOf(resigned(decision, { revision: 2 })),
      await outcomeOf(resigned(decision, { reason: 'deception' })),
      await outcomeOf(resigned(decision, { override: true })),
      await outcomeOf(resigned(decision, { second: { ...second, staffId: body.staff.staffId } })),
      await outcomeOf(resigned(decision, { note: NOTE } as Partial<StaffDecisionBody>)),
    ]).toEqual([
      'verifier.refused decision_invalid',
      'verifier.refused decision_invalid',
      'verifier.record-missing record_missing',
      'verifier.record-missing decision_early',
      'verifier.refused request_invalid',
      'verifier.refused request_invalid',
      'verifier.refused request_invalid',
      'verifier.refused request_invalid',
    ]);
    expect(await outcomeOf(decision)).toBe(`kept ${NOW_MS}`);
  });

  it('are not taken from another device', async () => {
    const decision = await waiting(1);
    const elsewhere = temporaryFolder();
    const enrolmentCode = await verifier.enrolment.openCode();
    const stranger = await enrolSampleDevice(elsewhere.path, { ...verifier, enrolmentCode }, { clock });
    const own = { body: decision.body, device: stranger.store.identity.sign(staffDecisionText(decision.body)) };
    expect(await outcomeOf(decision, stranger)).toBe('verifier.refused decision_invalid');
    expect(await outcomeOf(own, stranger)).toBe('verifier.refused decision_invalid');
    stranger.store.database.close();
    elsewhere.remove();
    expect(await counts()).toEqual([{ state: 'review', simulated: true, count: 1 }]);
  });

  it('take a case from the list of those that wait for an operator, unless it was reopened since', async () => {
    const decision = await waiting(1);
    await keepSession(decision.body.certifyId, NOW_MS - 1_000);
    const open = async () => (await openReviews(storage.database.queries, NOW_MS, 10)).map(({ revision }) => revision);
    expect(await open()).toEqual([1]);
    expect(await outcomeOf(decision)).toBe(`kept ${NOW_MS}`);
    expect(await open()).toEqual([]);
    await storage.database.queries
      .updateTable('decisions')
      .set({ decided_at_ms: NOW_MS + 1 })
      .execute();
    expect(await open()).toEqual([1]);
  });

  /** A session about a record whose decision leaves it to a person. */
  async function keepSession(certifyId: string, atMs: number): Promise<void> {
    const { queries } = storage.database;
    const deviceId = device.clientParts.keyId.replace(/:.*/, '');
    const sessionId = sampleCertifyId(99);
    await queries
      .insertInto('sessions')
      .values({
        session_id: sessionId,
        device_id: deviceId,
        certify_id: certifyId,
        scene_id: 'counter',
        check_name: 'face-authority',
        state: 'decided',
        revision: 1,
        order_id: 'order-1',
        simulated: 1,
        request: '{}',
        consent: '{}',
        policy_version: 1,
        created_at_ms: atMs,
        updated_at_ms: atMs,
        expires_at_ms: atMs + 60_000,
      })
      .execute();
    await queries
      .insertInto('decisions')
      .values({
        ...{ session_id: sessionId, revision: 1, state: 'review', reason: 'face.grey-band' },
        ...{ body: '{}', signature: '{}', decided_at_ms: atMs },
      })
      .execute();
  }
});
