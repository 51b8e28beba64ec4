import type { Check } from '../verification.ts';
import type { Scheme } from '../scheme.ts';
import { schemesOf } from './base.ts';

/** Name and number are read from the card's chip or given; the rest is typed or given. No face takes part. */
function elements(check: Check, asks: Scheme['asks']): Partial<Omit<Scheme, 'id' | 'family'>> {
  const asked = Object.fromEntries(asks.map((input) => [input, 'optional'] as const));
  return {
    liveness: 'none',
    reference: 'none',
    check,
    decides: 'verifier',
    asks,
    inputs: { name: 'optional', number: 'optional', ...asked },
    outputs: ['document-fields'],
  };
}

/** Tencent's 身份安全, 手机号安全 and 支付安全, Aliyun's Id2Meta, Mobile3Meta and BankMeta: the way for those who decline a camera. */
export const ELEMENT_SCHEMES = schemesOf('elements', {
  IdentityCheck: elements('identity', []),
  PhoneCheck: elements('phone', ['phone']),
  BankCardCheck: elements('bank-card', ['bankCard']),
  BankCardPhoneCheck: elements('bank-card-phone', ['bankCard', 'phone']),
});
