import type { CheckMaterials, CheckOutcome } from '../../shared/domain/verification.ts';
import type { Result } from '../../shared/result.ts';
import type { CallContext } from './contract.ts';

/** A visit to a vendor's own page, on the visitor's phone. */
export interface HostedVisitRequest {
  /** 32 lower-case letters and digits; the vendor gives it back with the result and on its bill. */
  readonly orderId: string;
  readonly materials: CheckMaterials;
}

/** A page that was opened for one visit. */
export interface HostedVisit {
  /** What the visitor opens; it names nobody, and whoever has it can begin. */
  readonly url: string;
  /** Nobody can begin later than this; milliseconds since the Unix epoch. */
  readonly expiresAtMs: number;
  /** JSON by which the result is asked for. Secret: it holds the vendor's token, and of some vendors the identity. */
  readonly kept: string;
}

/** What is known of a visit. */
export type HostedVisitAnswer =
  { readonly kind: 'settled'; readonly outcome: CheckOutcome } | { readonly kind: 'pending' };

/** A vendor whose page a person can finish on. Opening isn't billed, nor is asking; the finished visit is. */
export interface HostedPages {
  readonly page: 'tencent' | 'aliyun';
  open(request: HostedVisitRequest, context: CallContext): Promise<Result<HostedVisit, CheckOutcome>>;
  /** @param kept of the visit, as `open` gave it */
  result(kept: string, context: CallContext): Promise<HostedVisitAnswer>;
}

/** A vendor's page, or why there is none, for whoever configures. */
export type OfferedPage =
  | { readonly page: HostedPages['page']; readonly offered: HostedPages }
  | { readonly page: HostedPages['page']; readonly refusal: string };
