import { z } from 'zod';
import type { Capability, CheckRequest } from '../../../../shared/domain/verification.ts';
import { failure, type Failure } from '../../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import { meaningOfDigit, type DigitOperation } from '../codes.ts';
import type { TencentSettings } from '../tencent-services.ts';
import { identityOf } from './materials.ts';
import { always, optionalText, parsed, TEXT_ANSWER_BYTES, type CheckOperation, type Reading } from './operation.ts';

const answerSchema = z.object({
  Result: z.string().regex(/^-?\d{1,3}$/),
  Description: optionalText,
  ResultDetail: optionalText,
  Isp: optionalText,
});
type DigitAnswer = z.infer<typeof answerSchema>;

type Parameters = Readonly<Record<string, string | number>>;

interface DigitCheck {
  readonly operation: DigitOperation;
  readonly check: Capability['check'];
  readonly materials: Capability['materials'];
  readonly parameters: (request: CheckRequest, settings: TencentSettings) => Result<Parameters, Failure>;
  readonly refine?: (reading: Reading, answer: DigitAnswer) => Reading;
}

/** The checks of words and numbers alone, which answer by one digit. */
export const digitChecks: readonly CheckOperation[] = (
  [
    {
      operation: 'IdCardVerification',
      check: 'identity',
      materials: ['identity'],
      parameters: identityParameters,
    },
    {
      operation: 'CheckIdNameDate',
      check: 'identity-period',
      materials: ['identity', 'validity'],
      parameters: periodParameters,
    },
    {
      operation: 'PhoneVerification',
      check: 'phone',
      materials: ['identity', 'phone'],
      parameters: phoneParameters,
      refine: refinePhone,
    },
    {
      operation: 'BankCard2EVerification',
      check: 'bank-card-holder',
      materials: ['identity', 'bank-card'],
      parameters: holderParameters,
    },
    {
      operation: 'BankCardVerification',
      check: 'bank-card',
      materials: ['identity', 'bank-card'],
      parameters: bankCardParameters,
    },
    {
      operation: 'BankCard4EVerification',
      check: 'bank-card-phone',
      materials: ['identity', 'bank-card', 'phone'],
      parameters: bankCardPhoneParameters,
    },
  ] as const satisfies readonly DigitCheck[]
).map(digitCheck);

function digitCheck({ operation, check, materials, parameters, refine }: DigitCheck): CheckOperation {
  const capability: Capability = {
    check,
    operation,
    materials,
    basis: 'authority',
    pictures: null,
    clip: null,
    queryable: false,
    billed: true,
    score: null,
  };
  return {
    capability,
    // A picture of the card along with name and number asks for the operation that reads it.
    serves: check === 'identity' ? (request) => request.materials.cardFront === undefined : always,
    call(request, settings) {
      const built = parameters(request, settings);
      if (!built.ok) return built;
      return ok({ service: 'faceid', action: operation, parameters: built.value, maxAnswerBytes: TEXT_ANSWER_BYTES });
    },
    read(response) {
      const answer = parsed(answerSchema, response);
      if (!answer) return null;
      const { Result: code, Description: message } = answer;
      const reading = { code, message, meaning: meaningOfDigit(operation, code) };
      return refine ? refine(reading, answer) : reading;
    },
  };
}

function identityParameters(request: CheckRequest): Result<{ IdCard: string; Name: string }, Failure> {
  const identity = identityOf(request);
  return identity.ok ? ok({ IdCard: identity.value.number, Name: identity.value.name }) : identity;
}

/** What the vendor wants for a card that is valid for ever. */
const LONG_TERM = '00000000';

function periodParameters(request: CheckRequest): Result<Parameters, Failure> {
  const identity = identityParameters(request);
  if (!identity.ok) return identity;
  const { validity } = request.materials;
  if (!validity) return err(failure('material.missing', 'validity'));
  const day = (text: string) => text.replaceAll('-', '');
  const end = validity.to === 'long-term' ? LONG_TERM : day(validity.to);
  return ok({ ...identity.value, ValidityBegin: day(validity.from), ValidityEnd: end });
}

function phoneParameters(request: CheckRequest, settings: TencentSettings): Result<Parameters, Failure> {
  const identity = identityParameters(request);
  if (!identity.ok) return identity;
  const { phone } = request.materials;
  if (phone === undefined) return err(failure('material.missing', 'phone'));
  return ok({ ...identity.value, Phone: phone, VerifyMode: settings.detailedPhoneAnswer === true ? '1' : '0' });
}

/** Which part differs, where the detailed answer was bought. */
const PHONE_DETAILS = new Set([
  'PhoneIdCardMismatch',
  'PhoneNameMismatch',
  'PhoneNameIdCardMismatch',
  'NameIdCardMismatch',
  'OtherMismatch',
]);

function refinePhone(reading: Reading, { ResultDetail: detail }: DigitAnswer): Reading {
  if (reading.meaning.reason !== 'phone.mismatch' || !PHONE_DETAILS.has(detail)) return reading;
  const meaning =
    detail === 'NameIdCardMismatch' ? ({ ...reading.meaning, reason: 'identity.mismatch' } as const) : reading.meaning;
  return { ...reading, meaning, detail };
}

function holderParameters(request: CheckRequest): Result<Parameters, Failure> {
  const identity = identityOf(request);
  if (!identity.ok) return identity;
  const { bankCard } = request.materials;
  if (bankCard === undefined) return err(failure('material.missing', 'bank-card'));
  return ok({ Name: identity.value.name, BankCard: bankCard });
}

/** The account was opened with a resident identity card. */
const IDENTITY_CARD = 0;

function bankCardParameters(request: CheckRequest): Result<Parameters, Failure> {
  const identity = identityParameters(request);
  if (!identity.ok) return identity;
  const { bankCard } = request.materials;
  if (bankCard === undefined) return err(failure('material.missing', 'bank-card'));
  return ok({ ...identity.value, BankCard: bankCard, CertType: IDENTITY_CARD });
}

function bankCardPhoneParameters(request: CheckRequest): Result<Parameters, Failure> {
  const card = bankCardParameters(request);
  if (!card.ok) return card;
  const { phone } = request.materials;
  if (phone === undefined) return err(failure('material.missing', 'phone'));
  return ok({ ...card.value, Phone: phone });
}
