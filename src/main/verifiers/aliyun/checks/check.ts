import type { Capability, CheckAnswer, CheckRequest } from '../../../../shared/domain/verification.ts';
import type { CallContext } from '../../contract.ts';

/** One check that the account serves. */
export interface AliyunCheck {
  readonly capability: Capability;
  ask(request: CheckRequest, context: CallContext): Promise<CheckAnswer>;
  /** Asks for the result of an earlier call. */
  query(reference: string, request: CheckRequest, context: CallContext): Promise<CheckAnswer>;
}

/** With padding, and of the view alone, however large the buffer behind it is. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
