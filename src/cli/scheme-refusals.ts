import { everyCapability } from '../main/verifiers/create-verifier.ts';
import { servesScheme } from '../shared/domain/scheme-service.ts';
import type { Scheme } from '../shared/domain/scheme.ts';
import type { ServiceRefusalCode } from '../shared/domain/service-refusal.ts';
import type { VerifierId } from '../shared/domain/verification.ts';
import { serviceRefusalText } from '../shared/service-refusal-texts.ts';

export interface SchemeRefusal {
  readonly verifier: VerifierId;
  readonly code: ServiceRefusalCode;
  readonly text: Readonly<Record<'zh-CN' | 'en', string>>;
}

/** Which kinds of verifiers can't serve a scheme even when they are set up in full, and why, in both languages. */
export function schemeRefusals(scheme: Scheme): readonly SchemeRefusal[] {
  const kinds = everyCapability({
    send: () => Promise.reject(new Error('nothing is sent here')),
    clock: { wallMs: () => 0, monotonicMs: () => 0 },
    randomBytes: (length) => Buffer.alloc(length),
  });
  return kinds.flatMap((kind) => {
    const service = servesScheme(scheme, kind);
    if (service.served) return [];
    const text = { 'zh-CN': serviceRefusalText(service.why, 'zh-CN'), en: serviceRefusalText(service.why, 'en') };
    return [{ verifier: kind.verifier, code: service.why.code, text }];
  });
}
