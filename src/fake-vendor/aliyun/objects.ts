import type { FakeAccount } from '../contract.ts';
import { sha256Hex } from '../digests.ts';
import type { Admission, Decision, Reply, RequestHead, ScriptedCode, WholeRequest } from '../vendor-model.ts';
import { splitOnce } from './acs3-check.ts';
import { checkOss4 } from './oss4-check.ts';

export const OBJECT_OPERATIONS = ['PutObject', 'GetObject', 'HeadObject', 'DeleteObject'] as const;
const METHODS: Readonly<Record<string, string>> = {
  PUT: 'PutObject',
  GET: 'GetObject',
  HEAD: 'HeadObject',
  DELETE: 'DeleteObject',
};

const STATUSES: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  EntityTooLarge: 400,
  FileAlreadyExists: 409,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidSecurityToken: 403,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  RequestTimeTooSkewed: 403,
  ServiceBusy: 503,
  SignatureDoesNotMatch: 403,
  UserDisable: 403,
};
export const OBJECT_CODES = ['OK', ...Object.keys(STATUSES)];

/** Objects by bucket and name, in memory. */
export interface ObjectShelf {
  operationOf(head: RequestHead): string | null;
  admit(request: WholeRequest): Admission;
  decide(operation: string, scripted: ScriptedCode, request: WholeRequest): Decision;
  read(bucket: string, name: string): Buffer | null;
}

/**
 * An empty store that one account may use. Objects are addressed by path (`/bucket/name`), and nothing is ever billed.
 */
export function createObjectShelf(account: FakeAccount): ObjectShelf {
  const objects = new Map<string, Buffer>();
  return {
    operationOf: ({ method, url }) => (/^\/[^/?]+\/[^?]/.test(url) ? (METHODS[method] ?? null) : null),
    admit: (request) => {
      const operation = METHODS[request.method] ?? '';
      const code = checkOss4(request, account);
      const parameters = { key: keyOf(request.url) };
      if (code === null) return { operation, parameters, signature: 'accepted', refusal: null };
      return { operation, parameters, signature: code, refusal: { code, reply: xmlError(code) } };
    },
    decide: (operation, { code }, request) => {
      if (code !== null && code !== 'OK') return failed(code);
      return carryOut(objects, operation, request);
    },
    read: (bucket, name) => objects.get(`${bucket}/${name}`) ?? null,
  };
}

function keyOf(url: string): string {
  return decodeURIComponent(splitOnce(url, '?')[0].slice(1));
}

function carryOut(objects: Map<string, Buffer>, operation: string, request: WholeRequest): Decision {
  const key = keyOf(request.url);
  const stored = objects.get(key);
  switch (operation) {
    case 'PutObject':
      if (stored && request.headers['x-oss-forbid-overwrite'] === 'true') return failed('FileAlreadyExists');
      objects.set(key, request.body);
      return done({ status: 200, headers: { etag: `"${sha256Hex(request.body).slice(0, 32)}"` }, body: '' });
    case 'DeleteObject':
      objects.delete(key);
      return done({ status: 204, headers: {}, body: '' });
    default:
      if (!stored) return failed('NoSuchKey');
      return done({ status: 200, headers: {}, body: operation === 'GetObject' ? stored : '' });
  }
}

function failed(code: string): Decision {
  return { code, billed: false, reply: xmlError(code) };
}

function done(reply: Reply): Decision {
  return { code: 'OK', billed: false, reply };
}

function xmlError(code: string): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>refused</Message></Error>`;
  return { status: STATUSES[code] ?? 400, headers: { 'content-type': 'application/xml' }, body };
}
