import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeVendor } from '../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../src/fake-vendor/start.ts';
import { findFfmpeg } from '../../src/main/clip/ffmpeg.ts';
import { readMp4 } from '../../src/main/clip/mp4-file.ts';
import { createConfirmationDesk } from '../../src/main/composition/confirmation-desk.ts';
import { createAliyunVerifier } from '../../src/main/verifiers/aliyun/aliyun-verifier.ts';
import type { Verifier } from '../../src/main/verifiers/contract.ts';
import { createTencentVerifier } from '../../src/main/verifiers/tencent/tencent-verifier.ts';
import { sendToVendor } from '../../src/main/verifiers/vendor-exchange.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { clipReceiver } from '../../src/shared/domain/clip-receiver.ts';
import { CLIP_LIMITS, clipProblems, type ClipMoment, type ClipTarget } from '../../src/shared/domain/clip.ts';
import type { CheckMaterials } from '../../src/shared/domain/verification.ts';
import { failure, type Failure } from '../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';
import { recordedParts } from '../support/moving-picture.ts';
import { expectOk } from '../support/sample-store.ts';
import { CERTIFY_ID, CONTEXT, KEYS, PERSON } from '../unit/verifiers/aliyun/samples.ts';

const program = await findFfmpeg();
if (!program) console.warn('clips not delivered: no ffmpeg with H.264 and AAC, or no /dev/shm');

const vendors = new Map<'aliyun' | 'tencent', FakeVendor>();
beforeAll(async () => {
  for (const name of ['aliyun', 'tencent'] as const) vendors.set(name, await startFakeVendor(name, { account: KEYS }));
});
afterAll(() => Promise.all([...vendors.values()].map((vendor) => vendor.close())));

function verifierOf(name: 'aliyun' | 'tencent'): Verifier {
  const { address } = vendors.get(name)!;
  const parts = { send: sendToVendor, clock: systemClock, randomBytes };
  if (name === 'tencent') {
    return createTencentVerifier(parts, { keys: KEYS, region: 'ap-guangzhou', endpoints: { faceid: address } });
  }
  const oss = { bucket: 'clips', endpoint: address, region: 'cn-shanghai' };
  return createAliyunVerifier(parts, { keys: KEYS, endpoint: address, scenes: { ID_MIN_VIDEO: 2 }, oss });
}

let recording: ReturnType<typeof recordedParts> | undefined;
beforeAll(() => {
  if (program) recording = recordedParts({ seconds: 6, width: 480, height: 640, sound: true });
});

/** What the desk keeps for the question about a clip of 6 s that its challenge has just ended. */
async function prepared(
  { capabilities }: Verifier,
  blink: ClipMoment | null,
): Promise<Result<CheckMaterials, Failure>> {
  const kept: CheckMaterials[] = [];
  const verifier = capabilities.verifier;
  const desk = createConfirmationDesk({
    bestPicture: async () => err(failure('internal.bug')),
    portraitPicture: async () => err(failure('internal.bug')),
    clipProgram: () => program,
    clipTarget: (check) =>
      clipReceiver(capabilities.checks.flatMap((each) => (each.check === check ? [{ ...each, verifier }] : []))),
    keep: async (_, materials) => {
      kept.push(structuredClone(materials));
      return ok(materials.clip!.bytes.length);
    },
    discard: async () => ok(null),
    refusal: () => null,
    newSessionId: () => CERTIFY_ID,
    log: () => undefined,
  });
  const recorded = structuredClone(recording!);
  const asked = {
    certifyId: CERTIFY_ID,
    check: 'video-authority',
    identity: PERSON,
    portrait: null,
    clip: async () => ({ ...recorded, startedAtMs: 1_000 }),
    ...(blink ? { blink } : {}),
  } as const;
  const made = await desk.prepare(asked);
  // The evidence may want the recording, too.
  expect(recorded.frames[0]!.jpeg.some((byte) => byte !== 0)).toBe(true);
  return made.ok ? ok(kept[0]!) : made;
}

function expectFitting({ clip }: CheckMaterials, target: ClipTarget): void {
  const read = expectOk(readMp4(clip!.bytes));
  expect(clip).toEqual({ ...read, challenge: { kind: 'silent' } });
  expect(clipProblems(read, CLIP_LIMITS[target])).toEqual([]);
  expect(read.audioCodec).toBeNull();
}

describe.skipIf(!program)('a recorded clip', () => {
  it('reaches Aliyun byte for byte by way of the bucket, and is deleted there', async () => {
    const [vendor, verifier] = [vendors.get('aliyun')!, verifierOf('aliyun')];
    const materials = expectOk(await prepared(verifier, { fromMs: 5_000, toMs: 5_300 }));
    expectFitting(materials, 'aliyun-id-min-video');
    const request = { certifyId: CERTIFY_ID, check: 'video-authority', orderId: 'a'.repeat(32), materials } as const;
    expect(await verifier.check(request, CONTEXT)).toMatchObject({ outcome: { state: 'passed' } });
    const [put, asked] = vendor.received;
    const deleted = vendor.received.find(({ operation }) => operation === 'DeleteObject');
    expect([put?.operation, asked?.operation]).toEqual(['PutObject', 'ContrastFaceVerify']);
    expect(put!.body.equals(materials.clip!.bytes)).toBe(true);
    expect(put!.url).toContain(String(asked!.parameters['OssObjectName']));
    expect(deleted?.url.split('?')[0]).toBe(put!.url.split('?')[0]);
    expect(new Set(vendor.received.map(({ signature }) => signature))).toEqual(new Set(['accepted']));
  });

  it('reaches Tencent byte for byte, as a silent one', async () => {
    const [vendor, verifier] = [vendors.get('tencent')!, verifierOf('tencent')];
    const materials = expectOk(await prepared(verifier, null));
    expectFitting(materials, 'tencent-silent');
    const request = { certifyId: CERTIFY_ID, check: 'video-authority', orderId: 'b'.repeat(32), materials } as const;
    expect(await verifier.check(request, CONTEXT)).toMatchObject({ outcome: { state: 'passed' } });
    const [{ operation, parameters, signature }] = vendor.received as [FakeVendor['received'][number]];
    expect([operation, signature]).toEqual(['LivenessRecognition', 'accepted']);
    expect(parameters).toMatchObject({ LivenessType: 'SILENT', ValidateData: '' });
    const sent = Buffer.from(String(parameters['VideoBase64']), 'base64');
    expect(sent.equals(materials.clip!.bytes)).toBe(true);
  });

  it('without a blink is no question to Aliyun', async () => {
    expect(await prepared(verifierOf('aliyun'), null)).toEqual(
      err(failure('material.clip-unfit', 'a blink is needed, and none was asked for')),
    );
  });
});

describe('what is known of receivers', () => {
  it('is what the adapters say of their operations', () => {
    const clips = [verifierOf('aliyun'), verifierOf('tencent')].flatMap(({ capabilities: { verifier, checks } }) =>
      checks.flatMap((each) => (each.clip === null ? [] : [{ ...each, verifier, clip: each.clip as ClipTarget }])),
    );
    expect(clips.length).toBeGreaterThanOrEqual(7);
    const taken = clips.map(({ clip, ...offer }) =>
      (['silent', 'action', 'digits'] as const).some((kind) => {
        const receiver = clipReceiver([offer], kind);
        return receiver.ok && receiver.value.targets.length === 1 && receiver.value.targets[0] === clip;
      }),
    );
    expect(taken).not.toContain(false);
  });
});
