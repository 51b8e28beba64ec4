import type { CheckOutcome } from '../../../shared/domain/verification.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { outcomeOfForeign, outcomeOfTransport } from '../check-outcomes.ts';
import type { CallContext, VendorClientParts } from '../contract.ts';
import { outcomeOfError, outcomeOfMalformed, type Asked } from './outcome.ts';
import { callTencent, type TencentCall } from './tencent-call.ts';
import type { TencentSettings } from './tencent-services.ts';

/** An answer that could be read, with the vendor's name of the request. */
export interface Answered<T> {
  readonly value: T;
  readonly requestId: string;
}

export type Ask = <T>(
  call: TencentCall,
  asked: Asked,
  context: CallContext,
  read: (response: Readonly<Record<string, unknown>>) => T | null,
) => Promise<Result<Answered<T>, CheckOutcome>>;

/** Makes one call and reads its answer; whatever keeps it from that is an outcome. */
export function tencentAsk(parts: VendorClientParts, settings: TencentSettings): Ask {
  return async (call, asked, context, read) => {
    const sent = await callTencent(parts, settings, call, context);
    if (!sent.ok) return err(outcomeOfTransport(sent.error, 'tencent', asked.capability));
    const answer = sent.value;
    if (answer.kind === 'error') return err(outcomeOfError(answer, asked));
    if (answer.kind === 'foreign') return err(outcomeOfForeign(answer, 'tencent', asked.capability));
    const value = read(answer.response);
    if (value === null) return err(outcomeOfMalformed(answer.requestId, asked));
    return ok({ value, requestId: answer.requestId });
  };
}
