import { z } from 'zod';
import type { AliyunSettings } from '../../main/verifiers/aliyun/settings.ts';
import type { CloudKeys } from '../../main/verifiers/contract.ts';
import type { TencentSettings } from '../../main/verifiers/tencent/tencent-services.ts';
import { parseUniSettings, type UniSettings } from '../../main/verifiers/uni/settings.ts';
import { CHECKS } from '../../shared/domain/verification.ts';
import { reasonCodeSchema } from '../../shared/domain/certification.ts';
import { err, ok, type Result } from '../../shared/result.ts';

const VERIFIERS = ['tencent', 'aliyun', 'uni', 'reference', 'mock'] as const;
type ConfiguredVerifier = (typeof VERIFIERS)[number];

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** Plain http for this machine only. */
const origin = z.url().refine((text) => {
  const { protocol, hostname, username, password } = new URL(text);
  return (
    username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)))
  );
}, 'https, without a name or password');
const timeoutMs = z.int().min(1_000).max(60_000).optional();

const tencentSchema = z.strictObject({
  region: z.string().regex(/^[a-z]{2,4}(-[a-z]+)+$/),
  endpoints: z.strictObject({ faceid: origin.optional(), iai: origin.optional(), ocr: origin.optional() }).optional(),
  ruleId: z.string().max(40).optional(),
  timeoutMs,
  falseAcceptRate: z.enum(['1e-3', '1e-4', '1e-5']).optional(),
  liveFaceThreshold: z.union([z.literal(5), z.literal(10), z.literal(40), z.literal(70), z.literal(90)]).optional(),
  liveFaceOperation: z.enum(['DetectLiveFaceAccurate', 'DetectLiveFace']).optional(),
  detailedPhoneAnswer: z.boolean().optional(),
});

const sceneNumber = z.int().positive().optional();
const verificationScene = z.discriminatedUnion('api', [
  z.strictObject({ api: z.literal('2018-09-16'), biz: z.string().min(1).max(20) }),
  z.strictObject({ api: z.literal('2019-03-07'), bizType: z.string().min(1).max(20) }),
]);
const aliyunSchema = z.strictObject({
  endpoint: origin.optional(),
  scenes: z
    .strictObject({ ID_MIN: sceneNumber, ID_MIN_VIDEO: sceneNumber, LR_FR_MIN: sceneNumber, PV_FC: sceneNumber })
    .optional(),
  verification: verificationScene.optional(),
  /** A scene of RPH5BioOnly, whose page people finish on with their own phone. */
  hosted: verificationScene.optional(),
  oss: z.strictObject({ bucket: z.string().min(3).max(63), endpoint: origin, region: z.string().max(40) }).optional(),
  model: z.enum(['NO_LIVENESS', 'FRONT_CAMERA_LIVENESS', 'REAR_CAMERA_LIVENESS']).optional(),
  phoneDetail: z.boolean().optional(),
  keepAtVendor: z.boolean().optional(),
  timeoutMs,
});

const order = z
  .array(z.enum(VERIFIERS))
  .min(1)
  .max(VERIFIERS.length)
  .refine((names) => new Set(names).size === names.length, 'each once');

/** The file that says who answers what. Secrets are not in it: keys of accounts come from the environment. */
export const adapterFileSchema = z.strictObject({
  /** Who is asked for each check, first to last; what isn't here isn't served. */
  checks: z.partialRecord(z.enum(CHECKS), order),
  tencent: tencentSchema.optional(),
  aliyun: aliyunSchema.optional(),
  uni: z.strictObject({ url: z.url().max(500), timeoutMs }).optional(),
  reference: z
    .strictObject({ far: z.number().min(1e-5).max(1e-2).optional(), modelsFolder: z.string().max(500).optional() })
    .optional(),
  mock: z
    .strictObject({
      answers: z.partialRecord(z.enum(CHECKS), z.array(reasonCodeSchema).min(1).max(100)).optional(),
      delayMs: z.int().min(0).max(30_000).optional(),
    })
    .optional(),
  /** How a person's own phone is looked through; absent: an action. Without models no own page is opened. */
  handOffs: z
    .strictObject({ liveness: z.enum(['action', 'silent']).optional(), modelsFolder: z.string().max(500).optional() })
    .optional(),
});
export type AdapterFile = z.infer<typeof adapterFileSchema>;

/** Where each secret stands in the environment. */
export const SECRET_VARIABLES = {
  tencent: {
    id: 'COUNTERSIGN_TENCENT_SECRET_ID',
    key: 'COUNTERSIGN_TENCENT_SECRET_KEY',
    token: 'COUNTERSIGN_TENCENT_TOKEN',
  },
  aliyun: {
    id: 'COUNTERSIGN_ALIYUN_ACCESS_KEY_ID',
    key: 'COUNTERSIGN_ALIYUN_ACCESS_KEY_SECRET',
    token: 'COUNTERSIGN_ALIYUN_SECURITY_TOKEN',
  },
  uni: 'COUNTERSIGN_UNI_SECRET',
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that the adapters are made from. */
export interface AdapterConfiguration {
  readonly checks: AdapterFile['checks'];
  readonly tencent: TencentSettings | null;
  readonly aliyun: AliyunSettings | null;
  readonly uni: UniSettings | null;
  readonly reference: { readonly far?: number | undefined; readonly modelsFolder?: string | undefined } | null;
  readonly mock: AdapterFile['mock'] | null;
  /** Absent: as it comes. */
  readonly handOffs?: AdapterFile['handOffs'];
}

/**
 * Puts file and environment together. Fails on a field that isn't known, a verifier that is listed and not configured,
 * and a secret that is missing; the text names the field or variable, never a value.
 */
export function parseAdapters(file: unknown, environment: Environment): Result<AdapterConfiguration, string> {
  const parsed = adapterFileSchema.safeParse(file);
  if (!parsed.success) return err(fieldOf(parsed.error));
  const { checks, tencent, aliyun, uni, reference, mock, handOffs } = parsed.data;
  const listed = new Set<ConfiguredVerifier>(Object.values(checks).flat());
  const absent = [...listed].find((name) => name !== 'reference' && parsed.data[name] === undefined);
  if (absent !== undefined) return err(`${absent} is listed under checks and not configured`);
  const keys = { tencent: keysOf('tencent', environment), aliyun: keysOf('aliyun', environment) };
  if (tencent !== undefined && keys.tencent === null) return err(missing('tencent'));
  if (aliyun !== undefined && keys.aliyun === null) return err(missing('aliyun'));
  const uniSettings =
    uni === undefined ? null : parseUniSettings({ ...uni, secret: environment[SECRET_VARIABLES.uni] });
  if (uniSettings?.ok === false)
    return err(`uni: ${uniSettings.error.detail ?? ''}; ${SECRET_VARIABLES.uni} holds its secret`);
  return ok({
    checks,
    tencent: tencent && keys.tencent ? defined({ ...tencent, keys: keys.tencent }) : null,
    aliyun: aliyun && keys.aliyun ? defined({ ...aliyun, keys: keys.aliyun }) : null,
    uni: uniSettings?.value ?? null,
    reference: reference ?? (listed.has('reference') ? {} : null),
    mock: mock ?? null,
    ...(handOffs === undefined ? {} : { handOffs }),
  });
}

function keysOf(vendor: 'tencent' | 'aliyun', environment: Environment): CloudKeys | null {
  const { id, key, token } = SECRET_VARIABLES[vendor];
  const accessKeyId = environment[id] ?? '';
  const secretAccessKey = environment[key] ?? '';
  const securityToken = environment[token] ?? '';
  if (accessKeyId === '' || secretAccessKey === '') return null;
  return { accessKeyId, secretAccessKey, ...(securityToken === '' ? {} : { securityToken }) };
}

function missing(vendor: 'tencent' | 'aliyun'): string {
  const { id, key } = SECRET_VARIABLES[vendor];
  return `${vendor} is configured, but ${id} and ${key} are not set`;
}

/** Without fields that are `undefined`, which settings don't have. */
function defined<T extends object>(value: T): Defined<T> {
  return JSON.parse(JSON.stringify(value)) as Defined<T>;
}

type Defined<T> = T extends object ? { [Field in keyof T]: Defined<Exclude<T[Field], undefined>> } : T;

function fieldOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const extra = issue?.code === 'unrecognized_keys' ? ` ${issue.keys.join(', ')}` : '';
  return `${issue?.path.join('.') ?? ''}${extra}: ${issue?.message ?? ''}`.slice(0, 300);
}
