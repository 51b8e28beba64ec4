/**
 * Every code that the vendor documents, by the table of it, with what it means in one word. It is written down from
 * the vendor's pages and not from the tables that are tested.
 */
type Meaning = 'passed' | 'failed' | 'review' | 'error' | 'pending';
type Codes = Readonly<Record<string, Meaning>>;

function each(meaning: Meaning, codes: string): Codes {
  return Object.fromEntries(codes.split(' ').map((code) => [code, meaning]));
}

export const REFERENCE_CODES = {
  GATEWAY_CODES: each(
    'error',
    'Throttling SignatureDoesNotMatch IncompleteSignature MissingAuthorization MissingSecurityToken ' +
      'MissingSignatureNonce InvalidAccessKeyId.NotFound InvalidAccessKeyId.Inactive InvalidSecurityToken.Expired ' +
      'InvalidSecurityToken.Malformed InvalidSecurityToken.MismatchWithAccessKey InvalidTimeStamp ' +
      'InvalidTimeStamp.Expired InvalidTimeStamp.Format SignatureNonceUsed Forbidden Forbidden.RAM NoPermission ' +
      'MissingParameter InvalidParameter InvalidVersion InvalidAction.NotFound ServiceUnavailable InternalError',
  ),
  OPERATION_CODES: {
    ...each('error', '400 401 402 404 406 410 411 412 414 415 416 418 419 421 500'),
    ...each('pending', '403 424'),
    ...each('review', '417 427'),
  },
  VIDEO_CODES: {
    ...each('error', '400 401 402 404 406 410 411 412 414 415 416 418 419 421 500'),
    ...each('pending', '403 424'),
    ...each('review', '417 427'),
  },
  SUB_CODES: {
    '200': 'passed',
    ...each('failed', '201 204 205 207 220 221 222'),
    ...each('review', '202 203 206'),
    '209': 'error',
  },
  STATUS_CODES: { '-1': 'error', '0': 'pending', '1': 'passed', '2': 'failed' },
  VERIFY_STATUSES: {
    '-1': 'error',
    '0': 'pending',
    '1': 'passed',
    ...each('failed', '2 3 4 6 7 9 10'),
    ...each('review', '5 8 11'),
    '12': 'error',
  },
  VERIFICATION_ERRORS: {
    ...each(
      'error',
      'Error.InternalError Error.NoPermissionAccess InvalidParam.ParamMissing InvalidParam.InvalidBiz ' +
        'InvalidParam.VerifyTokenExpired InvalidParam.MaterialsEmpty InvalidParam.MaterialsNotValid ' +
        'InvalidParam.RecordNotFound Error.GetMaterialsError Error.SubmitMaterialsError Error.MaterialsUploadError ' +
        'Error.MaterialsInsufficient Error.CompareFacesError Error.NoFaceDetected InvalidParam.ImageTypeEmpty ' +
        'InvalidParam.ImageTypeInvalid InvalidParam.FacePicNotGiven InvalidParam.ImageValuePatternError',
    ),
    'Error.DuplicatedTicketId': 'pending',
    '3101': 'failed',
    '3102': 'review',
    '3103': 'failed',
  },
  IDENTITY_CODES: { '1': 'passed', '2': 'failed', '3': 'review' },
  PHONE_CODES: { '1': 'passed', '2': 'failed', '3': 'review' },
  PHONE_SUB_CODES: { '101': 'passed', ...each('failed', '201 202 203 204'), '301': 'review' },
  BANK_CODES: { '1': 'passed', '2': 'failed', '3': 'review' },
  BANK_SUB_CODES: {
    '101': 'passed',
    ...each('failed', '201 202 203 204 205 206 207 208 209 210 211 213 215 216'),
    ...each('review', '212 214 301 302 303 304 305'),
    '306': 'error',
  },
  FAKE_FACE_RESULTS: { '0': 'passed', '1': 'failed', '2': 'review' },
} as const satisfies Readonly<Record<string, Codes>>;
