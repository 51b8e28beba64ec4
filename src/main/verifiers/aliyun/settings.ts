import type { CloudKeys } from '../contract.ts';
import type { LivenessModel } from './operations/face-verify.ts';
import type { OssPlace } from './oss-object.ts';

/** Products of the financial series that need no client of the vendor; each has its own scene. */
export type ServerProduct = 'ID_MIN' | 'ID_MIN_VIDEO' | 'LR_FR_MIN' | 'PV_FC';

/** A scene of the older product, whose calls can be queried by our own order id. */
export type VerificationScene =
  { readonly api: '2018-09-16'; readonly biz: string } | { readonly api: '2019-03-07'; readonly bizType: string };

export interface AliyunSettings {
  readonly keys: CloudKeys;
  /** Default `https://cloudauth.aliyuncs.com`. */
  readonly endpoint?: string;
  /** Scene numbers from the console; a product without one isn't served. */
  readonly scenes?: Partial<Readonly<Record<ServerProduct, number>>>;
  /** Serves `face-authority` instead of `ID_MIN`, and `face-reference` where there is no `PV_FC`. */
  readonly verification?: VerificationScene;
  /** A scene of RPH5BioOnly, whose page people finish on with their own phone; without it no page is opened. */
  readonly hosted?: VerificationScene;
  /** Our own bucket, which the vendor was authorised to read: where clips go, since requests can't hold them. */
  readonly oss?: OssPlace;
  /** How the vendor looks for life in a picture. Default `REAR_CAMERA_LIVENESS`: a counter's camera. */
  readonly model?: LivenessModel;
  /** Whether the phone check asks which part doesn't agree. Default false. */
  readonly phoneDetail?: boolean;
  /** Leaves pictures with the vendor until `erase`. Default false: deleted as soon as the answer is here. */
  readonly keepAtVendor?: boolean;
  /** Of one call without a clip; default 15 s. */
  readonly timeoutMs?: number;
  /** Of handing a clip over, and again of the call about it; default 40 s. */
  readonly clipTimeoutMs?: number;
}

export const DEFAULT_ENDPOINT = 'https://cloudauth.aliyuncs.com';
export const DEFAULT_TIMEOUT_MS = 15_000;
/** A clip is fetched by the vendor and looked at frame by frame. */
export const DEFAULT_CLIP_TIMEOUT_MS = 40_000;
export const DELETION_TIMEOUT_MS = 8_000;
