import { z } from 'zod';
import type { CheckAnswer, IdentityMaterial } from '../../../shared/domain/verification.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { unconfirmed } from '../check-outcomes.ts';
import type { CallContext, VendorClientParts } from '../contract.ts';
import type { HostedPages, HostedVisitAnswer, OfferedPage } from '../hosted-pages.ts';
import { aliyunClient } from './aliyun-verifier.ts';
import type { AliyunClient } from './client.ts';
import {
  openTicket,
  openVerification,
  resultOfTicket,
  resultOfVerification,
  type HostedVerification,
} from './hosted-flows.ts';
import type { AliyunSettings, VerificationScene } from './settings.ts';

const keptSchema = z.strictObject({ orderId: z.string().regex(/^[a-z0-9]{32}$/) });

/** What the vendor's own code asks of a financial page is made by its client only. */
const WITHOUT_SCENE =
  'hosted is not configured: a page is opened for a scene of RPH5BioOnly; ID_PRO and FACE need MetaInfo, which only ' +
  "the vendor's client makes";

/**
 * Aliyun's page for RPH5BioOnly: a token with name and number opens it (`CloudauthPageUrl`, since 2019 `VerifyPageUrl`),
 * a question by our order id says how it ended. The page of 2018 runs in WeChat only.
 */
export function aliyunPages(parts: VendorClientParts, settings: AliyunSettings): OfferedPage {
  const scene = settings.hosted;
  if (scene === undefined) return { page: 'aliyun', refusal: WITHOUT_SCENE };
  const client = aliyunClient(parts, settings);
  const offered: HostedPages = {
    page: 'aliyun',
    open: async ({ orderId, materials: { identity } }, context) => {
      if (identity === undefined) return err(unconfirmed('material.missing', { retry: 'none', detail: 'identity' }));
      const opened = await openPage(client, scene, orderId, identity, context);
      if (!opened.ok) return err(unconfirmed(opened.error.code, { retry: 'service', detail: opened.error.detail }));
      const { pageUrl, expiresInMs } = opened.value;
      if (pageUrl === null || !pageUrl.startsWith('https://')) {
        return err(unconfirmed('verifier.malformed', { retry: 'configuration', detail: 'the scene has no page' }));
      }
      return ok({
        url: pageUrl,
        expiresAtMs: parts.clock.wallMs() + expiresInMs,
        kept: JSON.stringify({ orderId } satisfies z.infer<typeof keptSchema>),
      });
    },
    result: async (kept, context) => {
      const { orderId } = keptSchema.parse(JSON.parse(kept));
      return asVisit(await askPage(client, scene, orderId, context));
    },
  };
  return { page: 'aliyun', offered };
}

function openPage(
  client: AliyunClient,
  scene: VerificationScene,
  orderId: string,
  { name, number }: IdentityMaterial,
  context: CallContext,
): Promise<Result<HostedVerification, Failure>> {
  if (scene.api === '2018-09-16') {
    const known = { Name: name, IdentificationNumber: number };
    return openTicket(client, { biz: scene.biz, ticketId: orderId }, known, context);
  }
  const request = { BizType: scene.bizType, BizId: orderId, Name: name, IdCardNumber: number };
  return openVerification(client, request, context);
}

async function askPage(
  client: AliyunClient,
  scene: VerificationScene,
  orderId: string,
  context: CallContext,
): Promise<CheckAnswer> {
  if (scene.api === '2018-09-16') return resultOfTicket(client, { biz: scene.biz, ticketId: orderId }, context);
  return (await resultOfVerification(client, { bizType: scene.bizType, bizId: orderId }, context)).answer;
}

/** Nothing handed in yet is how every visit begins, and no end of it. A vendor that is down leaves it where it was. */
function asVisit(answer: CheckAnswer): HostedVisitAnswer {
  if (answer.kind === 'pending') return { kind: 'pending' };
  const { reason, retry } = answer.outcome;
  const isOpen = reason === 'verification.abandoned' || retry === 'service' || retry === 'throttle';
  return isOpen ? { kind: 'pending' } : { kind: 'settled', outcome: answer.outcome };
}
