import { z } from 'zod';
import { identityMaterialSchema } from '../../../shared/domain/verification.ts';
import { err, ok } from '../../../shared/result.ts';
import { unconfirmed } from '../check-outcomes.ts';
import type { VendorClientParts } from '../contract.ts';
import type { HostedPages, OfferedPage } from '../hosted-pages.ts';
import { hostedResult, openHosted } from './hosted.ts';
import type { TencentSettings } from './tencent-services.ts';

const keptSchema = z.strictObject({
  kind: z.literal('h5'),
  orderId: z.string().max(32),
  identity: identityMaterialSchema,
  token: z.string().min(1).max(200),
  url: z.string().max(2_000).nullable(),
  clientConfig: z.null(),
  expiresAtMs: z.int().nonnegative(),
  comparesWith: z.enum(['authority', 'reference']),
});

/**
 * Tencent's page: DetectAuth opens it, GetDetectInfoEnhanced says how it ended. Name and number come from here, so that
 * the page asks for a face only. It needs the flow (`RuleId`) that the customer's contract has.
 */
export function tencentPages(parts: VendorClientParts, settings: TencentSettings): OfferedPage {
  if (settings.ruleId === undefined) {
    return { page: 'tencent', refusal: 'ruleId is not configured: the vendor sets up a flow by contract' };
  }
  const offered: HostedPages = {
    page: 'tencent',
    open: async ({ orderId, materials }, context) => {
      const { identity, reference } = materials;
      if (identity === undefined) return err(unconfirmed('material.missing', { retry: 'none', detail: 'identity' }));
      const request = { kind: 'h5', orderId, identity, ...(reference === undefined ? {} : { reference }) } as const;
      const opened = await openHosted(parts, settings, request, context);
      if (!opened.ok) return opened;
      const { url, expiresAtMs } = opened.value;
      if (url === null) return err(unconfirmed('verifier.malformed', { retry: 'service', detail: 'no page' }));
      return ok({ url, expiresAtMs, kept: JSON.stringify(opened.value) });
    },
    result: async (kept, context) => {
      const answer = await hostedResult(parts, settings, keptSchema.parse(JSON.parse(kept)), context);
      return answer.kind === 'pending' ? { kind: 'pending' } : answer;
    },
  };
  return { page: 'tencent', offered };
}
