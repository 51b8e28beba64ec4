import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PassingMessage {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Tampering {
  /** Changes the body of a request on its way. */
  changeRequest?: (body: Buffer) => Buffer;
  /** Changes, drops (null) or invents the answer. */
  changeAnswer?: (answer: PassingMessage) => PassingMessage | null;
  /** Answers by itself instead of passing the request on. */
  answerInstead?: () => PassingMessage;
  /** Never answers. */
  hang?: boolean;
}

export interface TamperingProxy {
  readonly address: string;
  /** What it does from now on; an empty object passes everything on. */
  tampering: Tampering;
  /** Requests that arrived, as sent. */
  readonly seen: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
  }[];
  close(): Promise<void>;
}

/** A middlebox between a device and its verifier. It keeps the host name of the request, as a transparent one does. */
export async function startTamperingProxy(upstream: string): Promise<TamperingProxy> {
  const target = new URL(upstream);
  const server = createServer();
  const proxy: TamperingProxy = {
    address: await listen(server),
    tampering: {},
    seen: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('request', (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = 'GET', url = '/', headers } = incoming;
      proxy.seen.push({ method, path: url, headers, body });
      const { changeRequest, changeAnswer, answerInstead, hang } = proxy.tampering;
      const send = (answer: PassingMessage | null): void => {
        if (answer === null) return void outgoing.destroy();
        outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
        outgoing.end(answer.body);
      };
      if (hang === true) return;
      if (answerInstead) return send(answerInstead());
      const changed = changeRequest ? changeRequest(body) : body;
      void passOn(target, method, url, { ...headers, 'content-length': String(changed.length) }, changed).then(
        (answer) => send(changeAnswer ? changeAnswer(answer) : answer),
      );
    });
  });
  return proxy;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends a request exactly as given, signatures included. */
export function passOn(
  target: URL,
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<PassingMessage> {
  return new Promise((resolve, reject) => {
    const upstream = request({ host: target.hostname, port: target.port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const passed = { ...answer.headers };
        delete passed['transfer-encoding'];
        resolve({ status: answer.statusCode ?? 0, headers: passed, body: Buffer.concat(chunks) });
      });
    });
    upstream.on('error', reject);
    upstream.end(body);
  });
}
