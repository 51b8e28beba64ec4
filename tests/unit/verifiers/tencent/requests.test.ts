import { describe, expect, it } from 'vitest';
import { CLIP_TARGETS } from '../../../../src/shared/domain/clip.ts';
import { CHECKS, type CheckRequest } from '../../../../src/shared/domain/verification.ts';
import { createTencentVerifier } from '../../../../src/main/verifiers/tencent/tencent-verifier.ts';
import type { TencentSettings } from '../../../../src/main/verifiers/tencent/tencent-services.ts';
import { answering, parametersOf, type Answering } from './answering.ts';
import {
  answerBody,
  clip,
  CONTEXT,
  IDENTITY,
  PASSING,
  picture,
  QUESTION_NAMES,
  QUESTIONS,
  request,
  SETTINGS,
  type Question,
} from './samples.ts';

async function ask(vendor: Answering, question: CheckRequest, settings: TencentSettings = SETTINGS) {
  const answer = await createTencentVerifier(vendor.parts, settings).check(question, CONTEXT);
  if (answer.kind !== 'settled') throw new Error('nothing is pending at this vendor');
  return answer;
}

describe('what is sent', () => {
  it('holds the challenge as the vendor writes it', async () => {
    const asked = async (question: Question) => {
      const vendor = answering(answerBody(PASSING[question]));
      await ask(vendor, QUESTIONS[question]);
      const { LivenessType, ValidateData } = parametersOf(vendor.sent[0]);
      return [LivenessType, ValidateData];
    };
    expect(await asked('LivenessRecognition LIP')).toEqual(['LIP', '4821']);
    expect(await asked('LivenessRecognition ACTION')).toEqual(['ACTION', '2,1']);
    expect(await asked('LivenessRecognition SILENT')).toEqual(['SILENT', '']);
  });

  it('has nothing of the person outside of the body', async () => {
    for (const question of QUESTION_NAMES) {
      const vendor = answering(answerBody(PASSING[question]));
      await ask(vendor, QUESTIONS[question]);
      const [{ url, headers }] = vendor.sent as [(typeof vendor.sent)[number]];
      expect(url).toMatch(/^https:\/\/(faceid|iai|ocr)\.tencentcloudapi\.com\/$/);
      const said = Object.values(headers).join(' ');
      expect(said).not.toContain(IDENTITY.number);
      expect(said).not.toContain('19900000000');
      expect(headers['X-TC-TraceId']).toBe(CONTEXT.trace.traceId);
    }
  });

  it('leaves name and number out where the vendor is to read them from the card', async () => {
    const vendor = answering(answerBody(PASSING.IdCardOCRVerification));
    await ask(vendor, QUESTIONS.IdCardOCRVerification);
    expect(Object.keys(parametersOf(vendor.sent[0]))).toEqual(['ImageBase64', 'Config']);
  });

  it('takes a clip rather than a picture to look for made-up faces', async () => {
    const vendor = answering(answerBody(PASSING.DetectAIFakeFaces));
    await ask(vendor, request('fake-face', { face: picture(), clip: clip({ kind: 'silent' }) }));
    expect(parametersOf(vendor.sent[0])['FaceInputType']).toBe(2);
  });

  it('carries a temporary key’s token', async () => {
    const vendor = answering(answerBody(PASSING.IdCardVerification));
    await ask(vendor, QUESTIONS.IdCardVerification, {
      ...SETTINGS,
      keys: { ...SETTINGS.keys, securityToken: 'token' },
    });
    expect(vendor.sent[0]?.headers['X-TC-Token']).toBe('token');
  });
});

describe('nothing is sent', () => {
  const bytes = (length: number) => Buffer.alloc(length);
  const face = (differences: Parameters<typeof picture>[0]) =>
    request('face-authority', { identity: IDENTITY, face: picture(differences) });
  const compare = (differences: Parameters<typeof picture>[0]) =>
    request('face-reference', { face: picture(), reference: picture(differences) });
  const video = (...of: Parameters<typeof clip>) =>
    request('video-authority', { identity: IDENTITY, clip: clip(...of) });

  it.each([
    ['a face of more than 3 MiB in base64', face({ bytes: bytes(2_359_297) }), 'material.picture-unfit'],
    ['a small face', face({ width: 63 }), 'material.picture-unfit'],
    ['a long JPEG at iai', compare({ height: 4_001 }), 'material.picture-unfit'],
    ['a long PNG at iai', compare({ format: 'png', height: 2_001 }), 'material.picture-unfit'],
    [
      'a clip of more than 8 MiB in base64',
      video({ kind: 'silent' }, { bytes: bytes(6_291_457) }),
      'material.clip-unfit',
    ],
    [
      'spoken digits without sound',
      video({ kind: 'digits', code: '4821' }, { audioCodec: null }),
      'material.clip-unfit',
    ],
    ['a clip that lies', video({ kind: 'silent' }, { width: 640, height: 480 }), 'material.clip-unfit'],
    ['a clip of 21 s', video({ kind: 'silent' }, { durationMs: 21_000 }), 'material.clip-unfit'],
    ['five digits', video({ kind: 'digits', code: '48210' }), 'verifier.unsupported'],
    ['an action that the vendor has not', video({ kind: 'action', actions: '3' }), 'verifier.unsupported'],
    ['no picture', request('face-authority', { identity: IDENTITY }), 'material.missing'],
    ['no identity', request('face-authority', { face: picture() }), 'material.missing'],
    ['no clip', request('video-authority', { identity: IDENTITY }), 'material.missing'],
    ['no phone number', request('phone', { identity: IDENTITY }), 'material.missing'],
    ['no validity', request('identity-period', { identity: IDENTITY }), 'material.missing'],
    ['a photo that the vendor should keep', request('face-retained', { identity: IDENTITY }), 'verifier.unsupported'],
    ['a clip alone', request('video-live', { clip: clip({ kind: 'silent' }) }), 'verifier.unsupported'],
  ] as const)('for %s', async (_what, question, reason) => {
    const vendor = answering(answerBody({ Result: 'Success', Sim: 100 }));
    const { outcome } = await ask(vendor, question);
    expect([outcome.reason, outcome.vendor, vendor.sent.length]).toEqual([reason, null, 0]);
    expect(outcome.retry).toBe(reason.endsWith('-unfit') ? 'capture' : 'configuration');
  });

  it('lets through what is exactly as large as allowed', async () => {
    const vendor = answering(answerBody(PASSING.ImageRecognitionV2));
    await ask(vendor, face({ bytes: bytes(2_359_296) }));
    expect(vendor.sent).toHaveLength(1);
  });
});

describe('capabilities', () => {
  const { capabilities } = createTencentVerifier(answering('').parts, SETTINGS);

  it('serve or refuse every check', () => {
    const served = new Set(capabilities.checks.map(({ check }) => check));
    const refused = Object.keys(capabilities.refusals);
    expect([...served, ...refused].sort()).toEqual([...CHECKS].sort());
  });

  it('name bounds that exist', () => {
    for (const { clip: target, materials } of capabilities.checks) {
      expect(target !== null).toBe(materials.includes('clip'));
      if (target !== null) expect(CLIP_TARGETS).toContain(target);
    }
    expect(capabilities.checks.some(({ queryable }) => queryable)).toBe(false);
  });

  it('say that a lost answer stays lost, and that nothing can be erased', async () => {
    const verifier = createTencentVerifier(answering('').parts, SETTINGS);
    expect(await verifier.query('x', QUESTIONS.ImageRecognitionV2, CONTEXT)).toMatchObject({
      kind: 'settled',
      outcome: { reason: 'outcome.unknown', retry: 'clerk', basis: 'authority' },
    });
    expect(await verifier.erase('x', CONTEXT)).toEqual({ ok: true, value: 'unsupported' });
  });
});
