import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Installation } from '../../../src/main/composition/installation.ts';
import { openRequests, type KeptRequests } from '../../../src/main/composition/request-services.ts';
import { keepingResults } from '../../../src/main/composition/result-keeper.ts';
import type { EndedCapture } from '../../../src/main/certification/ports/evidence-keeper.ts';
import { RESULT_LIFETIME_MS } from '../../../src/shared/domain/certification-request.ts';
import type { CertificationRecord } from '../../../src/shared/domain/certification.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import { failure, type ReasonCode } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { sampleMp4 } from '../../support/sample-mp4.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { openSampleInstallation, SAMPLE_SUBJECT, sampleSubjects } from '../../support/sample-subject.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';

const REQUEST_ID = '019caa00-0000-7000-8000-0000000000ff';
const clock = manualClock(SAMPLE_START_MS + 60_000);
let folder: ReturnType<typeof temporaryFolder>;
let installation: Installation;
let requests: KeptRequests;
let logged: string[];
let scenesOwn: EndedCapture[];

beforeEach(() => {
  folder = temporaryFolder();
  installation = openSampleInstallation(folder.path, clock);
  requests = openRequests({
    installation,
    dataFolder: folder.path,
    findFaces: async () => ok([]),
    clock,
  });
  logged = [];
  scenesOwn = [];
});
afterEach(() => {
  installation.close();
  folder.remove();
});

function keeper(results: Pick<KeptRequests['results'], 'keep'> = requests.results) {
  return keepingResults({
    evidence: {
      keep: async (ended) => void scenesOwn.push(ended),
      encodesClips: () => true,
    },
    results,
    source: { bestFrames: async () => ok({ frames: [{ jpeg: jpeg(1), quality: 90, capturedAtMs: 5 }] }) },
    clipProgram: () => null,
    outputsOf: (id) => presetScheme(id)?.outputs ?? [],
    log: (event, problem) => void logged.push(`${event} ${problem.code}`),
  });
}

const jpeg = (value: number): Uint8Array => new Uint8Array([0xff, 0xd8, value]);
const order = { orderId: 'order-1', requestId: REQUEST_ID };

function ended(
  scheme: string,
  changes: Partial<CertificationRecord> = { order },
  reason: ReasonCode = 'verification.pending',
): EndedCapture {
  const record = sampleRecord(1, reason, { scheme, ...changes });
  expectOk(installation.records.commit(record));
  const clip = { kind: 'mp4', bytes: sampleMp4() } as const;
  return {
    record,
    scene: { ...DEFAULT_SCENE, id: 'counter', scheme },
    portrait: jpeg(2),
    documents: { fields: { name: '测试员' }, front: jpeg(3), back: jpeg(4) },
    camera: { width: 640, height: 480, label: 'camera' },
    clip: async () => clip,
  };
}

const namesOf = async (): Promise<readonly string[]> =>
  expectOk(await requests.results.files(sampleCertifyId(1))).map(({ name }) => name);

describe('what is kept for a caller', () => {
  it('is everything that its scheme gives, readable by its order and counted in the result', async () => {
    const capture = ended('RPBasic');
    await keeper().keep(capture);
    const files = expectOk(await requests.results.files(sampleCertifyId(1)));
    expect(files.map(({ name }) => name)).toEqual([
      'best-frame.jpg',
      'portrait.jpg',
      'document-fields.json',
      'card-front.jpg',
      'card-back.jpg',
      'clip.mp4',
    ]);
    expect(JSON.parse(new TextDecoder().decode(files[2]!.bytes))).toEqual({ name: '测试员' });
    expect([files[3]!.bytes[2], files[4]!.bytes[2]]).toEqual([3, 4]);
    expect(Buffer.from(files[5]!.bytes).equals(sampleMp4())).toBe(true);
    const { materials } = expectOk(await requests.results.ofOrder('order-1', null));
    expect(materials).toHaveLength(6);
    expect(materials.every(({ keptUntilMs }) => keptUntilMs === clock.wallMs() + RESULT_LIFETIME_MS)).toBe(true);
    // The scene's own keeping comes after it, and finds everything as it was.
    expect(scenesOwn).toEqual([capture]);
    expect(capture.documents?.front).toEqual(jpeg(3));
    expect(logged).toEqual([]);
  });

  it.each([
    ['FVBioOnly', ['best-frame.jpg', 'clip.mp4']],
    ['PhoneCheck', ['document-fields.json']],
    ['CounterCard', ['best-frame.jpg', 'portrait.jpg', 'document-fields.json', 'clip.mp4']],
    ['SelfieIdentity', []],
  ])('is nothing that %s doesn’t list', async (scheme, names) => {
    await keeper().keep(ended(scheme));
    expect(await namesOf()).toEqual(names);
  });

  it.each([
    ['of somebody who walked up', {}, 'verification.pending'],
    ['without consent to capturing', { order, consent: null }, 'user.refused-consent'],
    ['of what ended in an error', { order }, 'camera.lost'],
  ] as const)('is nothing %s', async (_, changes, reason) => {
    await keeper().keep(ended('RPBasic', changes, reason));
    expect(await namesOf()).toEqual([]);
    expect(scenesOwn).toHaveLength(1);
  });

  it.each([
    ['what its scheme lists', 'RPBasic', { order }, ['best-frame.jpg', 'clip.mp4', 'portrait.jpg']],
    ['no portrait where its scheme lists none', 'FVBioOnly', { order }, ['best-frame.jpg', 'clip.mp4']],
    ['nothing of somebody who walked up', 'RPBasic', {}, []],
  ] as const)('is afterwards of the scene’s evidence %s, while that may be kept', async (_, scheme, changes, names) => {
    const { record } = ended(scheme, changes);
    const untilMs = clock.wallMs() + 3_600_000;
    for (const bundle of ['best-frames', 'clip', 'portrait'] as const) {
      const part = { name: `01.${bundle === 'clip' ? 'mp4' : 'jpg'}`, bytes: jpeg(7) };
      expectOk(await installation.vault.keep(record.certifyId, bundle, [part], untilMs));
    }
    expect(await namesOf()).toEqual(names);
    clock.advance(3_600_000);
    expect(await namesOf()).toEqual([]);
  });

  it('may fail to be kept: the record stays as it is, the scene keeps its own, and the copies are overwritten', async () => {
    const given: Uint8Array[] = [];
    const full = keeper({
      keep: async (_, files) => {
        given.push(...files.map(({ bytes }) => bytes));
        return err(failure('store.full'));
      },
    });
    const capture = ended('RPBasic');
    await full.keep(capture);
    expect(logged).toEqual(['result store.full']);
    expect(expectOk(installation.queries.show(sampleCertifyId(1))).record).toEqual(capture.record);
    expect(scenesOwn).toEqual([capture]);
    expect(given).toHaveLength(6);
    expect(given.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  it('is destroyed with everything else of the person who withdraws', async () => {
    await keeper().keep(ended('RPBasic'));
    expect(await namesOf()).toHaveLength(6);
    const { desk } = sampleSubjects(installation, folder.path, clock);
    expectOk(await desk.erase(SAMPLE_SUBJECT, 'withdrawn'));
    expect(await namesOf()).toEqual([]);
    expect(expectOk(await requests.results.ofOrder('order-1', null)).materials).toEqual([]);
  });
});
