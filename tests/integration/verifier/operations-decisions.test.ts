import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settled } from '../../../src/main/verifiers/check-outcomes.ts';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import {
  deletionReceiptSchema,
  SESSION_PATHS,
  signedDecisionSchema,
  type DeletionReceipt,
  type ReviewRequest,
  type SessionAnswer,
  type SignedDecision,
} from '../../../src/shared/protocol/kv1-sessions.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { OPERATOR_PATHS } from '../../../src/verifier/operators/operator-paths.ts';
import { secondClerkNeeded } from '../../../src/verifier/reviews/review-rules.ts';
import { postgresMissing, startPostgres, type PostgresServer } from '../../support/postgres.ts';
import { startOperatedVerifier, type OperatedVerifier } from '../../support/operated-verifier.ts';
import {
  artifactOf,
  enrolQuestioner,
  NOBODY,
  noiseJpeg,
  sessionOf,
  sessionRequest,
  type Answered,
  type Questioner,
} from '../../support/questioner.ts';
import { outcome } from '../../support/scripted-verifier.ts';

const missing = postgresMissing();
if (missing !== null) console.log(`operations on PostgreSQL are left out: ${missing}`);
const KINDS = missing === null ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const);

describe.each(KINDS)('decisions on %s', (kind) => {
  let postgres: PostgresServer | null = null;
  let verifier: OperatedVerifier;
  let device: Questioner;

  beforeAll(async () => {
    if (kind === 'postgres') postgres = await startPostgres();
    verifier = await startOperatedVerifier({ database: (await postgres?.createDatabase()) ?? null });
    device = await enrolQuestioner(verifier);
  });
  afterAll(async () => {
    await verifier.close();
    await postgres?.stop();
  });

  async function decidedAs(reason: ReasonCode, subjectKey: string | null = null): Promise<SessionAnswer> {
    const retry = reason.startsWith('verifier.') ? ('configuration' as const) : ('none' as const);
    verifier.vendor.begin({ checks: [settled(outcome(reason, { retry }))] });
    const face = noiseJpeg(900);
    const opened = sessionOf(
      await device.open(sessionRequest({ artifacts: [artifactOf('face.jpg', face)], subjectKey })),
    );
    await device.put(opened.sessionId, 'face.jpg', face);
    await device.submit(opened, NOBODY);
    const answer = await device.read(opened.sessionId, 10);
    expect(answer.decision?.body).toMatchObject({ reason, revision: 1, decidedBy: ['verifier'] });
    return answer;
  }

  const WORD = { decision: 'passed', ground: 'document-seen', revision: 1 } as const;

  function review(sessionId: string, request: Partial<ReviewRequest>, at = device): Promise<Answered> {
    const full = { clerk: 'li', ...WORD, ...request };
    return at.call({ method: 'POST', path: SESSION_PATHS.review(sessionId), body: canonicalJson(full) });
  }

  const wordsAbout = async (sessionId: string): Promise<number> =>
    (
      await verifier.database.queries
        .selectFrom('reviews')
        .select('clerk')
        .where('session_id', '=', sessionId)
        .execute()
    ).length;

  const codeOf = (answer: Answered): string => (answer.ok ? 'ok' : answer.code);

  function isSignedByServer(signed: SignedDecision | DeletionReceipt): boolean {
    const { jwk, keyId } = verifier.parts.serverKey;
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const signature = Buffer.from(signed.server.signature, 'base64url');
    return signed.server.keyId === keyId && verify(null, Buffer.from(canonicalJson(signed.body)), key, signature);
  }

  describe('a clerk', () => {
    it('settles a review alone, as a signed revision on the same basis', async () => {
      const { sessionId, decision: before } = await decidedAs('risk.policy');
      const { decision, reviewsNeeded } = sessionOf(await review(sessionId, {}));
      expect(reviewsNeeded).toBe(0);
      expect(decision).not.toBeNull();
      expect(decision && isSignedByServer(decision)).toBe(true);
      expect(decision?.body).toEqual({
        ...before?.body,
        revision: 2,
        state: 'passed',
        reason: 'ok.confirmed',
        decidedBy: ['li'],
        decidedAtMs: decision?.body.decidedAtMs,
      });
      expect((await device.read(sessionId)).decision).toEqual(decision);
    });

    it.each([
      ['not-the-holder', 'face.low-similarity'],
      ['fraud-suspected', 'liveness.spoof-suspected'],
    ] as const)('fails a review because of %s with the reason %s', async (ground, reason) => {
      const { sessionId } = await decidedAs('source.no-photo');
      const { decision } = sessionOf(await review(sessionId, { decision: 'failed', ground }));
      expect(decision?.body).toMatchObject({ state: 'failed', reason, revision: 2, decidedBy: ['li'] });
    });

    it('can not turn a failure alone at one device, however often and under whatever name', async () => {
      const { sessionId } = await decidedAs('face.low-similarity');
      const words = [{}, { ground: 'person-known' }, { clerk: 'LI' }, { clerk: 'wang' }, { clerk: 'zhao' }] as const;
      const answers: Answered[] = [];
      for (const word of words) answers.push(await review(sessionId, word));
      expect(answers.map(codeOf)).toEqual(words.map(() => 'second_clerk_needed'));
      expect(await wordsAbout(sessionId)).toBe(1);
      expect(await device.read(sessionId)).toMatchObject({ reviewsNeeded: 1, decision: { body: { revision: 1 } } });
    });

    it('turns a failure, and back, with a second one at another device or at the verifier', async () => {
      const { sessionId } = await decidedAs('face.low-similarity');
      const other = await enrolQuestioner(verifier);
      expect(codeOf(await review(sessionId, { clerk: 'wang' }, other))).toBe('not_found');
      expect(codeOf(await review(sessionId, {}))).toBe('second_clerk_needed');
      expect(codeOf(await review(sessionId, {}, other))).toBe('second_clerk_needed');
      const { decision, fields } = sessionOf(await review(sessionId, { clerk: 'wang' }, other));
      expect(decision?.body).toMatchObject({ state: 'passed', reason: 'ok.confirmed', decidedBy: ['li', 'wang'] });
      expect(fields).toBeNull();
      expect((await device.read(sessionId)).decision).toEqual(decision);

      const zhao = await verifier.operator('zhao', 'reviewer');
      const back = { decision: 'failed', ground: 'fraud-suspected', revision: 2 } as const;
      expect(codeOf(await review(sessionId, { ...back, clerk: 'wang' }))).toBe('second_clerk_needed');
      const turned = await verifier.operate(zhao, 'POST', OPERATOR_PATHS.review(sessionId), back);
      const { body } = signedDecisionSchema.parse(turned.json);
      expect(body).toMatchObject({ revision: 3, state: 'failed', decidedBy: ['wang', 'zhao'] });
    });

    it('turns it as one of two operators, and not as the same one twice', async () => {
      const { sessionId } = await decidedAs('liveness.spoof-suspected');
      const path = OPERATOR_PATHS.review(sessionId);
      const sun = await verifier.operator('sun', 'reviewer');
      const qian = await verifier.operator('qian', 'reviewer');
      const first = await verifier.operate(sun, 'POST', path, WORD);
      const again = await verifier.operate(sun, 'POST', path, { ...WORD, ground: 'person-known' });
      expect([first, again].map(({ status }) => status)).toEqual([409, 409]);
      expect(again.json).toMatchObject({ code: 'second_clerk_needed', detail: secondClerkNeeded().detail });
      expect(codeOf(await review(sessionId, { clerk: 'Sun' }))).toBe('second_clerk_needed');
      expect(await wordsAbout(sessionId)).toBe(1);
      const second = await verifier.operate(qian, 'POST', path, WORD);
      expect(signedDecisionSchema.parse(second.json).body).toMatchObject({ decidedBy: ['sun', 'qian'] });
    });

    it('is refused what is stale, what contradicts itself, and what was not decided', async () => {
      const reviewed = await decidedAs('risk.policy');
      const broken = await decidedAs('verifier.misconfigured');
      const invalid = await decidedAs('identity.not-found');
      const phone = await decidedAs('phone.mismatch');
      const passed = await decidedAs('ok.confirmed');
      await review(reviewed.sessionId, { decision: 'failed', ground: 'not-the-holder' });
      const stranger = await enrolQuestioner(verifier);
      const path = SESSION_PATHS.review(invalid.sessionId);
      const body = { clerk: 'li', decision: 'passed', ground: 'document-seen', revision: 1 };
      expect([
        codeOf(await review(reviewed.sessionId, { clerk: 'wang', revision: 1 })),
        codeOf(await review(broken.sessionId, {})),
        codeOf(await review(invalid.sessionId, { ground: 'fraud-suspected' })),
        codeOf(await review(phone.sessionId, {})),
        codeOf(await review(passed.sessionId, {})),
        codeOf(await review(passed.sessionId, { revision: 7 })),
        codeOf(await review(invalid.certifyId, {})),
        codeOf(await review('nothing', {})),
        codeOf(await stranger.call({ method: 'POST', path, body: canonicalJson(body) })),
        codeOf(await review(invalid.sessionId, { clerk: 'a b' })),
      ]).toEqual([
        ...Array<string>(6).fill('review_refused'),
        ...Array<string>(3).fill('not_found'),
        'request_invalid',
      ]);
    });

    it('can be an operator; what waits is listed with its age, and all of it is written down', async () => {
      const { sessionId } = await decidedAs('document.photographed');
      const reviewer = await verifier.operator('reviewer-1', 'reviewer');
      const auditor = await verifier.operator('auditor-1', 'auditor');
      const listed = await verifier.operate(reviewer, 'GET', OPERATOR_PATHS.reviews);
      expect(listed).toMatchObject({ status: 200, json: { dueMs: 86_400_000 } });
      const { reviews } = listed.json as { reviews: { sessionId: string }[] };
      expect(reviews.find((open) => open.sessionId === sessionId)).toMatchObject({
        state: 'review',
        reason: 'document.photographed',
        clerks: 0,
        overdue: false,
        revision: 1,
      });
      const path = OPERATOR_PATHS.review(sessionId);
      const word = { decision: 'failed', ground: 'not-the-holder', revision: 1 };
      expect((await verifier.operate(auditor, 'POST', path, word)).status).toBe(403);
      const decided = await verifier.operate(reviewer, 'POST', path, word);
      expect(isSignedByServer(signedDecisionSchema.parse(decided.json))).toBe(true);
      const { json } = await verifier.operate(auditor, 'GET', `${OPERATOR_PATHS.audit}?limit=1`);
      expect(json).toMatchObject({
        actions: [
          {
            operator: 'reviewer-1',
            action: 'review-decided',
            target: sessionId,
            detail: { decision: 'failed', ground: 'not-the-holder', revision: 1, device: null },
          },
        ],
      });
    });
  });

  describe('erasure', () => {
    const erase = (sessionId: string, query = ''): Promise<Answered> =>
      device.call({ method: 'DELETE', path: `${SESSION_PATHS.artifacts(sessionId)}${query}` });
    const receiptOf = (answer: Answered): DeletionReceipt => {
      if (!answer.ok) throw new Error(answer.code);
      return deletionReceiptSchema.parse(answer.value);
    };

    it('gives a signed receipt of what there was, and the same one ever after', async () => {
      const { sessionId, decision } = await decidedAs('ok.confirmed');
      const receipt = receiptOf(await erase(sessionId));
      expect(isSignedByServer(receipt)).toBe(true);
      expect(receipt.body).toMatchObject({
        kind: 'artifacts',
        of: sessionId,
        sessions: [sessionId],
        why: 'acknowledged',
      });
      const face = decision?.body.artifacts['face.jpg'];
      expect(receipt.body.erased).toEqual([
        { name: 'face.jpg', sha256: face },
        { name: 'identity', sha256: null },
      ]);
      expect(receiptOf(await erase(sessionId, '?why=withdrawn'))).toEqual(receipt);
      expect(await device.read(sessionId)).toMatchObject({ state: 'erased', decision });
      const stranger = await enrolQuestioner(verifier);
      const path = SESSION_PATHS.artifacts(sessionId);
      expect(codeOf(await stranger.call({ method: 'DELETE', path }))).toBe('not_found');
      expect(codeOf(await erase(sessionId, '?why=because'))).toBe('request_invalid');
    });

    it('of a subject reaches all its sessions, asks vendors, and does the rest when asked again', async () => {
      const subjectKey = 'ab'.repeat(32);
      const one = await decidedAs('ok.confirmed', subjectKey);
      const other = await decidedAs('face.low-similarity', subjectKey);
      await verifier.database.queries
        .updateTable('attempts')
        .set({ reference: 'vendor-reference' })
        .where('session_id', '=', one.sessionId)
        .execute();
      const path = SESSION_PATHS.subject(subjectKey);
      const first = receiptOf(await device.call({ method: 'DELETE', path }));
      expect(new Set(first.body.sessions)).toEqual(new Set([one.sessionId, other.sessionId]));
      expect(first.body).toMatchObject({
        kind: 'subject',
        why: 'withdrawn',
        vendors: [{ name: 'tencent', outcome: 'erased' }],
      });
      expect(verifier.vendor.erased).toEqual(['vendor-reference']);
      expect(receiptOf(await device.call({ method: 'DELETE', path }))).toEqual(first);
      const later = await decidedAs('ok.confirmed', subjectKey);
      const second = receiptOf(await device.call({ method: 'DELETE', path }));
      expect(second.body.sessions).toContain(later.sessionId);
      expect(second.body.erased.length).toBe(first.body.erased.length + 2);
      const operator = await verifier.operator('eraser', 'operator');
      const across = await verifier.operate(operator, 'DELETE', OPERATOR_PATHS.subject(subjectKey));
      expect(deletionReceiptSchema.parse(across.json).body).toMatchObject({ why: 'operator', kind: 'subject' });
      expect((await verifier.operate(operator, 'DELETE', OPERATOR_PATHS.subject('cd'.repeat(32)))).status).toBe(404);
    });

    it('at the end of retention keeps a receipt too', async () => {
      const { sessionId } = await decidedAs('ok.confirmed');
      const erased = await verifier.sessionOperations.eraseExpired(sessionId);
      expect(erased).toMatchObject({ ok: true, value: { body: { why: 'retention', of: sessionId } } });
      expect(receiptOf(await erase(sessionId)).body.why).toBe('retention');
    });
  });

  describe('the policy', () => {
    it('rises by a version when an administrator changes it, and is known by its tag', async () => {
      const administrator = await verifier.operator('admin-1', 'administrator');
      const operator = await verifier.operator('operator-9', 'operator');
      const before = await verifier.operate(administrator, 'GET', OPERATOR_PATHS.policy);
      expect(before.json).toMatchObject({
        policyVersion: 1,
        checks: [{ check: 'face-authority', verifier: 'tencent', operation: 'Scripted' }],
      });
      const settings = { maxBatchItems: 20, maxAgeMs: 86_400_000, artifactRetentionMs: 0 };
      expect((await verifier.operate(operator, 'PUT', OPERATOR_PATHS.policy, settings)).status).toBe(403);
      const wrong = await verifier.operate(administrator, 'PUT', OPERATOR_PATHS.policy, { ...settings, maxAgeMs: -1 });
      expect(wrong).toMatchObject({ status: 400, json: { code: 'request_invalid', detail: 'maxAgeMs' } });
      const set = await verifier.operate(administrator, 'PUT', OPERATOR_PATHS.policy, settings);
      expect(set.json).toMatchObject({ policyVersion: 2, ...settings });
      const same = await verifier.operate(administrator, 'PUT', OPERATOR_PATHS.policy, settings);
      expect(same.json).toEqual(set.json);
      const { decision } = await decidedAs('ok.confirmed');
      expect(decision?.body).toMatchObject({ policyVersion: 2, eraseAfterMs: decision?.body.decidedAtMs });
    });
  });
});
