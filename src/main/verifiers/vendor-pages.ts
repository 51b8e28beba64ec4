import type { DirectVerifierSetting } from '../../shared/domain/direct-verifier.ts';
import { aliyunPages } from './aliyun/hosted-pages.ts';
import type { AliyunSettings } from './aliyun/settings.ts';
import type { CloudKeys, VendorClientParts } from './contract.ts';
import type { OfferedPage } from './hosted-pages.ts';
import { tencentPages } from './tencent/hosted-pages.ts';
import type { TencentSettings } from './tencent/tencent-services.ts';

/** The pages of the vendors that are configured; null: that vendor isn't. */
export function vendorPages(
  parts: VendorClientParts,
  { tencent, aliyun }: { readonly tencent: TencentSettings | null; readonly aliyun: AliyunSettings | null },
): readonly OfferedPage[] {
  return [
    tencent === null ? { page: 'tencent', refusal: 'tencent is not configured' } : tencentPages(parts, tencent),
    aliyun === null ? { page: 'aliyun', refusal: 'aliyun is not configured' } : aliyunPages(parts, aliyun),
  ];
}

/** The page of the vendor that a terminal asks by itself. */
export function directVendorPage(
  parts: VendorClientParts,
  setting: NonNullable<DirectVerifierSetting>,
  keys: CloudKeys,
): OfferedPage | null {
  if (setting.vendor === 'uni') return null;
  const given = JSON.parse(JSON.stringify(setting)) as object;
  const settings: unknown = { ...given, keys };
  if (setting.vendor === 'tencent') return tencentPages(parts, settings as TencentSettings);
  return aliyunPages(parts, settings as AliyunSettings);
}
