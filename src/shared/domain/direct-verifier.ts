import { z } from 'zod';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Https, or http to this machine; nothing but an origin. Other addresses would get signatures and identities. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}

const origin = z.string().max(300).refine(isOrigin, 'an https origin');
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

/** What the vendor expects of a picture; the second and third by which camera took it. */
export const ALIYUN_PICTURE_MODELS = ['NO_LIVENESS', 'FRONT_CAMERA_LIVENESS', 'REAR_CAMERA_LIVENESS'] as const;

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
  /** A scene of RPH5BioOnly, whose page people finish on with their own phone. */
  hosted: z
    .discriminatedUnion('api', [
      z.strictObject({ api: z.literal('2018-09-16'), biz: z.string().min(1).max(20) }),
      z.strictObject({ api: z.literal('2019-03-07'), bizType: z.string().min(1).max(20) }),
    ])
    .optional(),
  /** A bucket of one's own, where clips go. */
  oss: z
    .strictObject({ bucket: z.string().regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/), endpoint: origin, region })
    .optional(),
  model: z.enum(ALIYUN_PICTURE_MODELS).optional(),
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
