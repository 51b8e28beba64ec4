import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { createRequestServices, type RequestServices } from '../../../src/main/composition/request-services.ts';
import { keyFile, KEY_FILE_NAME } from '../../../src/main/store/key-file.ts';
import { REQUEST_LIFETIME_MS, RESULT_LIFETIME_MS } from '../../../src/shared/domain/certification-request.ts';
import type { NewRequest } from '../../../src/shared/domain/certification-request.ts';
import type { ComparisonSummary } from '../../../src/shared/domain/certification.ts';
import type { CheckMaterials } from '../../../src/shared/domain/verification.ts';
import { DEFAULT_SCENE, type OfflinePolicy, type Scene } from '../../../src/shared/domain/scene.ts';
import { presetScheme, PRESET_SCHEMES } from '../../../src/shared/domain/scheme-presets.ts';
import { NO_RISK, type RiskRuling } from '../../../src/shared/domain/risk.ts';
import { failure, type Failure, type ReasonCode } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { createConfirmationDesk } from '../../../src/main/composition/confirmation-desk.ts';
import { inputsFor, samplePicture } from '../../support/sample-inputs.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { sampleOutcome } from '../../support/sample-checks.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';

const START_MS = Date.UTC(2026, 2, 2, 9);
let folder: ReturnType<typeof temporaryFolder>;
let host: Host;
beforeEach(() => {
  folder = temporaryFolder();
  host = openHost();
});
afterEach(() => {
  host.installation.close();
  folder.remove();
});

interface Circumstances {
  readonly installation: Installation;
  readonly clock: ReturnType<typeof manualClock>;
  /** What the verifier answers as soon as it is asked; null: nothing. */
  answer: ReasonCode | null;
  online: boolean;
  compared: Result<ComparisonSummary, Failure>;
  ruling: RiskRuling;
  atStart: RiskRuling;
  /** What keeps the identified from going on; asked before their ruling. */
  refusal: () => Failure | null;
  refusesCommit: boolean;
}
type Host = Circumstances & { readonly services: RequestServices };

function openHost(): Host {
  mkdirSync(folder.path, { recursive: true });
  const clock = manualClock(START_MS);
  const source = keyFile(join(folder.path, KEY_FILE_NAME), (length) => randomBytes(length));
  const installation = expectOk(openInstallation(folder.path, source, clock));
  const decided: ((certifyId: string) => void)[] = [];
  const opened: Circumstances = {
    installation,
    clock,
    answer: null,
    online: true,
    compared: ok({ similarity: 0.7, score: 96, far: 1e-4, kind: 'live-live', outcome: 'match' }),
    ruling: NO_RISK,
    atStart: NO_RISK,
    refusal: () => null,
    refusesCommit: false,
  };
  const picture = ok({ jpeg: new Uint8Array(10), width: 480, height: 640 });
  const services = createRequestServices({
    installation,
    dataFolder: folder.path,
    clock,
    pictures: {
      findFaces: () => Promise.resolve(ok([{ width: 200, height: 200 }])),
      compare: () => Promise.resolve(opened.compared),
      compareSeveral: () => Promise.resolve(opened.compared),
    },
    documents: { read: () => Promise.resolve(err(failure('document.blurred'))) },
    confirmation: createConfirmationDesk({
      bestPicture: () => Promise.resolve(picture),
      portraitPicture: () => Promise.resolve(picture),
      clipProgram: () => null,
      clipTarget: () => err(failure('material.clip-unfit')),
      keep: (certifyId: string, materials: CheckMaterials) =>
        installation.materials.keep(certifyId, materials, clock.wallMs() + 1_000_000),
      discard: (certifyId: string) => installation.materials.destroy(certifyId, 'erased'),
      refusal: () => null,
      newSessionId: () => uuid(),
      log: () => undefined,
    }),
    store: {
      commit: (record, also) =>
        opened.refusesCommit ? err(failure('store.full')) : installation.records.commit(record, also),
      subjectKey: (number) => installation.identity.subjectKeyOf(number),
    },
    sync: {
      online: () => opened.online,
      kick: () => undefined,
      onDecided: (listener) => void decided.push((certifyId) => listener(certifyId, sampleOutcome())),
      ask: (certifyId) => {
        if (opened.answer === null) return;
        decide(opened, certifyId, opened.answer);
        for (const listener of decided) listener(certifyId);
      },
    },
    hasVerifier: () => opened.online,
    risk: {
      atStart: () => ok(opened.atStart),
      atIdentity: () => {
        const refused = opened.refusal();
        return refused ? err(refused) : ok(opened.ruling);
      },
    },
    appVersion: '0.0.0',
    demo: false,
    decisionWaitMs: 20,
    log: () => undefined,
  });
  return Object.assign(opened, { services });
}

function decide({ installation }: Circumstances, certifyId: string, reason: ReasonCode): void {
  expectOk(installation.checks.change(certifyId, { event: 'upload' }));
  expectOk(installation.checks.change(certifyId, { event: 'submit', reference: null }));
  const outcome = sampleOutcome(reason, { scores: [{ kind: 'authority', value: 0.91, scale: 1, threshold: 0.7 }] });
  expectOk(installation.checks.change(certifyId, { event: 'decide', outcome, decision: null }));
}

/** A scene for a scheme, named after it. */
function withScene(scheme: string, changes: Partial<Scene> = {}): string {
  const id = scheme.replaceAll('_', '-').slice(0, 20);
  expectOk(host.installation.scenes.put({ ...DEFAULT_SCENE, id, name: id, scheme, ...changes }, null));
  return id;
}

function asked(sceneId: string, scheme: string, orderId = 'order-1'): NewRequest {
  const inputs = inputsFor(presetScheme(scheme)!, 'required');
  return { sceneId, orderId, inputs, consent: { capture: true, transmit: true } };
}

async function run(scheme: string, policy: OfflinePolicy = 'local_decide') {
  const sceneId = withScene(scheme, { offlinePolicy: policy });
  const { request } = expectOk(await host.services.book.make(asked(sceneId, scheme)));
  return host.services.runner.run(request.requestId);
}

describe('schemes of the verifier that need nobody', () => {
  const schemes = PRESET_SCHEMES.filter(({ actor, decides }) => actor === 'caller' && decides === 'verifier');
  it.each(
    schemes.flatMap(({ id }) =>
      (['ok.confirmed', 'face.low-similarity', 'face.grey-band'] as const).map((answer) => [id, answer] as const),
    ),
  )('%s: %s', async (scheme, answer) => {
    host.answer = answer;
    const result = expectOk(await run(scheme));
    expect(result).toMatchObject({
      scheme,
      orderId: 'order-1',
      ...{ state: sampleOutcome(answer).state, reason: answer, basis: 'authority' },
      provisional: false,
      underReview: answer === 'face.grey-band',
      scores: [{ kind: 'authority', value: 0.91 }],
    });
  });

  it('stay under review without an answer, also after one that decides nothing', async () => {
    host.answer = 'verification.expired';
    expect(expectOk(await run('RPMin'))).toMatchObject({ state: 'review', reason: 'verification.pending' });
  });

  it('are captured offline and settled later, and the result can be read again and again', async () => {
    host.online = false;
    const captured = expectOk(await run('ID_MIN'));
    expect(captured).toMatchObject({ state: 'review', reason: 'verification.captured', underReview: true });
    const { certifyId } = captured;
    host.clock.advance(60_000);
    decide(host, certifyId, 'ok.confirmed');
    for (let reading = 0; reading < 3; reading += 1) {
      const result = expectOk(await host.services.results.ofOrder('order-1', null));
      expect(result).toMatchObject({ certifyId, state: 'passed', reason: 'ok.confirmed', underReview: false });
    }
    expect(host.installation.database.prepare('SELECT count(*) FROM vendor_attempts').pluck().get()).toBe(0);
  });

  it('don’t begin offline where the scene forbids it, and nothing is spent', async () => {
    host.online = false;
    const sceneId = withScene('RPMin', { offlinePolicy: 'forbid' });
    const { request } = expectOk(await host.services.book.make(asked(sceneId, 'RPMin')));
    expect(await host.services.runner.run(request.requestId)).toMatchObject({
      error: { code: 'verifier.unreachable' },
    });
    expect(expectOk(host.services.book.find(request.requestId)).state).toBe('waiting');
  });
});

describe('comparisons that need nobody', () => {
  const schemes = PRESET_SCHEMES.filter(({ actor, reference }) => actor === 'caller' && reference === 'given');
  const outcomes = [
    ['match', 'ok.matched', 'passed'],
    ['grey', 'face.grey-band', 'review'],
    ['no-match', 'face.low-similarity', 'failed'],
  ] as const;
  it.each(schemes.flatMap(({ id }) => outcomes.map((outcome) => [id, ...outcome] as const)))(
    '%s: %s gives %s',
    async (scheme, outcome, reason, state) => {
      host.online = false;
      host.compared = ok({ similarity: 0.4, score: 70, far: 1e-4, kind: 'live-live', outcome });
      const result = expectOk(await run(scheme));
      expect(result).toMatchObject({ state, reason, basis: 'reference', comparison: { score: 70, threshold: 90 } });
    },
  );

  it('end in an error, never in a pass, where nothing could be compared', async () => {
    host.compared = err(failure('inference.crashed'));
    expect(expectOk(await run('CompareFaces'))).toMatchObject({ state: 'error', reason: 'inference.crashed' });
  });

  it('decide nothing offline where the scene only captures', async () => {
    host.online = false;
    expect(expectOk(await run('PV_FC', 'capture_only'))).toMatchObject({ reason: 'verification.captured' });
  });

  it('are for a clerk where a rule about risk says so', async () => {
    const finding = {
      rule: 'person-attempts',
      kind: 'person-attempts',
      effect: 'review',
      measured: 6,
      limit: 5,
    } as const;
    host.ruling = { effect: { kind: 'review' }, findings: [finding] };
    expect(expectOk(await run('RPMin'))).toMatchObject({ state: 'review', reason: 'risk.review', risk: [finding] });
    expect(host.installation.database.prepare('SELECT count(*) FROM checks').pluck().get()).toBe(0);
  });
});

describe('rules about risk that hold for everybody', () => {
  const finding = { rule: 'hours', kind: 'hours', effect: 'review', measured: null, limit: null } as const;

  it.each(['CompareFaces', 'RPMin'])('leave %s to a clerk', async (scheme) => {
    host.atStart = { effect: { kind: 'review' }, findings: [finding] };
    expect(expectOk(await run(scheme))).toMatchObject({ state: 'review', reason: 'risk.review', risk: [finding] });
  });

  it('keep a request from being begun, and nothing is spent', async () => {
    host.atStart = { effect: { kind: 'block' }, findings: [finding] };
    const sceneId = withScene('CompareFaces');
    const { request } = expectOk(await host.services.book.make(asked(sceneId, 'CompareFaces')));
    expect(await host.services.runner.run(request.requestId)).toEqual(err(failure('risk.blocked', 'hours')));
    expect(expectOk(host.services.book.find(request.requestId)).state).toBe('waiting');
  });
});

describe('somebody who has passed meanwhile', () => {
  it('does not pass again, and nobody is asked', async () => {
    const answers = [null, failure('identity.already-used')];
    host.refusal = () => answers.shift() ?? null;
    host.answer = 'ok.confirmed';
    expect(expectOk(await run('RPMin'))).toMatchObject({ state: 'review', reason: 'identity.already-used' });
    const kept = (table: string) => host.installation.database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect([kept('checks'), kept('material_keys')]).toEqual([0, 0]);
  });
});

describe('what a caller gave', () => {
  it.each([false, true])('is overwritten in memory, whether the commit fails or not: %s', async (refuses) => {
    host.refusesCommit = refuses;
    const { book } = host.services;
    const pictures: Uint8Array[] = [];
    const begin = book.begin.bind(book);
    const spy = vi.spyOn(book, 'begin').mockImplementation((...args) => {
      const begun = begin(...args);
      if (begun.ok) pictures.push(begun.value.inputs.face!.bytes, begun.value.inputs.reference!.bytes);
      return begun;
    });
    await run('CompareFaces');
    spy.mockRestore();
    expect(pictures.map((bytes) => bytes.some((byte) => byte !== 0))).toEqual([false, false]);
    expect(inputsKept()).toBe(0);
  });
});

describe('a picture of a card that can’t be read', () => {
  it('ends in that error and decides nothing', async () => {
    expect(expectOk(await run('IdCardReading'))).toMatchObject({ state: 'error', reason: 'document.blurred' });
  });
});

describe('a token', () => {
  let sceneId: string;
  beforeEach(() => {
    sceneId = withScene('CompareFaces');
    host.online = false;
  });
  const make = (orderId?: string) => host.services.book.make(asked(sceneId, 'CompareFaces', orderId));
  const code = (result: Result<unknown, Failure>) => (result.ok ? 'ok' : result.error.code);

  it('is kept as a hash alone, and finds its request', async () => {
    const { token, request } = expectOk(await make());
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const kept = JSON.stringify(host.installation.database.prepare('SELECT * FROM requests').all());
    expect(kept).not.toContain(token);
    expect(kept).not.toContain('测试员');
    expect(expectOk(host.services.book.findByToken(token))).toEqual(request);
    expect(code(host.services.book.findByToken(`A${token.slice(1)}`))).toBe('request.unknown');
    expect(code(await host.services.results.ofToken(token))).toBe('request.invalid');
  });

  it('is good for one certification', async () => {
    const { token, request } = expectOk(await make());
    const runs = await Promise.all([1, 2, 3].map(() => host.services.runner.run(request.requestId)));
    expect(runs.map(code).sort()).toEqual(['ok', 'request.used', 'request.used']);
    expect(code(await host.services.runner.run(request.requestId))).toBe('request.used');
    expect(expectOk(await host.services.results.ofToken(token)).state).toBe('passed');
    expect(expectOk(host.installation.queries.list(0, 10, null)).total).toBe(1);
  });

  it('ends its order with a pass, not with a failure', async () => {
    host.compared = ok({ similarity: 0.1, score: 20, far: 1e-4, kind: 'live-live', outcome: 'no-match' });
    const first = expectOk(await make());
    expect(expectOk(await host.services.runner.run(first.request.requestId)).state).toBe('failed');
    host.compared = ok({ similarity: 0.7, score: 96, far: 1e-4, kind: 'live-live', outcome: 'match' });
    const second = expectOk(await make());
    expect(expectOk(await host.services.runner.run(second.request.requestId)).state).toBe('passed');
    expect(code(await make())).toBe('request.passed');
    expect(code(await make('order-2'))).toBe('ok');
    expect(expectOk(await host.services.results.ofOrder('order-1', sceneId)).state).toBe('passed');
  });

  it('is not followed by another of its order while it is carried out, so that the order passes once', async () => {
    const first = expectOk(await make());
    expectOk(host.services.desk.begin(first.request.requestId, uuid()));
    const second = expectOk(await make());
    expect(code(await host.services.runner.run(second.request.requestId))).toBe('request.used');
    expect(expectOk(host.services.book.find(first.request.requestId)).state).toBe('running');
    expect(expectOk(host.services.book.find(second.request.requestId)).state).toBe('waiting');
    host.installation.close();
    host = openHost();
    host.online = false;
    await host.services.sweep(true);
    expect(code(await host.services.runner.run(second.request.requestId))).toBe('ok');
  });

  it('is worth nothing once the same order was asked again, or withdrawn', async () => {
    const first = expectOk(await make());
    const second = expectOk(await make());
    expect(code(await host.services.runner.run(first.request.requestId))).toBe('request.expired');
    expect(expectOk(await host.services.book.withdraw(second.request.requestId)).state).toBe('withdrawn');
    expect(code(await host.services.runner.run(second.request.requestId))).toBe('request.expired');
    expect(inputsKept()).toBe(0);
  });

  it.each([
    ['its time is over', REQUEST_LIFETIME_MS],
    ['the clock was put back by more than its time', -REQUEST_LIFETIME_MS - 1],
  ])('expires when %s', async (_, byMs) => {
    const { request } = expectOk(await make());
    host.clock.setWall(START_MS + byMs);
    expect(code(host.services.desk.begin(request.requestId, uuid()))).toBe('request.expired');
    expect(expectOk(host.services.book.find(request.requestId)).state).toBe('expired');
    await host.services.sweep(false);
    expect(inputsKept()).toBe(0);
  });

  it('is refused after the scene was changed, and for a scene that is gone', async () => {
    const { request } = expectOk(await make());
    const scene = expectOk(host.installation.scenes.scene(sceneId));
    expectOk(host.installation.scenes.put({ ...scene, far: 1e-2 }, sceneId));
    expect(code(host.services.desk.begin(request.requestId, uuid()))).toBe('scene.changed');
    expectOk(host.installation.scenes.remove(sceneId));
    expect(code(host.services.desk.begin(request.requestId, uuid()))).toBe('scene.changed');
  });

  it('leaves nothing behind when it is refused', async () => {
    const { inputs } = asked(sceneId, 'CompareFaces');
    const extra = { ...inputs, cardFront: samplePicture(1_000, 630) };
    expect(code(await host.services.book.make({ sceneId, orderId: 'x', inputs: extra }))).toBe(
      'request.input-unwanted',
    );
    expect(code(await host.services.book.make({ sceneId: 'nowhere', orderId: 'x', inputs }))).toBe('scene.unknown');
    expect(inputsKept()).toBe(0);
    expect(expectOk(host.services.book.list(0, 10)).total).toBe(0);
  });

  it('whose certification never came to a record expires in the end, with what was given', async () => {
    const { request } = expectOk(await make());
    expectOk(host.services.desk.begin(request.requestId, uuid()));
    host.clock.advance(2 * REQUEST_LIFETIME_MS - 1);
    await host.services.sweep(false);
    expect(expectOk(host.services.book.find(request.requestId)).state).toBe('running');
    host.clock.advance(1);
    await host.services.sweep(false);
    expect(expectOk(host.services.book.find(request.requestId)).state).toBe('expired');
    expect(inputsKept()).toBe(0);
  });

  it('that was under way when the program ended expires at the next start, with what was given', async () => {
    const { request } = expectOk(await make());
    expectOk(host.services.desk.begin(request.requestId, uuid()));
    host.installation.close();
    host = openHost();
    expect(inputsKept()).toBe(1);
    await host.services.sweep(true);
    expect(expectOk(host.services.book.find(request.requestId)).state).toBe('expired');
    expect(inputsKept()).toBe(0);
  });
});

function inputsKept(): number {
  return host.installation.database.prepare<[], number>('SELECT count(*) FROM request_keys').pluck().get() ?? -1;
}

describe('a request for the kiosk', () => {
  it('is called by the staff, found by the desk and carried out once', async () => {
    const sceneId = withScene('RPBioOnly');
    const { request } = expectOk(await host.services.book.make(asked(sceneId, 'RPBioOnly')));
    expectOk(host.services.desk.call(request.requestId));
    expect(host.services.desk.called()).toEqual(request);
    const certifyId = uuid({ msecs: START_MS });
    const begun = expectOk(host.services.desk.begin(request.requestId, certifyId));
    expect(begun).toEqual({
      requestId: request.requestId,
      orderId: 'order-1',
      inputs: asked(sceneId, 'RPBioOnly').inputs,
    });
    expect(host.services.desk.called()).toBeNull();
    expect(await host.services.runner.run(request.requestId)).toMatchObject({ error: { code: 'request.invalid' } });
  });

  it('can’t be called where nobody is needed', async () => {
    const { request } = expectOk(await host.services.book.make(asked(withScene('RPMin'), 'RPMin')));
    expect(host.services.desk.call(request.requestId)).toMatchObject({ error: { code: 'request.invalid' } });
  });
});

describe('what a result holds', () => {
  it('is kept for a day and no longer', async () => {
    const sceneId = withScene('CompareFaces');
    const { request } = expectOk(await host.services.book.make(asked(sceneId, 'CompareFaces')));
    host.online = false;
    const { certifyId } = expectOk(await host.services.runner.run(request.requestId));
    const { record } = expectOk(host.installation.queries.show(certifyId));
    const files = [{ name: 'best-frame.jpg', bytes: new Uint8Array([1, 2, 3]) }];
    expectOk(await host.services.results.keep({ ...record, scheme: 'RPBasic' }, files));
    expectOk(await host.services.results.keep(record, [{ name: 'portrait.jpg', bytes: new Uint8Array([4]) }]));
    expect(expectOk(await host.services.results.ofCertification(certifyId)).materials).toEqual([
      { name: 'best-frame', bytes: 3, keptUntilMs: START_MS + RESULT_LIFETIME_MS },
    ]);
    host.clock.advance(RESULT_LIFETIME_MS);
    await host.services.sweep(false);
    expect(expectOk(await host.services.results.ofCertification(certifyId))).toMatchObject({
      state: 'passed',
      materials: [],
    });
  });
});
