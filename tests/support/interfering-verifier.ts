import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import { KV1_HEADERS, type Health } from '../../src/shared/protocol/kv1.ts';
import { createSessionModel, type SessionModel } from './session-model.ts';
import {
  problemAnswer,
  signedHeaders,
  signingKey,
  type AnswerHeaders,
  type PlainAnswer,
  type SeenRequest,
  type SigningKey,
} from './signed-answers.ts';

export interface WireTools {
  readonly response: ServerResponse;
  readonly key: SigningKey;
  /** Headers that sign a body for the request at hand, by another key or for another request if one is given. */
  readonly signed: (
    status: number,
    body: string,
    changes?: { readonly key?: SigningKey; readonly requestSignature?: string | null },
  ) => AnswerHeaders;
}

/** Changes an honest answer; null when it has dealt with the response itself. */
export type Interference = (request: SeenRequest, honest: PlainAnswer, tools: WireTools) => PlainAnswer | null;

export interface InterferingVerifier {
  readonly address: string;
  /** What a device pinned. */
  readonly key: SigningKey;
  readonly model: SessionModel;
  readonly seen: SeenRequest[];
  interfere: Interference;
  /** Milliseconds that are added to the real time. */
  clockOffsetMs: number;
  /** Signs from now on by another key, and lists these keys. */
  changeKey(key: SigningKey, listed: Health['serverKeys']): void;
  close(): Promise<void>;
}

/** A verifier that answers sessions from memory, honestly unless a test interferes. It checks no request signatures. */
export async function startInterferingVerifier(key = signingKey('server-test:k1')): Promise<InterferingVerifier> {
  const model = createSessionModel(key);
  const seen: SeenRequest[] = [];
  let signer = key;
  let listed: Health['serverKeys'];

  function health(serverTimeMs: number): PlainAnswer {
    const names = { service: 'countersign-verifier', protocol: 'kv1', serverTimeMs };
    return { status: 200, value: { ...names, serverKeyId: signer.keyId, serverKey: signer.jwk, serverKeys: listed } };
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = message;
    const request: SeenRequest = { method, url, headers, body: Buffer.concat(chunks) };
    seen.push(request);
    const nowMs = Date.now() + self.clockOffsetMs;
    const bound = headers[KV1_HEADERS.signature];
    const requestSignature = typeof bound === 'string' ? bound : null;
    const tools: WireTools = {
      response,
      key: signer,
      signed: (status, body, changes = {}) =>
        signedHeaders(status, body, nowMs, { key: signer, requestSignature, ...changes }),
    };
    const honest =
      url === '/v1/health' ? health(nowMs) : isTimely(request, nowMs) ? await model.answer(request) : skew(nowMs);
    const plain = self.interfere(request, honest, tools);
    if (plain === null) return;
    const body = plain.status === 304 ? '' : canonicalJson(plain.value);
    response.writeHead(plain.status, { ...plain.headers, ...tools.signed(plain.status, body) }).end(body);
  }

  const server = createServer((message, response) => {
    answer(message, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const self: InterferingVerifier = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    model,
    seen,
    interfere: (_request, honest) => honest,
    clockOffsetMs: 0,
    changeKey: (next, keys) => {
      signer = next;
      listed = keys;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}

function isTimely({ headers }: SeenRequest, nowMs: number): boolean {
  const created = /;created=(\d+)/.exec(String(headers[KV1_HEADERS.signatureInput] ?? ''))?.[1];
  return created === undefined || Math.abs(Number(created) * 1_000 - nowMs) <= 300_000;
}

function skew(serverTimeMs: number): PlainAnswer {
  return problemAnswer(401, 'clock_skew', { retryable: true, serverTimeMs });
}
