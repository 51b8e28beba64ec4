import type { CloudKeys } from '../contract.ts';

/** The vendor's services that are asked, each with its own address and version. */
export const TENCENT_SERVICES = {
  faceid: { address: 'https://faceid.tencentcloudapi.com', version: '2018-03-01' },
  iai: { address: 'https://iai.tencentcloudapi.com', version: '2020-03-03' },
  ocr: { address: 'https://ocr.tencentcloudapi.com', version: '2018-11-19' },
} as const;
export type TencentService = keyof typeof TENCENT_SERVICES;

/** CompareFace 3.0: the score for each rate of wrong accepts (cloud.tencent.com/document/api/867/44987). */
export const COMPARISON_THRESHOLDS = { '1e-3': 40, '1e-4': 50, '1e-5': 60 } as const;
export type FalseAcceptRate = keyof typeof COMPARISON_THRESHOLDS;

/** DetectLiveFaceAccurate: the limits that the vendor names; it recommends 40. */
export const LIVE_FACE_THRESHOLDS = [5, 10, 40, 70, 90] as const;
export type LiveFaceThreshold = (typeof LIVE_FACE_THRESHOLDS)[number];

export interface TencentSettings {
  readonly keys: CloudKeys;
  /** Like `ap-guangzhou`. */
  readonly region: string;
  /** Origins other than the vendor's, as of a fake vendor on loopback. */
  readonly endpoints?: Partial<Readonly<Record<TencentService, string>>>;
  /** The flow that the customer has set up at the vendor; only hosted flows need it. */
  readonly ruleId?: string;
  readonly timeoutMs?: number;
  /** Rate of wrong accepts for comparing two pictures; `1e-4` unless told. */
  readonly falseAcceptRate?: FalseAcceptRate;
  /** 40 unless told. */
  readonly liveFaceThreshold?: LiveFaceThreshold;
  /** `DetectLiveFace` is the older operation, for accounts that have bought it. */
  readonly liveFaceOperation?: 'DetectLiveFaceAccurate' | 'DetectLiveFace';
  /** Asks carriers for which part differs; costs more. */
  readonly detailedPhoneAnswer?: boolean;
}
