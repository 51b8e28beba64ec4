import { KV1_LIMITS, PROBLEM_CODES } from '../../shared/protocol/kv1.ts';
import { SESSION_LIMITS } from '../../shared/protocol/kv1-sessions.ts';
import { problem } from '../problems.ts';
import type { ApiOperation } from './api-operation.ts';
import { API_SECTIONS } from './api-operations.ts';
import { apiSchemas } from './api-schemas.ts';

/** An OpenAPI 3.1 document, as far as it is read here. */
export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiDocumentOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly [part: string]: unknown;
  };
}

export interface ApiDocumentOperation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly operationId: string;
  readonly [member: string]: unknown;
}

const DESCRIPTION = `Between kiosks and the verifier. Requests of devices are signed (RFC 9421, Ed25519) over method, target URI, Content-Digest, KV-Seq and, with a body, Content-Type and Idempotency-Key; operators send a bearer token. Every answer that has all of its body at once is signed by the verifier. Errors are problem details (RFC 9457). JSON bodies have at most ${KV1_LIMITS.bodyBytes} bytes, pieces of artifacts ${SESSION_LIMITS.pieceBytes}.`;

let made: ApiDocument | null = null;

/** The description of the verifier's interface, made from the schemas that also parse its messages. */
export function apiDocument(): ApiDocument {
  made ??= makeDocument();
  return made;
}

function makeDocument(): ApiDocument {
  const paths: Record<string, Record<string, ApiDocumentOperation>> = {};
  for (const { name, operations } of API_SECTIONS) {
    for (const operation of operations) {
      paths[operation.path] = { ...paths[operation.path], [operation.method]: operationOf(name, operation) };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Countersign verifier', version: 'kv1', description: DESCRIPTION },
    tags: API_SECTIONS.map(({ name }) => ({ name })),
    paths,
    components: {
      schemas: apiSchemas(),
      responses: { Problem: problemAnswer() },
      securitySchemes: {
        device: {
          type: 'apiKey',
          in: 'header',
          name: 'signature',
          description: "RFC 9421 signature labelled kv1 by the device's key; nonce, KV-Seq and time make it good once.",
        },
        operator: { type: 'http', scheme: 'bearer', description: 'Token of an operator of the verifier.' },
      },
    },
  };
}

function operationOf(section: string, operation: ApiOperation): ApiDocumentOperation {
  const { method, path, summary, parameters = [], also = {} } = operation;
  const others = Object.entries(also).map(([status, description]) => [status, { description }]);
  const fromPath = parameters.map((parameter) => ({
    ...parameter,
    required: parameter.in === 'path' || /needed$/.test(parameter.description),
  }));
  return {
    tags: [section],
    summary,
    operationId: operationIdOf(method, path),
    security: securityOf(operation),
    ...(parameters.length === 0 ? {} : { parameters: fromPath }),
    ...(operation.body === undefined ? {} : { requestBody: bodyOf(operation.body) }),
    responses: {
      '200': { description: 'Done', content: contentOf(operation.answer) },
      ...Object.fromEntries(others),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function operationIdOf(method: string, path: string): string {
  const words = path.replace(/^\/v1\//, '').match(/[A-Za-z]+/g) ?? ['status'];
  return [method, ...words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)].join('');
}

function securityOf({ asker }: ApiOperation): readonly Record<string, readonly string[]>[] {
  if (asker === 'anybody') return [];
  if (asker === 'device-or-operator') return [{ device: [] }, { operator: [] }];
  return [{ [asker]: [] }];
}

function bodyOf(body: NonNullable<ApiOperation['body']>): unknown {
  const content =
    body === 'piece'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: { $ref: `#/components/schemas/${body}` } } };
  return { required: true, content };
}

function contentOf(answer: ApiOperation['answer']): unknown {
  if (answer === 'text') return { 'text/plain': { schema: { type: 'string' } } };
  if (answer === 'page') return { 'text/html': { schema: { type: 'string' } } };
  const schema = answer === 'object' ? { type: 'object' } : { $ref: `#/components/schemas/${answer}` };
  return { 'application/json': { schema } };
}

function problemAnswer(): unknown {
  const rows = PROBLEM_CODES.map((code) => {
    const { status, title } = problem(code);
    return `- \`${code}\` (${status}): ${title}`;
  });
  return {
    description: `Problem details (RFC 9457), by code:\n\n${rows.join('\n')}`,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}
