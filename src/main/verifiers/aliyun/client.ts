import { failure, isFailureCode, type Failure, type FailureCode } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { outcomeOfForeign } from '../check-outcomes.ts';
import type { CallContext, VendorClientParts } from '../contract.ts';
import { GATEWAY_CODES, meaningOf, OPERATION_CODES, VERIFICATION_ERRORS, type CodeTable } from './codes.ts';
import type { FormFields } from './form-body.ts';
import type { Operation } from './operations/operation.ts';
import { callOperation, type AliyunAccount, type RpcAnswer } from './rpc-exchange.ts';

/** What every call needs. */
export interface AliyunClient {
  readonly parts: VendorClientParts;
  readonly account: AliyunAccount;
}

/** An answer that isn't a verdict (a token, a page, counts), or why there is none. */
export async function askFor<Request extends FormFields, Answer>(
  { parts, account }: AliyunClient,
  operation: Operation<Request, Answer>,
  request: Request,
  context: CallContext,
  codes: CodeTable = OPERATION_CODES,
): Promise<Result<Answer, Failure>> {
  const answer = await callOperation(parts, account, operation, request, context);
  return answer.kind === 'answered' ? ok(answer.answer) : err(whyNot(answer, codes));
}

function whyNot(answer: Exclude<RpcAnswer<unknown>, { kind: 'answered' }>, codes: CodeTable): Failure {
  if (answer.kind === 'unsent') return answer.failure;
  if (answer.kind === 'lost') return answer.problem.failure;
  if (answer.kind === 'unreadable') {
    const { said, status, detail } = answer;
    const { operation, retryAfterMs } = said;
    const asked = { operation, basis: 'local', billed: false } as const;
    const { reason } = outcomeOfForeign({ status, retryAfterMs }, 'aliyun', asked);
    return failure(isFailureCode(reason) ? reason : 'verifier.malformed', `${said.code}: ${detail}`);
  }
  return failure(reasonOf(answer.said.code, codes), `code ${answer.said.code}`);
}

function reasonOf(code: string, codes: CodeTable): FailureCode {
  const meaning = meaningOf(code, codes, VERIFICATION_ERRORS, GATEWAY_CODES);
  // These codes belong to verdicts; here they only say that there is nothing yet.
  return meaning.kind === 'unconfirmed' ? meaning.reason : 'verification.abandoned';
}
