import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAliyunModel } from './aliyun/model.ts';
import { overridden, sendReply, takesEffect } from './answering.ts';
import type { FakeVendor, FakeVendorName, FakeVendorOptions, ReceivedCall, ScriptedAnswer } from './contract.ts';
import { createScriptBook, type ScriptBook } from './script-book.ts';
import { createTencentModel } from './tencent/model.ts';
import { createUniModel } from './uni/model.ts';
import type { Admission, Decision, VendorModel, WholeRequest } from './vendor-model.ts';

/** Base64 of the largest clip and picture, and what stands around them. */
const MAX_BODY_BYTES = 32_000_000;

interface Desk {
  readonly model: VendorModel;
  readonly scripts: ScriptBook;
  readonly received: ReceivedCall[];
  readonly pauses: Set<NodeJS.Timeout>;
  readonly nowMs: () => number;
  readonly onCall: (call: ReceivedCall) => void;
}

/**
 * Starts a stand-in for a vendor's service on a port of the loopback interface. It checks every signature as the
 * vendor does and answers every operation; what is scripted decides how.
 */
export async function startFakeVendor(name: FakeVendorName, options: FakeVendorOptions): Promise<FakeVendor> {
  const nowMs = options.nowMs ?? Date.now;
  const model = createModel(name, options);
  const desk: Desk = {
    model,
    scripts: createScriptBook(),
    received: [],
    pauses: new Set(),
    nowMs,
    onCall: options.onCall ?? (() => undefined),
  };
  const server = createServer((request, response) => void serve(desk, request, response));
  await listening(server, options.port ?? 0);
  return {
    name,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    script: (operation, answers) => desk.scripts.write(known(model, operation), answers),
    received: desk.received,
    operations: model.operations,
    codesOf: (operation) => model.codesOf(known(model, operation)),
    close: () => closed(server, desk.pauses),
  };
}

function createModel(name: FakeVendorName, { account }: FakeVendorOptions): VendorModel {
  switch (name) {
    case 'tencent':
      return createTencentModel(account);
    case 'aliyun':
      return createAliyunModel(account);
    case 'uni':
      return createUniModel(account);
  }
}

function known(model: VendorModel, operation: string): string {
  if (!model.operations.includes(operation)) throw new RangeError(`${model.name} has no operation ${operation}`);
  return operation;
}

async function serve(desk: Desk, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  incoming.on('error', () => undefined);
  const head = { method: incoming.method ?? '', url: incoming.url ?? '', headers: singleHeaders(incoming) };
  const early = desk.model.operationOf(head);
  if (early !== null && desk.scripts.peek(early)?.fault === 'refuse') {
    desk.scripts.take(early);
    incoming.socket.destroy();
    return;
  }
  const body = await wholeBody(incoming);
  if (body === null) {
    incoming.socket.destroy();
    return;
  }
  answer(desk, { ...head, body, atMs: desk.nowMs() }, response);
}

function answer(desk: Desk, request: WholeRequest, response: ServerResponse): void {
  const admission = desk.model.admit(request);
  if (admission.refusal) {
    const { code, reply } = admission.refusal;
    note(desk, request, admission, { code, billed: false });
    return sendReply(response, reply, undefined);
  }
  const step = desk.scripts.take(admission.operation);
  const scripted = { code: step.code ?? null, form: step.form ?? 'field' } as const;
  const effective = takesEffect(step);
  const decision: Decision = effective
    ? desk.model.decide(admission, scripted, request)
    : { code: step.fault ?? '', billed: false, reply: { status: 200, headers: {}, body: '' } };
  note(desk, request, admission, decision);
  const reply = overridden(decision.reply, step);
  afterPause(desk, step, () => sendReply(response, reply, step.fault));
}

function note(
  { model, received, onCall }: Desk,
  { url, headers, body, atMs }: WholeRequest,
  { operation, parameters, signature }: Admission,
  { code, billed }: Pick<Decision, 'code' | 'billed'>,
): void {
  const call = { vendor: model.name, operation, parameters, url, headers, body, atMs, signature, code, billed };
  received.push(call);
  onCall(call);
}

function afterPause({ pauses }: Desk, { delayMs }: ScriptedAnswer, send: () => void): void {
  if (delayMs === undefined || delayMs <= 0) return send();
  const pause = setTimeout(() => {
    pauses.delete(pause);
    send();
  }, delayMs);
  pauses.add(pause);
}

function singleHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

/** The body, or null when it is too large or the connection ends before its end. */
async function wholeBody(incoming: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch {
    return null;
  }
}

async function listening(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function closed(server: Server, pauses: Set<NodeJS.Timeout>): Promise<void> {
  for (const pause of pauses) clearTimeout(pause);
  pauses.clear();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
