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
/** Which of Aliyun's interfaces opens the page for phones; none: no such page. */
export const HOSTED_INTERFACES = ['none', '2018-09-16', '2019-03-07'] as const;
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
  readonly hostedApi: (typeof HOSTED_INTERFACES)[number];
  readonly hostedBiz: string;
  readonly region: string;
  readonly ruleId: string;
  readonly falseAcceptRate: (typeof FALSE_ACCEPT_RATES)[number];
  readonly faceidOrigin: string;
  readonly iaiOrigin: string;
  readonly ocrOrigin: string;
  readonly url: string;
  /** Asks carriers for which part of a phone check differs. */
  readonly phoneDetail: boolean;
}

/** Keys while they are typed; they leave the form only to be saved. */
export interface KeysDraft {
  readonly keyId: string;
  readonly keySecret: string;
  /** Of temporary keys only; empty otherwise. */
  readonly keyToken: string;
}

export const NO_KEYS: KeysDraft = { keyId: '', keySecret: '', keyToken: '' };

/** The texts of the setting that are typed. */
export type DirectTextField = Exclude<
  keyof DirectDraft,
  'vendor' | 'model' | 'falseAcceptRate' | 'hostedApi' | 'phoneDetail'
>;

export type DirectField = keyof DirectDraft | keyof KeysDraft;

interface CloudKeysTyped {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly securityToken?: string;
}

/** What is to be saved; `keys` null: those that are kept stay. */
export interface DirectRequest {
  readonly setting: DirectVerifierSetting;
  readonly keys: CloudKeysTyped | null;
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
  hostedApi: 'none',
  hostedBiz: '',
  region: 'ap-guangzhou',
  ruleId: '',
  falseAcceptRate: '1e-4',
  faceidOrigin: '',
  iaiOrigin: '',
  ocrOrigin: '',
  url: '',
  phoneDetail: false,
};

export function directDraft(setting: DirectVerifierSetting): DirectDraft {
  if (setting === null) return BLANK;
  const draft = { ...BLANK, vendor: setting.vendor };
  if (setting.vendor === 'uni') return { ...draft, url: setting.url };
  if (setting.vendor === 'tencent') {
    const { region, ruleId = '', falseAcceptRate = BLANK.falseAcceptRate, detailedPhoneAnswer: phoneDetail } = setting;
    const { faceid: faceidOrigin = '', iai: iaiOrigin = '', ocr: ocrOrigin = '' } = setting.endpoints ?? {};
    const origins = { faceidOrigin, iaiOrigin, ocrOrigin };
    return { ...draft, region, ruleId, falseAcceptRate, ...origins, phoneDetail: phoneDetail ?? false };
  }
  const { scenes = {}, oss, endpoint = '', model = BLANK.model, hosted, phoneDetail = false } = setting;
  const ids = Object.fromEntries(ALIYUN_SCENES.map((scene) => [scene, String(scenes[scene] ?? '')]));
  const clips = oss ? { bucket: oss.bucket, bucketEndpoint: oss.endpoint, bucketRegion: oss.region } : {};
  const hostedBiz = hosted === undefined ? '' : hosted.api === '2018-09-16' ? hosted.biz : hosted.bizType;
  return { ...draft, ...ids, ...clips, endpoint, model, hostedApi: hosted?.api ?? 'none', hostedBiz, phoneDetail };
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
  const text = (field: DirectTextField): string => draft[field].trim();
  const { vendor, model, falseAcceptRate, hostedApi } = draft;
  const phoneDetail = draft.phoneDetail || undefined;
  if (vendor === 'none') return null;
  if (vendor === 'uni') return { vendor, url: text('url') };
  const kept = saved?.vendor === vendor ? saved : {};
  if (vendor === 'tencent') {
    const ruleId = text('ruleId') || undefined;
    const origins = { faceid: text('faceidOrigin'), iai: text('iaiOrigin'), ocr: text('ocrOrigin') };
    const others = Object.entries(origins).filter(([, origin]) => origin !== '');
    const endpoints = others.length === 0 ? undefined : Object.fromEntries(others);
    return {
      ...kept,
      vendor,
      region: text('region'),
      endpoints,
      ruleId,
      falseAcceptRate,
      detailedPhoneAnswer: phoneDetail,
    };
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
    hosted: hostedApi === 'none' ? undefined : hostedPage(hostedApi, text('hostedBiz')),
    phoneDetail,
  };
}

/** The page for phones; each of the interfaces has its own name for the scene. */
function hostedPage(api: '2018-09-16' | '2019-03-07', biz: string): unknown {
  return api === '2018-09-16' ? { api, biz } : { api, bizType: biz };
}

/** Where the schema's complaint about a path is shown, and in which words. */
const COMPLAINTS: Readonly<Record<string, readonly [DirectField, WordKey]>> = {
  ...Object.fromEntries(ALIYUN_SCENES.map((scene) => [`scenes.${scene}`, [scene, 'direct.problem.scene']])),
  'oss.bucket': ['bucket', 'direct.problem.bucket'],
  'oss.endpoint': ['bucketEndpoint', 'direct.problem.origin'],
  'oss.region': ['bucketRegion', 'direct.problem.region'],
  'hosted.biz': ['hostedBiz', 'direct.problem.hostedBiz'],
  'hosted.bizType': ['hostedBiz', 'direct.problem.hostedBiz'],
  endpoint: ['endpoint', 'direct.problem.origin'],
  'endpoints.faceid': ['faceidOrigin', 'direct.problem.origin'],
  'endpoints.iai': ['iaiOrigin', 'direct.problem.origin'],
  'endpoints.ocr': ['ocrOrigin', 'direct.problem.origin'],
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

function keysOf(vendor: VendorChoice, { keyId, keySecret, keyToken }: KeysDraft): CloudKeysTyped {
  const secretAccessKey = keySecret.trim();
  if (vendor === 'uni') return { accessKeyId: SHARED_SECRET_ID, secretAccessKey };
  const securityToken = keyToken.trim();
  return { accessKeyId: keyId.trim(), secretAccessKey, ...(securityToken === '' ? {} : { securityToken }) };
}

function keyProblems(vendor: VendorChoice, keys: KeysDraft): Wrong {
  const { accessKeyId, secretAccessKey, securityToken } = keysOf(vendor, keys);
  const { shape } = cloudKeysSchema;
  const wrong: Wrong = {};
  if (!shape.accessKeyId.safeParse(accessKeyId).success) wrong.keyId = { key: 'direct.problem.keyId' };
  if (!shape.secretAccessKey.safeParse(secretAccessKey).success) wrong.keySecret = { key: 'direct.problem.keySecret' };
  if (!shape.securityToken.safeParse(securityToken).success) wrong.keyToken = { key: 'direct.problem.keyToken' };
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
