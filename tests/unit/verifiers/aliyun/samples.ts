import type { CheckMaterials, ClipMaterial, Picture } from '../../../../src/shared/domain/verification.ts';
import type { CallContext } from '../../../../src/main/verifiers/contract.ts';

/** Nobody's: the area code doesn't exist. */
export const PERSON = { name: '试样', number: '999999199001011239' } as const;
export const ORDER_ID = '0123456789abcdef0123456789abcdef';
export const CERTIFY_ID = '01920000-0000-7000-8000-000000000001';
export const CONTEXT: CallContext = { trace: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) } };
export const KEYS = { accessKeyId: 'test-key-id', secretAccessKey: 'test-key-secret' } as const;

export function picture(change: Partial<Picture> = {}): Picture {
  return { bytes: Buffer.from('ffd8ffe000104a464946', 'hex'), format: 'jpeg', width: 480, height: 640, ...change };
}

export function clip(change: Partial<ClipMaterial> = {}): ClipMaterial {
  return {
    bytes: Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(200)]),
    container: 'mp4',
    videoCodec: 'h264',
    audioCodec: null,
    width: 480,
    height: 640,
    durationMs: 3_000,
    challenge: { kind: 'silent' },
    ...change,
  };
}

export const MATERIALS: CheckMaterials = {
  identity: PERSON,
  validity: { from: '2020-01-02', to: 'long-term' },
  phone: '10000000000',
  bankCard: '9999990000000000',
  face: picture(),
  reference: picture(),
  clip: clip(),
};
