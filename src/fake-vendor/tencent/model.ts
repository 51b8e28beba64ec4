import type { FakeAccount } from '../contract.ts';
import { sha256Hex } from '../digests.ts';
import {
  jsonReply,
  type Admission,
  type Decision,
  type Reply,
  type VendorModel,
  type WholeRequest,
} from '../vendor-model.ts';
import { ERROR_CODES } from './codes.ts';
import { FACE_OPERATIONS } from './face-operations.ts';
import { HOSTED_OPERATIONS } from './hosted-operations.ts';
import { IDENTITY_OPERATIONS } from './identity-operations.ts';
import { createTokenMemory, isErrorCode, type Fields, type Parameters, type TencentOperation } from './operation.ts';
import { READING_OPERATIONS } from './reading-operations.ts';
import { checkTc3 } from './tc3-check.ts';

const OPERATIONS: Readonly<Record<string, TencentOperation>> = {
  ...FACE_OPERATIONS,
  ...IDENTITY_OPERATIONS,
  ...READING_OPERATIONS,
  ...HOSTED_OPERATIONS,
};

/** Tencent Cloud's faceid, iai and ocr behind one address: what is asked for stands in `X-TC-Action`. */
export function createTencentModel(account: FakeAccount): VendorModel {
  const memory = createTokenMemory();
  return {
    name: 'tencent',
    operations: Object.keys(OPERATIONS),
    codesOf: (name) => {
      const operation = OPERATIONS[name];
      return operation ? [...new Set([...operation.fieldCodes, ...operation.errorCodes, ...ERROR_CODES])] : [];
    },
    operationOf: ({ headers }) => headers['x-tc-action'] ?? '',
    admit: (request) => admit(request, account),
    decide: ({ operation: name, parameters }, scripted, request): Decision => {
      const operation = OPERATIONS[name];
      if (!operation) return refused('InvalidAction', request);
      const code = scripted.code ?? operation.success;
      if (scripted.form === 'error' || !isField(operation, code)) return refused(code, request);
      const answer = operation.answer(parameters, code, memory, request);
      if (isErrorCode(answer)) return refused(answer.error, request);
      return { code, billed: operation.billed.includes(code), reply: answerReply(answer, request) };
    },
  };
}

/** Codes of the operation, numbers and unheard-of failures of the same kind come as a field. */
function isField({ fieldCodes, success }: TencentOperation, code: string): boolean {
  if (fieldCodes.includes(code) || /^-?\d+(\.\d+)?$/.test(code)) return true;
  return success === 'Success' && fieldCodes.length > 1 && code.startsWith('FailedOperation.');
}

function admit(request: WholeRequest, account: FakeAccount): Admission {
  const name = request.headers['x-tc-action'] ?? '';
  const parameters = parametersOf(request);
  const problem = checkTc3(request, account);
  if (problem) return admission(name, parameters ?? {}, problem.code, refusal(problem.code, problem.message, request));
  const operation = OPERATIONS[name];
  const fault = operation ? formFault(operation, parameters, request) : 'InvalidAction';
  return admission(name, parameters ?? {}, 'accepted', fault === null ? null : refusal(fault, fault, request));
}

function admission(
  operation: string,
  parameters: Parameters,
  signature: string,
  refusalOrNull: Admission['refusal'],
): Admission {
  return { operation, parameters, signature, refusal: refusalOrNull };
}

function refusal(code: string, message: string, request: WholeRequest): NonNullable<Admission['refusal']> {
  return { code, reply: errorReply(code, message, request) };
}

/** The vendor refuses what it doesn't know, what is missing and another version. */
function formFault(operation: TencentOperation, parameters: Parameters | null, request: WholeRequest): string | null {
  if (request.headers['x-tc-version'] === undefined) return 'MissingParameter';
  if (request.headers['x-tc-version'] !== operation.version) return 'NoSuchVersion';
  if (parameters === null) return 'InvalidParameter';
  const { required, optional, oneOf = [] } = operation;
  if (Object.keys(parameters).some((name) => !required.includes(name) && !optional.includes(name))) {
    return 'UnknownParameter';
  }
  const given = (name: string): boolean => parameters[name] !== undefined && parameters[name] !== '';
  return required.every(given) && oneOf.every((names) => names.some(given)) ? null : 'MissingParameter';
}

function parametersOf({ body }: WholeRequest): Parameters | null {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Parameters) : null;
  } catch {
    return null;
  }
}

function refused(code: string, request: WholeRequest): Decision {
  return { code, billed: false, reply: errorReply(code, `refused with ${code}`, request) };
}

/** Errors come with HTTP status 200, as everything does. */
function errorReply(code: string, message: string, request: WholeRequest): Reply {
  return answerReply({ Error: { Code: code, Message: message } }, request);
}

function answerReply(fields: Fields, request: WholeRequest): Reply {
  return jsonReply({ Response: { ...fields, RequestId: requestId(request) } }, 200, traceHeaders(request));
}

function traceHeaders({ headers }: WholeRequest): Record<string, string> {
  const trace = headers['x-tc-traceid'];
  return trace === undefined ? {} : { 'x-tc-traceid': trace };
}

/** Made of the request, so that a test that repeats it sees the same. */
function requestId({ headers, body, atMs }: WholeRequest): string {
  const hex = sha256Hex(`${headers['authorization'] ?? ''}${body.length}${atMs}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
