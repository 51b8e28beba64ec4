import type { RetryClass } from '../../../shared/domain/verification.ts';
import type { FailureCode } from '../../../shared/reasons.ts';

/** What a code of the vendor says about the question that was asked. */
export type CodeMeaning =
  | { readonly kind: 'confirmed'; readonly billed: boolean | null }
  /** It works on it, or already has an answer: query. */
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'unconfirmed';
      readonly reason: FailureCode;
      readonly retry: RetryClass;
      readonly billed: boolean | null;
    };

export type CodeTable = Readonly<Record<string, CodeMeaning>>;

const confirmed: CodeMeaning = { kind: 'confirmed', billed: true };
const pending: CodeMeaning = { kind: 'pending' };

function no(reason: FailureCode, retry: RetryClass, billed: boolean | null = false): CodeMeaning {
  return { kind: 'unconfirmed', reason, retry, billed };
}

/** A code that isn't listed decides nothing, and may have been billed. */
const UNKNOWN: CodeMeaning = no('verifier.unknown-code', 'clerk', null);

const misconfigured = no('verifier.misconfigured', 'configuration');
const badRequest = no('request.invalid', 'configuration');
const vendorDown = no('source.unavailable', 'service', null);

/** Answers of the gateway before the service: signature, rate, rights. */
export const GATEWAY_CODES: CodeTable = {
  Throttling: no('verifier.throttled', 'throttle'),
  SignatureDoesNotMatch: misconfigured,
  IncompleteSignature: misconfigured,
  MissingAuthorization: misconfigured,
  MissingSecurityToken: misconfigured,
  MissingSignatureNonce: misconfigured,
  'InvalidAccessKeyId.NotFound': misconfigured,
  'InvalidAccessKeyId.Inactive': misconfigured,
  'InvalidSecurityToken.Expired': misconfigured,
  'InvalidSecurityToken.Malformed': misconfigured,
  'InvalidSecurityToken.MismatchWithAccessKey': misconfigured,
  InvalidTimeStamp: no('verifier.clock-skew', 'configuration'),
  'InvalidTimeStamp.Expired': no('verifier.clock-skew', 'configuration'),
  'InvalidTimeStamp.Format': no('verifier.clock-skew', 'configuration'),
  // Each call has its own nonce: one that is known already belongs to a copy of this call.
  SignatureNonceUsed: no('outcome.unknown', 'clerk', null),
  Forbidden: no('verifier.refused', 'configuration'),
  'Forbidden.RAM': no('verifier.refused', 'configuration'),
  NoPermission: no('verifier.refused', 'configuration'),
  MissingParameter: badRequest,
  InvalidParameter: badRequest,
  InvalidVersion: misconfigured,
  'InvalidAction.NotFound': misconfigured,
  ServiceUnavailable: vendorDown,
  InternalError: vendorDown,
};

/** `Code` of the operations of the financial series. */
export const OPERATION_CODES: CodeTable = {
  '400': badRequest,
  '401': badRequest,
  '402': misconfigured,
  '403': pending,
  '404': misconfigured,
  '406': no('verification.expired', 'clerk', null),
  '410': misconfigured,
  '411': no('verifier.refused', 'configuration'),
  '412': no('verifier.not-paid', 'configuration'),
  '414': no('verifier.unsupported', 'configuration'),
  '415': no('verifier.unsupported', 'configuration'),
  '416': no('verifier.unsupported', 'configuration'),
  '417': no('source.photo-unusable', 'none'),
  '418': no('quota.daily', 'tomorrow'),
  // `InitFaceVerify` judges the picture that comes along.
  '419': no('material.picture-unfit', 'capture'),
  '421': no('material.picture-unfit', 'capture'),
  '424': pending,
  '427': no('risk.policy', 'none'),
  '500': vendorDown,
};

/** Of videos, everything that doesn't fit is answered as a fault of the service. */
export const VIDEO_CODES: CodeTable = { ...OPERATION_CODES, '500': no('material.clip-unfit', 'capture', null) };

/** `SubCode` of a face verification whose `Code` is 200. */
export const SUB_CODES: CodeTable = {
  '200': confirmed,
  '201': no('identity.mismatch', 'none', true),
  '202': no('identity.not-found', 'none', null),
  '203': no('source.no-photo', 'none', null),
  '204': no('face.low-similarity', 'none', true),
  '205': no('liveness.spoof-suspected', 'none', true),
  '206': no('risk.policy', 'none', null),
  '207': no('face.low-similarity', 'none', true),
  '209': no('source.unavailable', 'service', null),
  // Answers to spoken questions, which only the vendor's own client asks.
  '220': no('liveness.wrong-action', 'none', null),
  '221': no('liveness.wrong-action', 'none', null),
  '222': no('liveness.wrong-action', 'none', null),
};

/** `StatusCode` of the version of 2018. What exactly failed stands in `AuditConclusions`, for people. */
export const STATUS_CODES: CodeTable = {
  '-1': no('verification.abandoned', 'service'),
  '0': pending,
  '1': confirmed,
  '2': no('face.low-similarity', 'none', true),
};

/** `VerifyStatus` of the version of 2019. */
export const VERIFY_STATUSES: CodeTable = {
  '-1': no('verification.abandoned', 'service'),
  '0': pending,
  '1': confirmed,
  '2': no('identity.mismatch', 'none', true),
  '3': no('identity.mismatch', 'none', true),
  '4': no('identity.mismatch', 'none', true),
  '5': no('document.expired', 'none', true),
  '6': no('face.low-similarity', 'none', true),
  '7': no('face.low-similarity', 'none', true),
  '8': no('document.copy', 'none', true),
  '9': no('face.low-similarity', 'none', true),
  '10': no('face.low-similarity', 'none', true),
  '11': no('source.no-photo', 'none', null),
  '12': no('source.unavailable', 'service', null),
};

/** Errors of the versions of 2018 and 2019. */
export const VERIFICATION_ERRORS: CodeTable = {
  'Error.InternalError': vendorDown,
  'Error.NoPermissionAccess': no('verifier.not-paid', 'configuration'),
  'InvalidParam.ParamMissing': badRequest,
  'InvalidParam.InvalidBiz': misconfigured,
  'InvalidParam.VerifyTokenExpired': no('verification.expired', 'service'),
  'InvalidParam.MaterialsEmpty': no('material.missing', 'configuration'),
  'InvalidParam.MaterialsNotValid': badRequest,
  'InvalidParam.RecordNotFound': no('verification.abandoned', 'service'),
  'Error.GetMaterialsError': vendorDown,
  'Error.SubmitMaterialsError': vendorDown,
  // The ticket is being worked on, or has passed.
  'Error.DuplicatedTicketId': pending,
  'Error.MaterialsUploadError': no('material.picture-unfit', 'capture'),
  'Error.MaterialsInsufficient': no('material.missing', 'configuration'),
  'Error.CompareFacesError': vendorDown,
  'Error.NoFaceDetected': no('capture.no-face', 'capture'),
  'InvalidParam.ImageTypeEmpty': badRequest,
  'InvalidParam.ImageTypeInvalid': badRequest,
  'InvalidParam.FacePicNotGiven': badRequest,
  'InvalidParam.ImageValuePatternError': badRequest,
  '3101': no('identity.mismatch', 'none', null),
  '3102': no('identity.not-found', 'none', null),
  '3103': no('identity.invalid', 'none', null),
};

/** `BizCode` of name and number, with or without the validity. */
export const IDENTITY_CODES: CodeTable = {
  '1': confirmed,
  '2': no('identity.mismatch', 'none', true),
  '3': no('identity.not-found', 'none'),
};

/** `BizCode` of a phone number. */
export const PHONE_CODES: CodeTable = {
  '1': confirmed,
  '2': no('phone.mismatch', 'none', true),
  '3': no('phone.not-found', 'none'),
};
/** `SubCode` of its detailed variant. */
export const PHONE_SUB_CODES: CodeTable = {
  '101': confirmed,
  '201': no('phone.mismatch', 'none', true),
  '202': no('phone.mismatch', 'none', true),
  '203': no('phone.mismatch', 'none', true),
  '204': no('phone.mismatch', 'none', true),
  '301': no('phone.not-found', 'none'),
};

const cardUnusable = no('bank-card.unusable', 'none', true);
const cardNotChecked = no('bank-card.not-checked', 'none');
/** `BizCode` of a bank card. */
export const BANK_CODES: CodeTable = {
  '1': confirmed,
  '2': no('bank-card.mismatch', 'none', true),
  '3': cardNotChecked,
};
/** `SubCode` of a bank card: 2xx is billed, 3xx isn't. */
export const BANK_SUB_CODES: CodeTable = {
  '101': confirmed,
  '201': no('bank-card.mismatch', 'none', true),
  '202': cardUnusable,
  '203': cardUnusable,
  '204': cardUnusable,
  '205': cardUnusable,
  '206': cardUnusable,
  '207': cardUnusable,
  '208': cardUnusable,
  '209': cardUnusable,
  '210': cardUnusable,
  '211': cardUnusable,
  '212': no('bank-card.not-checked', 'none', true),
  '213': cardUnusable,
  '214': no('bank-card.not-checked', 'none', true),
  '215': no('bank-card.mismatch', 'none', true),
  '216': cardUnusable,
  '301': cardNotChecked,
  '302': cardNotChecked,
  '303': cardNotChecked,
  '304': cardNotChecked,
  '305': cardNotChecked,
  '306': no('quota.daily', 'tomorrow'),
};

/** `Result` of a look for faces made by machines. */
export const FAKE_FACE_RESULTS: CodeTable = {
  '0': confirmed,
  '1': no('liveness.spoof-suspected', 'none', true),
  '2': no('risk.policy', 'none', true),
};

/** What a code means by the tables, the first that lists it; a family such as `Throttling.User` by its first part. */
export function meaningOf(code: string, ...tables: readonly CodeTable[]): CodeMeaning {
  const throttled = code.startsWith('Throttling.') ? 'Throttling' : code;
  const table = tables.find((candidate) => Object.hasOwn(candidate, throttled));
  return table?.[throttled] ?? UNKNOWN;
}
