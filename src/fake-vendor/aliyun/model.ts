import type { FakeAccount } from '../contract.ts';
import { sha256Hex } from '../digests.ts';
import { jsonReply, type Admission, type Reply, type VendorModel, type WholeRequest } from '../vendor-model.ts';
import { checkAcs3, splitOnce, type UsedNonces } from './acs3-check.ts';
import { createCaseMemory } from './case-memory.ts';
import { COMMON_ERRORS, HTTP_ERRORS } from './codes.ts';
import { FINANCIAL_OPERATIONS, refused } from './financial-operations.ts';
import { IDENTITY_OPERATIONS } from './identity-operations.ts';
import { createObjectShelf, OBJECT_CODES, OBJECT_OPERATIONS } from './objects.ts';
import type { AliyunAnswer, AliyunOperation, Parameters } from './operation.ts';
import { OTHER_OPERATIONS } from './other-operations.ts';
import { checkRpc } from './rpc-check.ts';
import { httpError, TOKEN_OPERATIONS } from './token-operations.ts';

const OPERATIONS: Readonly<Record<string, AliyunOperation>> = {
  ...FINANCIAL_OPERATIONS,
  ...IDENTITY_OPERATIONS,
  ...TOKEN_OPERATIONS,
  ...OTHER_OPERATIONS,
};

/** How long a throttled caller is told to wait. */
const RETRY_AFTER_MS = 2000;

/** Aliyun's cloudauth, and the object store at the same address: a path of a bucket and a name asks for an object. */
export function createAliyunModel(account: FakeAccount): VendorModel {
  const memory = createCaseMemory();
  const shelf = createObjectShelf(account);
  const nonces: UsedNonces = new Map();
  return {
    name: 'aliyun',
    operations: [...Object.keys(OPERATIONS), ...OBJECT_OPERATIONS],
    codesOf: (name) => {
      const operation = OPERATIONS[name];
      return operation ? [...new Set([...operation.codes, ...COMMON_ERRORS])] : OBJECT_CODES;
    },
    operationOf: (head) => shelf.operationOf(head) ?? head.headers['x-acs-action'] ?? null,
    admit: (request) => (shelf.operationOf(request) ? shelf.admit(request) : admit(request, account, nonces)),
    decide: ({ operation: name, parameters }, scripted, request) => {
      const operation = OPERATIONS[name];
      if (!operation) return shelf.decide(name, scripted, request);
      const common = scripted.code !== null && COMMON_ERRORS.includes(scripted.code);
      const answer = common
        ? httpError(scripted.code)
        : operation.answer({
            parameters: parameters as Parameters,
            version: versionOf(request, parameters as Parameters),
            scripted: scripted.code,
            memory,
            request,
            account,
            storedObject: (bucket, object) => shelf.read(bucket, object),
          });
      return { code: answer.code, billed: answer.billed, reply: reply(answer, request) };
    },
  };
}

function admit(request: WholeRequest, account: FakeAccount, nonces: UsedNonces): Admission {
  const parameters = parametersOf(request);
  const name = request.headers['x-acs-action'] ?? parameters['Action'] ?? '';
  const isRpc = request.headers['x-acs-action'] === undefined && parameters['Signature'] !== undefined;
  const code = isRpc ? checkRpc(request, parameters, account, nonces) : checkAcs3(request, account, nonces);
  const refusal = (answer: AliyunAnswer): Admission['refusal'] => ({
    code: answer.code,
    reply: reply(answer, request),
  });
  if (code !== null) return { operation: name, parameters, signature: code, refusal: refusal(httpError(code)) };
  const fault = formFault(name, versionOf(request, parameters), parameters);
  return { operation: name, parameters, signature: 'accepted', refusal: fault === null ? null : refusal(fault) };
}

function versionOf({ headers }: WholeRequest, parameters: Parameters): string {
  return headers['x-acs-version'] ?? parameters['Version'] ?? '';
}

function formFault(name: string, version: string, parameters: Parameters): AliyunAnswer | null {
  const operation = OPERATIONS[name];
  if (!operation) return httpError('InvalidAction.NotFound');
  if (!operation.versions.some((known) => known === version)) return httpError('InvalidVersion');
  const missing = operation.required.find((required) => (parameters[required] ?? '') === '');
  if (missing === undefined) return null;
  const { missing: form } = operation;
  return form === '400' ? refused('400', `${missing} is missing`) : httpError(form, `${missing} is missing`);
}

/** Of the query and of a form body; both are allowed, and what stands in the query can be read by every proxy. */
function parametersOf({ url, headers, body }: WholeRequest): Parameters {
  const query = new URLSearchParams(splitOnce(url, '?')[1]);
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const form = new URLSearchParams(isForm ? body.toString('utf8') : '');
  return Object.fromEntries([...query, ...form]);
}

function reply({ code, status = 200, fields }: AliyunAnswer, request: WholeRequest): Reply {
  const RequestId = requestId(request);
  const host = HTTP_ERRORS[code] === undefined ? {} : { HostId: request.headers['host'] ?? '' };
  const wait = code.startsWith('Throttling') ? { 'x-acs-retry-after': String(RETRY_AFTER_MS) } : {};
  return jsonReply({ RequestId, ...host, ...fields }, status, { 'x-acs-request-id': RequestId, ...wait });
}

function requestId({ headers, body, atMs }: WholeRequest): string {
  const hex = sha256Hex(`${headers['authorization'] ?? ''}${body.length}${atMs}`).toUpperCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
