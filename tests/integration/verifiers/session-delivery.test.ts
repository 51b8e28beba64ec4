import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSessionDelivery } from '../../../src/main/verifiers/countersign/session-delivery.ts';
import type { CheckProgress, CheckToDeliver } from '../../../src/shared/protocol/check-delivery.ts';
import type { DeliveryProblem } from '../../../src/shared/protocol/delivery.ts';
import type { DeletionReceipt } from '../../../src/shared/protocol/kv1-sessions.ts';
import type { Result } from '../../../src/shared/result.ts';
import { checkToDeliver, clientOf, faceMaterials } from '../../support/check-to-deliver.ts';
import { seededRandom } from '../../support/card-reader/seeded-random.ts';
import { startInterferingVerifier, type InterferingVerifier } from '../../support/interfering-verifier.ts';

let verifier: InterferingVerifier;
beforeEach(async () => {
  verifier = await startInterferingVerifier();
});
afterEach(() => verifier.close());

const never = new AbortController().signal;

function deliver(
  item: CheckToDeliver,
  progress: CheckProgress[] = [],
): Promise<Result<CheckProgress, DeliveryProblem>> {
  const client = clientOf(verifier);
  const delivery = createSessionDelivery({ client: () => client, waitSeconds: 1 });
  return delivery.deliver(item, (step) => progress.push(step), never);
}

const steps = (): string[] =>
  verifier.seen.map(({ method, url }) => `${method} ${url.replace(/[\da-f-]{36}/, 'S').replace('/v1/sessions', '')}`);

describe('one question', () => {
  test('goes from sealed to decided', async () => {
    const progress: CheckProgress[] = [];
    const item = checkToDeliver(1);
    const done = await deliver(item, progress);
    expect(done).toMatchObject({
      ok: true,
      value: { state: 'decided', outcome: { state: 'passed', reason: 'ok.confirmed', retry: 'none' } },
    });
    expect(steps()).toEqual(['POST ', 'PUT /S/artifacts/face.jpg', 'POST /S:submit']);
    expect(progress).toEqual([
      { state: 'uploading', sentBytes: 0, totalBytes: 400 },
      { state: 'uploading', sentBytes: 400, totalBytes: 400 },
    ]);
    const [session] = verifier.model.sessions.values();
    const { sessionId } = item.queued;
    expect(session?.identity).toEqual({ sessionId, name: '测试员', number: '11010519491231002X' });
    expect(session?.request).toMatchObject({ check: 'face-authority', orderId: item.queued.orderId, simulated: true });
  });

  test('says nothing about a person in addresses and headers, and stays in one trace', async () => {
    const item = checkToDeliver(2);
    await deliver(item);
    for (const { url, headers } of verifier.seen) {
      const open = decodeURIComponent(`${url} ${JSON.stringify(headers)}`);
      expect(open).not.toMatch(/11010519491231002X|测试员/);
      expect(headers.traceparent).toMatch(
        new RegExp(`^00-${item.queued.certifyId.replaceAll('-', '')}-[\\da-f]{16}-01$`),
      );
    }
    expect(new Set(verifier.seen.map(({ headers }) => headers.traceparent)).size).toBe(3);
    expect(verifier.seen.map(({ body }) => body.toString('latin1')).join()).not.toContain('11010519491231002X');
  });

  test('waits while the verifier works on it, and is found decided later', async () => {
    verifier.model.decide = () => null;
    const progress: CheckProgress[] = [];
    const item = checkToDeliver(3);
    const waiting = await deliver(item, progress);
    expect(waiting).toEqual({ ok: true, value: { state: 'submitted', reference: null, askAgainAfterMs: 50 } });
    expect(verifier.seen.at(-1)?.headers.prefer).toBe('wait=1');
    const [session] = verifier.model.sessions.values();
    if (session === undefined) throw new Error('no session');
    session.decision = verifier.model.signDecision(session, { state: 'failed', reason: 'identity.mismatch' });
    session.state = 'decided';
    const later = { ...item, queued: { ...item.queued, state: 'submitted' as const, attempts: 1 } };
    expect(await deliver(later)).toMatchObject({
      value: { state: 'decided', outcome: { reason: 'identity.mismatch' } },
    });
    expect(session.submits).toBe(1);
  });

  test('whose outcome is unknown waits for a clerk, who has it asked once more', async () => {
    verifier.model.decide = ({ retries }) => (retries === 0 ? 'unknown' : {});
    const item = checkToDeliver(4);
    const unknown = { state: 'unknown', outcome: { state: 'error', reason: 'outcome.unknown', retry: 'clerk' } };
    expect(await deliver(item)).toMatchObject({ value: unknown });
    const again = { ...item, queued: { ...item.queued, state: 'unknown' as const, attempts: 1 } };
    expect(await deliver(again)).toMatchObject({ value: unknown });
    const [session] = verifier.model.sessions.values();
    expect(session?.retries).toBe(0);
    expect(await deliver({ ...again, clerk: 'wang' })).toMatchObject({ value: { state: 'decided' } });
    expect([session?.retries, session?.submits]).toEqual([1, 1]);
  });

  test('spends a clerk’s word before it goes out, so that a lost answer has it asked once only', async () => {
    verifier.model.decide = () => 'unknown';
    const item = checkToDeliver(8);
    await deliver(item);
    verifier.interfere = ({ url }, honest, { response }) => {
      if (!url.endsWith(':retry')) return honest;
      response.destroy();
      return null;
    };
    const progress: CheckProgress[] = [];
    const again = { ...item, clerk: 'wang', queued: { ...item.queued, attempts: 1 } };
    expect(await deliver(again, progress)).toMatchObject({ ok: false, error: { scope: 'transient' } });
    expect(progress).toEqual([{ state: 'submitted', reference: null, askAgainAfterMs: 2_000 }]);
    const [session] = verifier.model.sessions.values();
    expect(session?.retries).toBe(1);
  });

  test('is not sent without consent, without its materials, or as PNG', async () => {
    const item = checkToDeliver(5);
    const { record, materials } = item;
    const noConsent = { ...record, consent: { capture: true, transmit: false, version: '1', givenAtMs: 1 } };
    const png = { ...materials, face: { ...materials.face!, format: 'png' as const } };
    const nameless = { face: materials.face! };
    const refused = await Promise.all([
      deliver({ ...item, record: noConsent }),
      deliver({ ...item, materials: nameless }),
      deliver({ ...item, materials: png }),
    ]);
    expect(refused.map((each) => (each.ok ? null : [each.error.failure.code, each.error.scope]))).toEqual([
      ['user.refused-consent', 'items'],
      ['material.missing', 'items'],
      ['material.picture-unfit', 'items'],
    ]);
    expect(verifier.seen).toEqual([]);
  });

  test('is acknowledged, and the proof of the erasure is given on', async () => {
    const item = checkToDeliver(6);
    await deliver(item);
    const client = clientOf(verifier);
    const receipts: DeletionReceipt[] = [];
    const delivery = createSessionDelivery({ client: () => client, onErased: (receipt) => receipts.push(receipt) });
    expect(await delivery.acknowledge(item.queued)).toEqual({ ok: true, value: null });
    expect(receipts).toMatchObject([{ body: { kind: 'artifacts', of: item.queued.sessionId } }]);
    expect(await delivery.acknowledge(checkToDeliver(7).queued)).toEqual({ ok: true, value: null });
    expect(receipts).toHaveLength(1);
  });
});

describe('an upload that is cut', () => {
  /** Cuts the connection at a random place: before the piece was kept, or after, when only its answer is lost. */
  function cutAtRandom(seed: number): { cuts: () => number } {
    const random = seededRandom(seed);
    let cuts = 0;
    verifier.interfere = ({ method }, honest, { response }) => {
      if (method !== 'PATCH' && method !== 'PUT') return honest;
      if (random.below(10) > 3) return honest;
      cuts += 1;
      response.destroy();
      return null;
    };
    return { cuts: () => cuts };
  }

  test.each([1, 2, 3])('is carried on from what has arrived (%i)', async (seed) => {
    const bytes = 524_288 * 4 + 12_345;
    const item = checkToDeliver(seed, {}, faceMaterials(bytes));
    const { cuts } = cutAtRandom(seed);
    let tries = 0;
    let done: Result<CheckProgress, DeliveryProblem>;
    do {
      tries += 1;
      done = await deliver({ ...item, queued: { ...item.queued, attempts: tries - 1 } });
      if (!done.ok) expect(done.error).toMatchObject({ scope: 'transient', failure: { code: 'verifier.unreachable' } });
    } while (!done.ok && tries < 40);
    expect(done).toMatchObject({ ok: true, value: { state: 'decided', outcome: { state: 'passed' } } });
    expect(cuts()).toBeGreaterThan(0);
    const sent = verifier.seen.filter(({ method }) => method === 'PATCH');
    // Every piece was kept although its answer was lost, so that none is sent twice.
    expect(sent.map(({ url }) => Number(new URL(url, 'http://x').searchParams.get('offset')))).toEqual(
      [0, 1, 2, 3, 4].map((piece) => piece * 524_288),
    );
  });

  test('goes back where the verifier has less than was thought', async () => {
    const item = checkToDeliver(9, {}, faceMaterials(524_288 * 2 + 1));
    let lost = false;
    verifier.interfere = ({ url }, honest) => {
      if (url.endsWith('offset=524288') && !lost) {
        lost = true;
        const [session] = verifier.model.sessions.values();
        session?.arrived.set('face.jpg', session.arrived.get('face.jpg')!.subarray(0, 1_000));
      }
      return honest;
    };
    expect(await deliver(item)).toMatchObject({ ok: true, value: { state: 'decided' } });
    const offsets = verifier.seen.filter(({ method }) => method === 'PATCH').map(({ url }) => url.split('=')[1]);
    expect(offsets).toEqual(['0', '524288', '1048576', '1000', '525288', '1049576'].slice(0, offsets.length));
    expect(lost).toBe(true);
  });
});
