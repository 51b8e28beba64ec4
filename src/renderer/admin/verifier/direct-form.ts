import {
  type ALIYUN_PICTURE_MODELS,
  cloudKeysSchema,
  directVerifierSettingSchema,
  type DirectVerifierSetting,
} from '../../../shared/domain/direct-verifier.ts';
import type { DirectVerifierView } from '../../../shared/ipc/admin-outbox.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';
import type { WordKey } from '../translation.ts';

export const VENDOR_CHOICES = ['none', 'aliyun', 'tencent', 'uni'] as const;
export type VendorChoice = (typeof VENDOR_CHOICES)[number];

export const ALIYUN_SCENES = ['ID_MIN', 'ID_MIN_VIDEO', 'LR_FR_MIN', 'PV_FC'] as const;
export const FALSE_ACCEPT_RATES = ['1e-3', '1e-4', '1e-5'] as const;
/** Shorter ones are refused by the client of the customer's function. */
const LEAST_SHARED_SECRET = 32;
/** Stands where the others have the id of a key: a shared secret has none. */
const SHARED_SECRET_ID = 'shared-secret';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

type AliyunScene = (typeof ALIYUN_SCENES)[number];

/** The setting as its fields hold it: texts only, so that unsaved edits compare by value. Keys aren't part of it. */
export interface DirectDraft extends Readonly<Record<AliyunScene, string>> {
  readonly vendor: VendorChoice;
  readonly bucket: string;
  readonly bucketEndpoint: string;
  readonly bucketRegion: string;
  readonly endpoint: string;
  readonly model: (typeof ALIYUN_PICTURE_MODELS)[number];
  readonly region: string;
  readonly ruleId: string;
  readonly falseAcceptRate: (typeof FALSE_ACCEPT_RATES)[number];
  readonly url: string;
}

/** Keys while they are typed; they leave the form only to be saved. */
export interface KeysDraft {
  readonly keyId: string;
  readonly keySecret: string;
}

export const NO_KEYS: KeysDraft = { keyId: '', keySecret: '' };

export type DirectField = keyof DirectDraft | keyof KeysDraft;

/** What is to be saved; `keys` null: those that are kept stay. */
export interface DirectRequest {
  readonly setting: DirectVerifierSetting;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
}

const BLANK: DirectDraft = {
  vendor: 'none',
  ID_MIN: '',
  ID_MIN_VIDEO: '',
  LR_FR_MIN: '',
  PV_FC: '',
  bucket: '',
  bucketEndpoint: '',
  bucketRegion: '',
  endpoint: '',
  model: 'REAR_CAMERA_LIVENESS',
  region: 'ap-guangzhou',
  ruleId: '',
  falseAcceptRate: '1e-4',
  url: '',
};

export function directDraft(setting: DirectVerifierSetting): DirectDraft {
  if (setting === null) return BLANK;
  const draft = { ...BLANK, vendor: setting.vendor };
  if (setting.vendor === 'uni') return { ...draft, url: setting.url };
  if (setting.vendor === 'tencent') {
    const { region, ruleId = '', falseAcceptRate = BLANK.falseAcceptRate } = setting;
    return { ...draft, region, ruleId, falseAcceptRate };
  }
  const { scenes = {}, oss, endpoint = '', model = BLANK.model } = setting;
  const ids = Object.fromEntries(ALIYUN_SCENES.map((scene) => [scene, String(scenes[scene] ?? '')]));
  const clips = oss ? { bucket: oss.bucket, bucketEndpoint: oss.endpoint, bucketRegion: oss.region } : {};
  return { ...draft, ...ids, ...clips, endpoint, model };
}

/** Whether keys have to be typed: kept ones belong to the vendor they were saved for. */
export function needsKeys(vendor: VendorChoice, { setting, keysKept }: DirectVerifierView): boolean {
  return vendor !== 'none' && !(keysKept && setting?.vendor === vendor);
}

/** A number of digits; what isn't one becomes something that the schema refuses. */
function sceneNumber(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/** The draft's own vendor as the schema takes it. What has no field here stays as it was saved. */
function candidate(draft: DirectDraft, saved: DirectVerifierSetting): unknown {
  const text = (field: Exclude<keyof DirectDraft, 'vendor'>): string => draft[field].trim();
  const { vendor, model, falseAcceptRate } = draft;
  if (vendor === 'none') return null;
  if (vendor === 'uni') return { vendor, url: text('url') };
  const kept = saved?.vendor === vendor ? saved : {};
  if (vendor === 'tencent') {
    const ruleId = text('ruleId') || undefined;
    return { ...kept, vendor, region: text('region'), ruleId, falseAcceptRate };
  }
  const filled = ALIYUN_SCENES.filter((scene) => text(scene) !== '');
  const oss = { bucket: text('bucket'), endpoint: text('bucketEndpoint'), region: text('bucketRegion') };
  return {
    ...kept,
    vendor,
    endpoint: text('endpoint') || undefined,
    scenes: Object.fromEntries(filled.map((scene) => [scene, sceneNumber(text(scene))] as const)),
    oss: Object.values(oss).some((part) => part !== '') ? oss : undefined,
    model,
  };
}

/** Where the schema's complaint about a path is shown, and in which words. */
const COMPLAINTS: Readonly<Record<string, readonly [DirectField, WordKey]>> = {
  ...Object.fromEntries(ALIYUN_SCENES.map((scene) => [`scenes.${scene}`, [scene, 'direct.problem.scene']])),
  'oss.bucket': ['bucket', 'direct.problem.bucket'],
  'oss.endpoint': ['bucketEndpoint', 'direct.problem.origin'],
  'oss.region': ['bucketRegion', 'direct.problem.region'],
  endpoint: ['endpoint', 'direct.problem.origin'],
  region: ['region', 'direct.problem.region'],
  ruleId: ['ruleId', 'direct.problem.ruleId'],
  url: ['url', 'direct.problem.url'],
};

/** The function gets signed names and numbers: never in the clear over a network, and nothing but host and path. */
function isFunctionAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || [url.username, url.password, url.search, url.hash].some((part) => part !== '')) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}

type Wrong = { -readonly [Field in DirectField]?: Problem };

function settingProblems(draft: DirectDraft, saved: DirectVerifierSetting): Wrong {
  const checked = directVerifierSettingSchema.safeParse(candidate(draft, saved));
  const wrong: Wrong = {};
  for (const { path } of checked.error?.issues ?? []) {
    const [field, key] = COMPLAINTS[path.join('.')] ?? (['vendor', 'direct.problem.other'] as const);
    wrong[field] = { key };
  }
  if (draft.vendor === 'uni' && !isFunctionAddress(draft.url.trim())) wrong.url = { key: 'direct.problem.url' };
  return wrong;
}

function keysOf(vendor: VendorChoice, { keyId, keySecret }: KeysDraft): NonNullable<DirectRequest['keys']> {
  return { accessKeyId: vendor === 'uni' ? SHARED_SECRET_ID : keyId.trim(), secretAccessKey: keySecret.trim() };
}

function keyProblems(vendor: VendorChoice, keys: KeysDraft): Wrong {
  const { accessKeyId, secretAccessKey } = keysOf(vendor, keys);
  const { shape } = cloudKeysSchema;
  const wrong: Wrong = {};
  if (!shape.accessKeyId.safeParse(accessKeyId).success) wrong.keyId = { key: 'direct.problem.keyId' };
  if (!shape.secretAccessKey.safeParse(secretAccessKey).success) wrong.keySecret = { key: 'direct.problem.keySecret' };
  if (vendor === 'uni' && (secretAccessKey.length < LEAST_SHARED_SECRET || wrong.keySecret !== undefined))
    wrong.keySecret = { key: 'direct.problem.sharedSecret' };
  return wrong;
}

/**
 * Reads the form by the schema that main reads it with; each problem stands at its field.
 *
 * @param keys null where the kept ones stay
 */
export function parseDirect(
  draft: DirectDraft,
  keys: KeysDraft | null,
  saved: DirectVerifierSetting,
): Parsed<DirectRequest, DirectField> {
  const typed = draft.vendor === 'none' ? null : keys;
  const wrong = { ...settingProblems(draft, saved), ...(typed === null ? {} : keyProblems(draft.vendor, typed)) };
  return parsed(wrong, () => ({
    setting: directVerifierSettingSchema.parse(candidate(draft, saved)),
    keys: typed === null ? null : keysOf(draft.vendor, typed),
  }));
}
