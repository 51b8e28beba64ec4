import { codeTable, FREE, group, type CodeMeaning } from './code-meaning.ts';

/** Errors about keys, contract, parameters and load, the same at every service. Nothing is billed for them. */
export const ACCOUNT_ERRORS = codeTable(
  group('verifier.clock-skew', 'configuration', FREE, ['AuthFailure.SignatureExpire']),
  group('verifier.not-paid', 'configuration', FREE, [
    'UnauthorizedOperation.Arrears',
    'UnauthorizedOperation.ChargeStatusException',
    'ResourceUnavailable.InArrears',
    'ResourceUnavailable.LowBalance',
    'ResourceUnavailable.ChargeStatusException',
    'ResourceUnavailable.ResourcePackageRunOut',
    'ResourceUnavailable.StopUsing',
    'ResourcesSoldOut.ChargeStatusException',
  ]),
  group('verification.expired', 'configuration', FREE, ['InvalidParameterValue.BizTokenExpired']),
  group('capture.no-face', 'capture', FREE, ['InvalidParameterValue.NoFaceInPhoto']),
  group('material.picture-unfit', 'capture', FREE, [
    'InvalidParameterValue.ImageEmpty',
    'InvalidParameterValue.ImageEmptyError',
    'InvalidParameter.EngineImageDecodeFailed',
    'LimitExceeded.TooLargeFileError',
  ]),
);

const ACCOUNT: CodeMeaning = { reason: 'verifier.misconfigured', retry: 'configuration', billed: FREE };
const SERVICE: CodeMeaning = { reason: 'source.unavailable', retry: 'service', billed: FREE };
const THROTTLE: CodeMeaning = { reason: 'verifier.throttled', retry: 'throttle', billed: FREE };

/**
 * Families whose members all mean the same unless the table above names them: `InvalidParameter` and
 * `InvalidParameter.Anything`. `FailedOperation` is none: its members are verdicts.
 */
export const ERROR_FAMILIES: ReadonlyMap<string, CodeMeaning> = new Map([
  ['AuthFailure', ACCOUNT],
  ['UnauthorizedOperation', ACCOUNT],
  ['OperationDenied', ACCOUNT],
  ['InvalidParameter', ACCOUNT],
  ['InvalidParameterValue', ACCOUNT],
  ['MissingParameter', ACCOUNT],
  ['UnknownParameter', ACCOUNT],
  ['InvalidRequest', ACCOUNT],
  ['RequestSizeLimitExceeded', ACCOUNT],
  ['InvalidAction', ACCOUNT],
  ['NoSuchVersion', ACCOUNT],
  ['NoSuchProduct', ACCOUNT],
  ['ActionOffline', ACCOUNT],
  ['UnsupportedOperation', ACCOUNT],
  ['UnsupportedProtocol', ACCOUNT],
  ['UnsupportedRegion', ACCOUNT],
  ['ResourceUnavailable', ACCOUNT],
  ['ResourceNotFound', ACCOUNT],
  ['InternalError', SERVICE],
  ['ServiceUnavailable', SERVICE],
  ['RequestLimitExceeded', THROTTLE],
  ['LimitExceeded', THROTTLE],
]);
