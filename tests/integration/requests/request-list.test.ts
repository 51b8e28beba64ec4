import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Installation } from '../../../src/main/composition/installation.ts';
import { openRequests, type KeptRequests } from '../../../src/main/composition/request-services.ts';
import { REQUEST_LIFETIME_MS, type RequestInputs } from '../../../src/shared/domain/certification-request.ts';
import type { CertificationRecord } from '../../../src/shared/domain/certification.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { ok } from '../../../src/shared/result.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { sampleCheck, sampleOutcome } from '../../support/sample-checks.ts';
import { SAMPLE_START_MS, sampleRecord } from '../../support/sample-records.ts';
import { openSampleInstallation } from '../../support/sample-subject.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';

const NAME = '欧阳测试';
const NAMED = { name: NAME, number: '11010519491231002X' } as const;
let clock: ManualClock;
let folder: ReturnType<typeof temporaryFolder>;
let installation: Installation;
let requests: KeptRequests;

beforeEach(() => {
  clock = manualClock(SAMPLE_START_MS);
  folder = temporaryFolder();
  installation = openSampleInstallation(folder.path, clock);
  requests = openRequests({ installation, dataFolder: folder.path, findFaces: async () => ok([]), clock });
  expectOk(installation.scenes.put({ ...DEFAULT_SCENE, id: 'plus', scheme: 'CounterCard' }, null));
});
afterEach(() => {
  installation.close();
  folder.remove();
});

const make = async (orderId: string, inputs: RequestInputs = NAMED) =>
  expectOk(await requests.book.make({ sceneId: 'plus', orderId, inputs })).request;
const rowsNow = () => expectOk(requests.book.list(0, 10)).rows;
const storedNames = () => installation.database.prepare<[], string | null>('SELECT name_masked FROM requests').pluck();

/** Carries a request out up to a record with this reason, and lets the verifier answer. */
async function carriedOut(
  reason: ReasonCode,
  answers: readonly ReasonCode[] = [],
  changes: Partial<CertificationRecord> = {},
): Promise<string> {
  const { requestId, orderId } = await make('order-1');
  const certifyId = uuid({ msecs: clock.wallMs() });
  expectOk(requests.book.begin(requestId, certifyId));
  const record = sampleRecord(1, reason, { certifyId, sceneId: 'plus', order: { orderId, requestId }, ...changes });
  expectOk(installation.records.commit(record, answers.length > 0 ? { check: sampleCheck(1) } : {}));
  for (const answer of answers) {
    expectOk(installation.checks.change(certifyId, { event: 'upload' }));
    expectOk(installation.checks.change(certifyId, { event: 'submit', reference: null }));
    expectOk(
      installation.checks.change(certifyId, { event: 'decide', outcome: sampleOutcome(answer), decision: null }),
    );
  }
  return certifyId;
}

describe('whom a request names', () => {
  it('is shown masked, to the kiosk and in the list, and kept no other way', async () => {
    const made = await make('order-1');
    expect(made.nameMasked).toBe('欧**试');
    expect(rowsNow()).toEqual([made]);
    expect(expectOk(requests.book.findByOrder('order-1', null))).toEqual(made);
    expectOk(requests.desk.call(made.requestId));
    expect(requests.desk.called()).toEqual(made);
    const kept = JSON.stringify(installation.database.prepare('SELECT * FROM requests').all());
    expect(kept).not.toContain(NAME);
    expect(await make('order-2', {})).not.toHaveProperty('nameMasked');
  });

  it('is forgotten with a request that ends without a record', async () => {
    const withdrawn = await make('order-1');
    expect(expectOk(await requests.book.withdraw(withdrawn.requestId))).toMatchObject({ state: 'withdrawn' });
    clock.advance(1);
    await make('order-2');
    clock.advance(1);
    await make('order-2');
    clock.advance(REQUEST_LIFETIME_MS);
    expectOk(await requests.book.sweep(false));
    expect(storedNames().all()).toEqual([null, null, null]);
    expect(rowsNow().map((row) => [row.state, row.nameMasked])).toEqual([
      ['expired', undefined],
      ['withdrawn', undefined],
      ['withdrawn', undefined],
    ]);
  });

  it('comes from the record as soon as there is one', async () => {
    await carriedOut('ok.matched');
    expect(storedNames().all()).toEqual([null]);
    expect(rowsNow()).toMatchObject([{ state: 'submitted', nameMasked: '测*员' }]);
  });
});

describe('the verdict of a submitted request', () => {
  it.each([
    ['ok.matched', [], 'passed', 'ok.matched'],
    ['risk.review', [], 'review', 'risk.review'],
    ['face.low-similarity', [], 'failed', 'face.low-similarity'],
    ['verification.pending', [], 'review', 'verification.pending'],
    ['verification.pending', ['ok.confirmed'], 'passed', 'ok.confirmed'],
    ['verification.captured', ['face.low-similarity'], 'failed', 'face.low-similarity'],
    ['verification.captured', ['face.grey-band'], 'review', 'face.grey-band'],
    ['ok.matched', ['ok.confirmed'], 'passed', 'ok.matched'],
    ['ok.matched', ['face.low-similarity'], 'review', 'authority.contradicts'],
    ['ok.matched', ['face.grey-band'], 'review', 'authority.contradicts'],
    ['risk.review', ['ok.confirmed'], 'review', 'risk.review'],
  ] as const)('with %s and the answer %s is %s, %s, as in the whole result', async (reason, answers, state, now) => {
    const certifyId = await carriedOut(reason, answers);
    const verdict = { state, reason: now, underReview: state === 'review' };
    expect(rowsNow()).toMatchObject([{ certifyId, verdict }]);
    expect(expectOk(requests.book.findByOrder('order-1', null)).verdict).toEqual(verdict);
    const { underReview, ...result } = expectOk(await requests.results.ofCertification(certifyId));
    expect({ state: result.state, reason: result.reason, underReview }).toEqual(verdict);
  });

  it('is not there before its record is', async () => {
    const { requestId } = await make('order-1');
    expect(rowsNow()[0]).not.toHaveProperty('verdict');
    expectOk(requests.book.begin(requestId, uuid({ msecs: clock.wallMs() })));
    expect(rowsNow()[0]).toMatchObject({ state: 'running', nameMasked: '欧**试' });
    expect(rowsNow()[0]).not.toHaveProperty('verdict');
  });
});
