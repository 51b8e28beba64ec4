import type { DirectVerifierSetting } from '../../shared/domain/direct-verifier.ts';
import type { VerifierCapabilities } from '../../shared/domain/verification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { createAliyunVerifier } from './aliyun/aliyun-verifier.ts';
import type { CloudKeys, Verifier, VendorClientParts } from './contract.ts';
import { localCapabilities } from './local/local-verifier.ts';
import { createTencentVerifier } from './tencent/tencent-verifier.ts';
import { parseUniSettings } from './uni/settings.ts';
import { createUniVerifier } from './uni/uni-verifier.ts';

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
