/** `Code` of the financial-grade operations besides 200. */
export const FINANCIAL_CODES = [
  '400',
  '401',
  '402',
  '403',
  '404',
  '406',
  '410',
  '411',
  '412',
  '414',
  '415',
  '416',
  '417',
  '418',
  '419',
  '421',
  '424',
  '427',
  '500',
] as const;

/** `ResultObject.SubCode` of a face verification; 200 is a pass. */
export const FACE_SUB_CODES = [
  '200',
  '201',
  '202',
  '203',
  '204',
  '205',
  '206',
  '207',
  '209',
  '220',
  '221',
  '222',
] as const;

/** Decided by the authority, so billed; the others ended before or without it. */
export const BILLED_FACE_SUB_CODES = ['200', '201', '204', '205', '206', '207', '220', '221', '222'] as const;

/** `ResultObject.SubCode` of a bank card that doesn't match (`BizCode` 2), and of one that wasn't checked (3). */
export const BANK_REFUTED = [
  '201',
  '202',
  '203',
  '204',
  '205',
  '206',
  '207',
  '208',
  '209',
  '210',
  '211',
  '212',
  '213',
  '214',
  '215',
  '216',
] as const;
export const BANK_UNCHECKED = ['301', '302', '303', '304', '305', '306'] as const;

/** `VerifyStatus` of the operations of 2019. */
export const VERIFY_STATUSES = ['-1', '1', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;

/** `StatusCode` of the operations of 2018. */
export const STATUS_CODES = ['-1', '0', '1', '2'] as const;

/** Errors as HTTP statuses, with the status that belongs to them. */
export const HTTP_ERRORS: Readonly<Record<string, number>> = {
  'Error.InternalError': 500,
  'Error.NoPermissionAccess': 403,
  'Error.DuplicatedTicketId': 403,
  'Error.MaterialsInsufficient': 403,
  'Error.MaterialsUploadError': 500,
  'Error.SubmitMaterialsError': 500,
  'InvalidParam.InvalidBiz': 400,
  'InvalidParam.MaterialsEmpty': 400,
  'InvalidParam.MaterialsNotValid': 403,
  'InvalidParam.ParamMissing': 400,
  'InvalidParam.VerifyTokenExpired': 400,
  'Error.CompareFacesError': 500,
  'Error.NoFaceDetected': 403,
  'InvalidParam.FacePicNotGiven': 400,
  'InvalidParam.ImageTypeEmpty': 400,
  'InvalidParam.ImageTypeInvalid': 400,
  'InvalidParam.ImageValuePatternError': 400,
  '3101': 400,
  '3102': 400,
  '3103': 400,
  'Forbidden.RAM': 403,
  IncompleteSignature: 400,
  InternalError: 500,
  'InvalidAccessKeyId.Inactive': 400,
  'InvalidAccessKeyId.NotFound': 404,
  'InvalidAction.NotFound': 404,
  InvalidParameter: 400,
  'InvalidSecurityToken.Expired': 400,
  'InvalidSecurityToken.MismatchWithAccessKey': 400,
  'InvalidTimeStamp.Expired': 400,
  'InvalidTimeStamp.Format': 400,
  InvalidVersion: 404,
  MissingAuthorization: 400,
  MissingSecurityToken: 400,
  MissingSignatureNonce: 400,
  NoPermission: 403,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 400,
  SignatureNonceUsed: 400,
  Throttling: 400,
  'Throttling.Api': 400,
  'Throttling.User': 400,
};

/** What any signed call can be refused with. */
export const COMMON_ERRORS = Object.keys(HTTP_ERRORS).filter((code) => !/^(Error|InvalidParam)\.|^\d/.test(code));

const EARLY_ERRORS = ['Error.InternalError', 'Error.NoPermissionAccess', 'InvalidParam.ParamMissing'] as const;
export const TICKET_ERRORS = [...EARLY_ERRORS, 'InvalidParam.InvalidBiz'] as const;
/** Of comparing two pictures. */
export const COMPARISON_ERRORS = [
  ...EARLY_ERRORS,
  'Error.CompareFacesError',
  'Error.NoFaceDetected',
  'InvalidParam.FacePicNotGiven',
  'InvalidParam.ImageTypeEmpty',
  'InvalidParam.ImageTypeInvalid',
  'InvalidParam.ImageValuePatternError',
] as const;
export const MATERIAL_ERRORS = [
  ...TICKET_ERRORS,
  'InvalidParam.VerifyTokenExpired',
  'InvalidParam.MaterialsEmpty',
  'InvalidParam.MaterialsNotValid',
  'Error.DuplicatedTicketId',
  'Error.MaterialsInsufficient',
  'Error.MaterialsUploadError',
  'Error.SubmitMaterialsError',
] as const;
export const IDENTITY_ERRORS = ['3101', '3102', '3103'] as const;
