import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settled } from '../../../src/main/verifiers/check-outcomes.ts';
import type { Verifier } from '../../../src/main/verifiers/contract.ts';
import { SESSION_LIMITS, SESSION_PATHS, type SessionAnswer } from '../../../src/shared/protocol/kv1-sessions.ts';
import { orderChecks } from '../../../src/verifier/adapters/ordered-checks.ts';
import {
  artifactOf,
  enrolQuestioner,
  NOBODY,
  noiseJpeg,
  sessionOf,
  sessionRequest,
  type Questioner,
} from '../../support/questioner.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { temporaryFolder } from '../../support/sample-store.ts';
import { outcome, scriptedVerifier, type Script, type ScriptedVerifier } from '../../support/scripted-verifier.ts';
import {
  QUICK_BOUNDS,
  startSessionVerifier,
  type SessionVerifier,
  type SessionVerifierOptions,
} from '../../support/session-verifier.ts';
import { postgresMissing, startPostgres, type PostgresServer } from '../../support/postgres.ts';

const missing = postgresMissing();
if (missing !== null) console.log(`sessions on PostgreSQL are left out: ${missing}`);

/** Rows that are decided on every kind of database. */
const KEPT_ANYWHERE = new Set(['a pass', 'a refusal', 'service, and then an answer']);

describe.each(missing === null ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const))(
  'sessions on %s',
  (kind) => {
    const folders: { readonly path: string; remove(): void }[] = [];
    const running: SessionVerifier[] = [];
    let postgres: PostgresServer | null = null;

    beforeAll(async () => {
      if (kind === 'postgres') postgres = await startPostgres();
    });
    afterAll(async () => {
      for (const verifier of running) await verifier.close();
      await postgres?.stop();
      for (const folder of folders) folder.remove();
    });

    /** Defines a test of what doesn't touch the database in ways of its own: on one kind. */
    const once = (title: string, test: () => Promise<void>): void => {
      if (kind === 'sqlite') it(title, test);
    };

    interface Desk {
      readonly verifier: SessionVerifier;
      readonly device: Questioner;
      readonly vendor: ScriptedVerifier;
      readonly folder: string;
      readonly options: SessionVerifierOptions;
    }

    async function desk(script: Script = {}, options: Partial<SessionVerifierOptions> = {}): Promise<Desk> {
      const folder = temporaryFolder();
      folders.push(folder);
      const vendor = scriptedVerifier(script);
      const all = {
        folder: folder.path,
        checks: orderChecks([vendor], { 'face-authority': ['tencent'] }),
        database: postgres === null ? null : await postgres.createDatabase(),
        ...options,
      };
      const verifier = await startSessionVerifier(all);
      running.push(verifier);
      const device = await enrolQuestioner(verifier, options.clock);
      return { verifier, device, vendor, folder: folder.path, options: all };
    }

    describe('opening and uploading', () => {
      let shared: Desk;
      beforeAll(async () => {
        shared = await desk({}, { deciding: false });
      });

      it('gives the same answer to the same request, and refuses another under its id', async () => {
        const { device } = shared;
        const request = sessionRequest({ artifacts: [artifactOf('face.jpg', noiseJpeg(1_000))] });
        const opened = sessionOf(await device.open(request));
        expect(opened).toMatchObject({ state: 'open', decision: null, artifacts: [{ received: 0 }] });
        expect(sessionOf(await device.open(request))).toEqual(opened);
        const other = { ...request, sceneId: 'other' };
        expect(await device.open(other)).toMatchObject({ code: 'session_conflict' });
        const stranger = await enrolQuestioner(shared.verifier);
        expect(await stranger.open(request)).toMatchObject({ code: 'session_conflict' });
        expect(await stranger.call({ method: 'GET', path: SESSION_PATHS.session(request.sessionId) })).toMatchObject({
          code: 'not_found',
        });
      });

      once('needs consent, a check that is answered, and the artifacts of that check', async () => {
        const { device } = shared;
        const refused = async (changes: object): Promise<unknown> => {
          const answer = await device.open({
            ...sessionRequest({ artifacts: [artifactOf('face.jpg', noiseJpeg(99))] }),
            ...changes,
          });
          return answer.ok ? 'opened' : answer.code;
        };
        expect(await refused({ consent: { transmit: false, version: '1', givenAtMs: 1 } })).toBe('consent_missing');
        expect(await refused({ check: 'phone', artifacts: [] })).toBe('check_unsupported');
        expect(await refused({ artifacts: [] })).toBe('request_invalid');
        expect(await refused({ artifacts: [artifactOf('card-back.jpg', noiseJpeg(99))] })).toBe('request_invalid');
        expect(await refused({ sessionId: 'x' })).toBe('request_invalid');
      });

      it('goes on where an upload was cut, whatever comes twice', async () => {
        const { device } = shared;
        const clipless = noiseJpeg(2 * SESSION_LIMITS.pieceBytes + 4_321);
        const request = sessionRequest({ artifacts: [artifactOf('face.jpg', clipless)] });
        const { sessionId } = sessionOf(await device.open(request));
        const cuts = [0, 100_003, 100_004, 624_000, 1_048_576, clipless.length];
        for (const [index, from] of cuts.slice(0, -1).entries()) {
          const piece = clipless.subarray(from, cuts[index + 1]);
          expect(await device.piece(sessionId, 'face.jpg', from, piece)).toMatchObject({ ok: true });
          // Its answer was lost: it comes again.
          expect(await device.piece(sessionId, 'face.jpg', from, piece)).toMatchObject({ ok: true });
          const stranded = await device.piece(sessionId, 'face.jpg', 50, clipless.subarray(50, 150));
          if (index < cuts.length - 2) expect(stranded).toMatchObject({ code: 'artifact_offset' });
        }
        expect(await device.call({ method: 'GET', path: SESSION_PATHS.artifact(sessionId, 'face.jpg') })).toEqual({
          ok: true,
          value: { name: 'face.jpg', bytes: clipless.length, received: clipless.length, complete: true },
        });
      });

      it('refuses what is not as announced, and takes it anew', async () => {
        const { device } = shared;
        const face = noiseJpeg(5_000);
        const request = sessionRequest({ artifacts: [artifactOf('face.jpg', face)] });
        const opened = sessionOf(await device.open(request));
        const { sessionId } = opened;
        const code = async (answer: Promise<{ ok: boolean; code?: string }>): Promise<string> =>
          (await answer).code ?? 'ok';
        expect(await code(device.put(sessionId, 'face.jpg', noiseJpeg(5_000)))).toBe('artifact_mismatch');
        expect(await code(device.put(sessionId, 'face.jpg', face.subarray(1)))).toBe('artifact_mismatch');
        expect(await code(device.put(sessionId, 'card-back.jpg', face))).toBe('artifact_unexpected');
        expect(await code(device.piece(sessionId, 'face.jpg', 0, face.subarray(0, 3_000)))).toBe('ok');
        expect(await code(device.piece(sessionId, 'face.jpg', 3_000, noiseJpeg(2_000)))).toBe('artifact_mismatch');
        expect(await code(device.submit(opened, NOBODY))).toBe('artifacts_missing');
        expect(await code(device.put(sessionId, 'face.jpg', face))).toBe('ok');
        expect(await code(device.put(sessionId, 'face.jpg', face))).toBe('ok');
        expect(await code(device.put(sessionId, 'face.jpg', noiseJpeg(SESSION_LIMITS.pieceBytes + 1)))).toBe(
          'body_too_large',
        );
      });

      once('refuses an identity that can not be opened, or lacks what the check needs', async () => {
        const { device } = shared;
        const face = noiseJpeg(900);
        const opened = sessionOf(await device.open(sessionRequest({ artifacts: [artifactOf('face.jpg', face)] })));
        await device.put(opened.sessionId, 'face.jpg', face);
        const other = sessionOf(await device.open(sessionRequest({ artifacts: [artifactOf('face.jpg', face)] })));
        expect(await device.submit(opened, null)).toMatchObject({ code: 'identity_missing' });
        expect(await device.submit(opened, { name: '测试员' })).toMatchObject({ code: 'identity_missing' });
        const sealedForOther = {
          ...opened,
          sealingKey: { ...other.sealingKey, x: Buffer.alloc(32, 9).toString('base64url') },
        };
        expect(await device.submit(sealedForOther, NOBODY)).toMatchObject({ code: 'identity_unreadable' });
        const submitted = sessionOf(await device.submit(opened, NOBODY));
        expect(submitted).toMatchObject({ state: 'submitted', askAgainAfterMs: 1_000, decision: null });
        expect(sessionOf(await device.submit(opened, NOBODY)).state).toBe('submitted');
      });

      it('writes nothing about anybody in clear', () => {
        const bytes = readAll(shared.folder);
        expect(bytes.includes(NOBODY.number)).toBe(false);
        expect(bytes.includes(Buffer.from(NOBODY.name, 'utf8'))).toBe(false);
        expect(bytes.includes(noiseJpeg(100).subarray(0, 15))).toBe(false);
      });
    });

    describe('deciding', () => {
      let shared: Desk;
      beforeAll(async () => {
        // Tries are counted here; a machine that is busy must not run out of time before them.
        shared = await desk({}, { bounds: { ...QUICK_BOUNDS, totalMs: 60_000 } });
      });
      const scripted = (script: Script): Desk => {
        shared.vendor.begin(script);
        return shared;
      };
      /** A clock that jumps may end the server's wait early: then it is asked on, for a bounded number of times. */
      const ask = async ({ device }: Desk): Promise<SessionAnswer> => {
        let answer = await device.ask('face-authority', noiseJpeg(900), NOBODY);
        for (let more = 0; more < 5 && answer.state === 'submitted'; more += 1) {
          answer = await device.read(answer.sessionId, 2);
        }
        return answer;
      };
      const bill = (changes: object = {}) => ({
        name: 'tencent' as const,
        operation: 'Scripted',
        code: 'X',
        message: '',
        requestId: null,
        billed: true,
        ...changes,
      });

      const rows: readonly [string, Script, object, number][] = [
        ['a pass', {}, { state: 'passed', reason: 'ok.confirmed', retry: 'none', revision: 1 }, 1],
        [
          'a refusal',
          { checks: [settled(outcome('face.low-similarity', { vendor: bill() }))] },
          { state: 'failed', retry: 'none' },
          1,
        ],
        ['a review', { checks: [settled(outcome('source.no-photo'))] }, { state: 'review' }, 1],
        [
          'a picture to take again',
          { checks: [settled(outcome('material.picture-unfit', { retry: 'capture' }))] },
          { state: 'error', retry: 'capture' },
          1,
        ],
        [
          'service, and then an answer',
          { checks: [settled(outcome('source.unavailable', { retry: 'service' })), settled(outcome('ok.confirmed'))] },
          { state: 'passed', revision: 1 },
          2,
        ],
        [
          'service too often',
          { checks: [settled(outcome('source.unavailable', { retry: 'service' }))] },
          { state: 'error', reason: 'source.unavailable', retry: 'service' },
          4,
        ],
        [
          'throttled, and then an answer',
          {
            checks: [
              settled(outcome('verifier.throttled', { retry: 'throttle', retryAfterMs: 80 })),
              settled(outcome('ok.confirmed')),
            ],
          },
          { state: 'passed' },
          2,
        ],
        [
          'not before tomorrow',
          { checks: [settled(outcome('quota.daily', { retry: 'tomorrow' }))] },
          { state: 'error', reason: 'quota.daily', retry: 'tomorrow' },
          1,
        ],
        [
          'a configuration that is billed',
          { checks: [settled(outcome('verifier.misconfigured', { retry: 'configuration', vendor: bill() }))] },
          { state: 'error', retry: 'configuration' },
          1,
        ],
        [
          'an outcome that claims to be a pass',
          { checks: [settled({ ...outcome('verifier.unreachable'), state: 'passed' })] },
          { state: 'error', reason: 'internal.bug' },
          1,
        ],
      ];
      // What follows an answer doesn't depend on where it is kept.
      const kept = rows.filter(([what]) => kind === 'sqlite' || KEPT_ANYWHERE.has(what));
      it.each(kept)('%s', async (_what, script, expected, calls) => {
        const own = scripted(script);
        const answer = await ask(own);
        expect(answer.state).toBe('decided');
        expect(answer.decision?.body).toMatchObject(expected);
        expect(own.vendor.asked).toHaveLength(calls);
        expect(new Set(own.vendor.asked.map(({ orderId }) => orderId)).size).toBe(1);
        expect(own.verifier.failures).toEqual([]);
      });

      it('leaves an answer that was lost to a clerk, and asks again when the clerk says so', async () => {
        const lost = settled(outcome('outcome.unknown', { retry: 'clerk', vendor: bill({ billed: null }) }));
        const own = scripted({ checks: [lost, settled(outcome('ok.confirmed'))] });
        const answer = await ask(own);
        expect(answer).toMatchObject({
          state: 'unknown-outcome',
          decision: { body: { reason: 'outcome.unknown', retry: 'clerk' } },
        });
        expect(own.vendor.asked).toHaveLength(1);
        const again = await own.device.call({
          method: 'POST',
          path: SESSION_PATHS.retry(answer.sessionId),
          body: '{"clerk":"clerk-1"}',
          idempotencyKey: '0123456789abcdef',
        });
        expect(again.ok).toBe(true);
        const decided = await own.device.read(answer.sessionId, 10);
        expect(decided.decision?.body).toMatchObject({ state: 'passed', revision: 2 });
        expect(await attemptsOf(own, answer.sessionId)).toEqual([
          { number: 1, settled_reason: 'outcome.unknown' },
          { number: 2, settled_reason: 'ok.confirmed' },
        ]);
        expect(
          await own.device.call({
            method: 'POST',
            path: SESSION_PATHS.retry(answer.sessionId),
            body: '{"clerk":"clerk-1"}',
            idempotencyKey: '1123456789abcdef',
          }),
        ).toMatchObject({ code: 'session_state' });
      });

      it('queries what can be queried before anything else', async () => {
        const own = scripted({
          checks: [new Error('the process fell over')],
          queries: [{ kind: 'pending', reference: 'r1', askAgainAfterMs: 1 }, settled(outcome('ok.confirmed'))],
          capability: { queryable: true },
        });
        const answer = await ask(own);
        expect(answer.decision?.body.state).toBe('passed');
        expect(own.vendor.asked).toHaveLength(1);
        expect(own.vendor.queried).toEqual([own.vendor.asked[0]!.orderId, 'r1']);
      });

      /** A desk on whose clock every call of the vendor takes so long; its sessions wait for calls for a day. */
      const slow = async (script: Script, callMs: number): Promise<Desk> => {
        const started = performance.now();
        const clock = manualClock(Date.now());
        const moving = {
          wallMs: () => clock.wallMs() + Math.round(performance.now() - started),
          monotonicMs: () => clock.monotonicMs() + performance.now() - started,
        };
        const bounds = { ...QUICK_BOUNDS, totalMs: 60_000 };
        const own = await desk(script, { clock: moving, bounds, leaseMs: 86_400_000 });
        own.vendor.called = () => clock.advance(callMs);
        return own;
      };

      once('gives up what takes too long, though it may be tried more often', async () => {
        const busy = settled(outcome('source.unavailable', { retry: 'service' }));
        const own = await slow({ checks: [busy] }, 40_000);
        expect((await ask(own)).decision?.body).toMatchObject({ state: 'error', reason: 'source.unavailable' });
        expect(own.vendor.asked).toHaveLength(2);
      });

      once('asks nobody else while a call is open that may be billed', async () => {
        const script: Script = {
          checks: [new Error('the process fell over')],
          queries: [settled(outcome('verifier.unreachable', { retry: 'service' }))],
          capability: { queryable: true },
        };
        const own = await slow(script, 25_000);
        const answer = await ask(own);
        expect(answer.state).toBe('unknown-outcome');
        expect(own.vendor.asked).toHaveLength(1);
        expect(own.vendor.queried).toEqual(Array(2).fill(own.vendor.asked[0]!.orderId));
      });

      once('keeps pending until the vendor has decided', async () => {
        const own = scripted({
          checks: [{ kind: 'pending', reference: 'case-7', askAgainAfterMs: 1 }],
          queries: [
            { kind: 'pending', reference: 'case-7', askAgainAfterMs: 1 },
            settled(outcome('identity.mismatch')),
          ],
        });
        expect((await ask(own)).decision?.body).toMatchObject({ state: 'failed', reason: 'identity.mismatch' });
        expect(own.vendor.queried).toEqual(['case-7', 'case-7']);
      });

      once('wakes whoever waits at once', async () => {
        let answerNow: (() => void) | undefined;
        const later = new Promise<ReturnType<typeof settled>>((resolve) => {
          answerNow = () => resolve(settled(outcome('ok.confirmed')));
        });
        const own = scripted({ checks: [later] });
        const face = noiseJpeg(900);
        const opened = sessionOf(await own.device.open(sessionRequest({ artifacts: [artifactOf('face.jpg', face)] })));
        await own.device.put(opened.sessionId, 'face.jpg', face);
        await own.device.submit(opened, NOBODY);
        const nothingYet = await own.device.read(opened.sessionId, 1);
        expect(nothingYet.state).toBe('submitted');
        const startedMs = performance.now();
        const waiting = own.device.read(opened.sessionId, 20);
        setTimeout(() => answerNow?.(), 100);
        expect((await waiting).state).toBe('decided');
        expect(performance.now() - startedMs).toBeLessThan(5_000);
      });
    });

    it('asks the next in the list when the first has refused without a bill, and nobody else', async () => {
      const folder = temporaryFolder();
      folders.push(folder);
      const unpaid = {
        name: 'tencent' as const,
        operation: 'x',
        code: 'x',
        message: '',
        requestId: null,
        billed: false,
      };
      const first = scriptedVerifier({
        checks: [settled(outcome('verifier.not-paid', { retry: 'configuration', vendor: unpaid }))],
      });
      const second = scriptedVerifier({ name: 'aliyun', checks: [settled(outcome('source.no-photo'))] });
      const verifier = await startSessionVerifier({
        folder: folder.path,
        database: postgres === null ? null : await postgres.createDatabase(),
        checks: orderChecks([first, second], { 'face-authority': ['tencent', 'aliyun'] }),
      });
      running.push(verifier);
      const device = await enrolQuestioner(verifier);
      const answer = await device.ask('face-authority', noiseJpeg(900), NOBODY);
      expect(answer.decision?.body).toMatchObject({ state: 'review', reason: 'source.no-photo' });
      expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
    });

    it('lets a session expire that is not submitted in time, and erases what had arrived', async () => {
      const clock = manualClock(Date.now());
      const own = await desk({}, { clock });
      const face = noiseJpeg(700);
      const request = sessionRequest({ artifacts: [artifactOf('face.jpg', face)] });
      const opened = sessionOf(await own.device.open(request));
      await own.device.piece(opened.sessionId, 'face.jpg', 0, face.subarray(0, 300));
      clock.advance(SESSION_LIMITS.lifetimeMs + 1);
      expect(await own.device.put(opened.sessionId, 'face.jpg', face)).toMatchObject({ code: 'session_expired' });
      expect(await own.device.submit(opened, NOBODY)).toMatchObject({ code: 'session_expired' });
      expect((await own.device.read(opened.sessionId)).state).toBe('expired');
      clock.advance(SESSION_LIMITS.uploadLifetimeMs);
      const sweeper = own.verifier.sessions.startSweeper((id) => own.verifier.sessions.destroySession(id, 'retention'));
      expect(await sweeper.sweep()).toBe(1);
      await sweeper.close();
      expect((await own.device.read(opened.sessionId)).state).toBe('expired');
      expect(readdirSync(join(own.folder, 'objects', 'sessions', opened.sessionId))).toEqual([]);
    });

    it('keeps fields that were read under the session key, and gives them to its device', async () => {
      const own = await desk({ checks: [settled(outcome('ok.confirmed', { fields: { name: NOBODY.name } }))] });
      const answer = await own.device.ask('face-authority', noiseJpeg(900), NOBODY);
      expect(answer.fields).toEqual({ name: NOBODY.name });
      expect(JSON.stringify(answer.decision)).not.toContain(NOBODY.name);
      expect(readAll(own.folder).includes(Buffer.from(NOBODY.name, 'utf8'))).toBe(false);
    });

    it('erases pictures and identity and keeps the decision', async () => {
      const own = await desk({}, { retentionMs: 0 });
      const answer = await own.device.ask('face-authority', noiseJpeg(900), NOBODY);
      const { sessionId } = answer;
      expect(readdirSync(join(own.folder, 'objects', 'sessions', sessionId))).toHaveLength(1);
      const sweeper = own.verifier.sessions.startSweeper((id) => own.verifier.sessions.destroySession(id, 'retention'));
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await sweeper.sweep()).toBe(1);
      expect(await sweeper.sweep()).toBe(0);
      await sweeper.close();
      expect(await own.device.read(sessionId)).toMatchObject({
        state: 'erased',
        decision: { body: { state: 'passed' } },
      });
      expect(readdirSync(join(own.folder, 'objects', 'sessions', sessionId))).toEqual([]);
      const row = await own.verifier.database.queries
        .selectFrom('sessions')
        .select(['wrapped_key', 'identity_sealed', 'fields_sealed'])
        .where('session_id', '=', sessionId)
        .executeTakeFirstOrThrow();
      expect(row).toEqual({ wrapped_key: null, identity_sealed: null, fields_sealed: null });
      const again = await own.verifier.sessions.destroySession(sessionId, 'operator');
      const names = again.ok ? again.value.map(({ name }) => name) : [];
      expect(names).toEqual(['face.jpg', 'identity']);
    });

    if (kind === 'postgres') {
      it('shares the work between servers: each question is asked once', async () => {
        const vendor = scriptedVerifier();
        const slow = {
          ...vendor,
          check: async (...asked: Parameters<Verifier['check']>) => {
            await sleep(30);
            return vendor.check(...asked);
          },
        };
        const first = await desk({}, { checks: orderChecks([slow], { 'face-authority': ['tencent'] }) });
        const second = await startSessionVerifier({ ...first.options, folder: first.folder });
        running.push(second);
        const { device } = first;
        const face = noiseJpeg(900);
        const submitted: string[] = [];
        for (let count = 0; count < 12; count++) {
          const opened = sessionOf(await device.open(sessionRequest({ artifacts: [artifactOf('face.jpg', face)] })));
          await device.put(opened.sessionId, 'face.jpg', face);
          submitted.push(sessionOf(await device.submit(opened, NOBODY)).sessionId);
        }
        for (const sessionId of submitted) {
          expect((await device.read(sessionId, 20)).decision?.body.state).toBe('passed');
        }
        expect(vendor.asked).toHaveLength(12);
        expect(new Set(vendor.asked.map(({ orderId }) => orderId)).size).toBe(12);
        expect([...first.verifier.failures, ...second.failures]).toEqual([]);
      });
    }

    async function attemptsOf({ verifier }: Desk, sessionId: string): Promise<unknown[]> {
      return verifier.database.queries
        .selectFrom('attempts')
        .select(['number', 'settled_reason'])
        .where('session_id', '=', sessionId)
        .orderBy('number')
        .execute();
    }
  },
);

function readAll(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}
