import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { checkOss4 } from '../../src/fake-vendor/aliyun/oss4-check.ts';

export const OSS_TEST_KEYS = { id: 'oss-test-id', secret: 'oss-test-secret' };
const BUCKET = 'faces';

export interface OssServer {
  readonly endpoint: string;
  readonly bucket: string;
  /** By name, with the bucket before it. */
  readonly objects: ReadonlyMap<string, { readonly bytes: Buffer; readonly headers: IncomingMessage['headers'] }>;
  /** Method and name of each request, with what it was answered. */
  readonly calls: readonly string[];
  stop(): Promise<void>;
}

/**
 * An object store that checks every signature by itself, every MD5, and takes no object over another. A request that
 * `answerOf` has a status for is answered with that alone.
 */
export async function startOssServer(answerOf: (method: string) => number | null = () => null): Promise<OssServer> {
  const objects = new Map<string, { bytes: Buffer; headers: IncomingMessage['headers'] }>();
  const calls: string[] = [];
  const server = createServer((request, response) => {
    void whole(request).then((body) => {
      const { status, headers, text } = answer(request, body);
      calls.push(`${request.method ?? ''} ${nameOf(request)} ${status}`);
      response.writeHead(status, headers).end(text);
    });
  });

  function answer(request: IncomingMessage, body: Buffer): Answer {
    const method = request.method ?? '';
    const forced = answerOf(method);
    if (forced !== null) return { status: forced, headers: { location: 'http://127.0.0.1:1/' }, text: '' };
    const complaint = complaintOf(request, body);
    if (complaint) return refused(403, complaint);
    const name = nameOf(request);
    const stored = objects.get(name);
    if (method === 'PUT') {
      if (stored && request.headers['x-oss-forbid-overwrite'] === 'true') return refused(409, 'FileAlreadyExists');
      objects.set(name, { bytes: body, headers: request.headers });
      return { status: 200, headers: { etag: tagOf(body) }, text: '' };
    }
    if (method === 'DELETE') objects.delete(name);
    if (method === 'DELETE' || !stored) return { status: method === 'DELETE' ? 204 : 404, headers: {}, text: '' };
    const meta = { 'x-oss-meta-sha256': String(stored.headers['x-oss-meta-sha256']) };
    return { status: 200, headers: { etag: tagOf(stored.bytes), ...meta }, text: '' };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    bucket: BUCKET,
    objects,
    calls,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

function complaintOf(request: IncomingMessage, body: Buffer): string | null {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const { method = '', url = '' } = request;
  const account = { accessKeyId: OSS_TEST_KEYS.id, secretAccessKey: OSS_TEST_KEYS.secret };
  const code = checkOss4({ method, url, headers, body, atMs: Date.now() }, account);
  if (code !== null || method !== 'PUT') return code;
  const md5 = createHash('md5').update(body).digest('base64');
  return headers['content-md5'] === md5 ? null : 'InvalidDigest';
}

function refused(status: number, code: string): Answer {
  return { status, headers: {}, text: `<Error><Code>${code}</Code><Message>secret words</Message></Error>` };
}

function nameOf(request: IncomingMessage): string {
  return decodeURIComponent((request.url ?? '').slice(1));
}

function tagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex').toUpperCase()}"`;
}

async function whole(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}
