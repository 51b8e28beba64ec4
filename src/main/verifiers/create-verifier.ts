import { z } from 'zod';
import type { VerifierCapabilities } from '../../shared/domain/verification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { createAliyunVerifier } from './aliyun/aliyun-verifier.ts';
import { LIVENESS_MODELS } from './aliyun/operations/face-verify.ts';
import type { CloudKeys, Verifier, VendorClientParts } from './contract.ts';
import { parseVerifierAddress } from './countersign/verifier-address.ts';
import { localCapabilities } from './local/local-verifier.ts';
import { createTencentVerifier } from './tencent/tencent-verifier.ts';
import { parseUniSettings } from './uni/settings.ts';
import { createUniVerifier } from './uni/uni-verifier.ts';

/** Https, or http to this machine; nothing but an origin. Other addresses would get keys' signatures and identities. */
const origin = z
  .string()
  .max(300)
  .refine((value) => parseVerifierAddress(value).ok, 'an https origin');
const region = z.string().regex(/^[a-z0-9-]{2,40}$/);
const sceneId = z.int().positive();

const tencentSettingSchema = z.strictObject({
  vendor: z.literal('tencent'),
  region,
  /** Origins other than the vendor's own. */
  endpoints: z.strictObject({ faceid: origin.optional(), iai: origin.optional(), ocr: origin.optional() }).optional(),
  ruleId: z.string().min(1).max(40).optional(),
  falseAcceptRate: z.enum(['1e-3', '1e-4', '1e-5']).optional(),
  detailedPhoneAnswer: z.boolean().optional(),
});

const aliyunSettingSchema = z.strictObject({
  vendor: z.literal('aliyun'),
  endpoint: origin.optional(),
  /** A product without a scene isn't served. */
  scenes: z
    .strictObject({
      ID_MIN: sceneId.optional(),
      ID_MIN_VIDEO: sceneId.optional(),
      LR_FR_MIN: sceneId.optional(),
      PV_FC: sceneId.optional(),
    })
    .optional(),
  /** A bucket of one's own, where clips go. */
  oss: z
    .strictObject({ bucket: z.string().regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/), endpoint: origin, region })
    .optional(),
  model: z.enum(LIVENESS_MODELS).optional(),
  phoneDetail: z.boolean().optional(),
});

const uniSettingSchema = z.strictObject({
  vendor: z.literal('uni'),
  /** Address of the customer's own cloud function. */
  url: z.url().max(500),
});

/**
 * Which vendor a single-terminal site asks directly; null: none. Keys aren't part of it: they are kept with the secrets.
 */
export const directVerifierSettingSchema = z
  .discriminatedUnion('vendor', [tencentSettingSchema, aliyunSettingSchema, uniSettingSchema])
  .nullable();
export type DirectVerifierSetting = z.infer<typeof directVerifierSettingSchema>;

/** Keys as they are kept: of uni only the secret counts, which is shared with the customer's function. */
export const cloudKeysSchema = z.strictObject({
  accessKeyId: z.string().min(1).max(128),
  secretAccessKey: z.string().min(1).max(500),
  securityToken: z.string().max(4_096).optional(),
});

/**
 * A vendor's client from its setting and keys.
 *
 * @returns `verifier.misconfigured` naming what is missing or wrong; never a key
 */
export function createDirectVerifier(
  parts: VendorClientParts,
  setting: NonNullable<DirectVerifierSetting>,
  keys: CloudKeys | null,
): Result<Verifier, Failure> {
  if (keys === null) return err(failure('verifier.misconfigured', 'the keys are missing'));
  const { vendor, ...rest } = withoutAbsent(setting);
  switch (setting.vendor) {
    case 'tencent':
      return ok(createTencentVerifier(parts, { ...(rest as TencentRest), keys }));
    case 'aliyun':
      return ok(createAliyunVerifier(parts, { ...(rest as AliyunRest), keys }));
    case 'uni': {
      const parsed = parseUniSettings({ url: setting.url, secret: keys.secretAccessKey });
      return parsed.ok ? ok(createUniVerifier(parts, parsed.value)) : parsed;
    }
    default:
      return err(failure('verifier.misconfigured', `unknown vendor ${String(vendor)}`));
  }
}

type TencentRest = Omit<Parameters<typeof createTencentVerifier>[1], 'keys'>;
type AliyunRest = Omit<Parameters<typeof createAliyunVerifier>[1], 'keys'>;

/** Drops members that are `undefined`, which zod leaves in place. */
function withoutAbsent<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** What each kind of verifier serves when everything is configured that can be; for the documentation. */
export function everyCapability(parts: VendorClientParts): readonly VerifierCapabilities[] {
  const keys: CloudKeys = { accessKeyId: 'none', secretAccessKey: 'none' };
  const oss = { bucket: 'none', endpoint: 'https://oss-cn-shanghai.aliyuncs.com', region: 'cn-shanghai' };
  const scenes = { ID_MIN: 1, ID_MIN_VIDEO: 2, LR_FR_MIN: 3, PV_FC: 4 };
  return [
    localCapabilities('card-photo'),
    createTencentVerifier(parts, { keys, region: 'ap-guangzhou' }).capabilities,
    createAliyunVerifier(parts, { keys, scenes, oss }).capabilities,
    createUniVerifier(parts, { url: 'https://function.example', secret: 'x'.repeat(32) }).capabilities,
  ];
}
