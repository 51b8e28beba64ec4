import type { ServerResponse } from 'node:http';
import type { ScriptedAnswer } from './contract.ts';
import type { Reply } from './vendor-model.ts';

/** Faults after which the vendor never saw the call: something in between answered, or nobody did. */
const WITHOUT_EFFECT: ReadonlySet<ScriptedAnswer['fault']> = new Set([
  'refuse',
  'html',
  'flood',
  'redirect',
  'nonsense',
]);

/** Whether a call under this step takes effect: is decided, kept for queries and billed. */
export function takesEffect(step: ScriptedAnswer): boolean {
  return !WITHOUT_EFFECT.has(step.fault);
}

/** Puts the step's own body, status and headers in the place of the vendor's. */
export function overridden(reply: Reply, { body, httpStatus, headers }: ScriptedAnswer): Reply {
  const whole = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return {
    status: httpStatus ?? reply.status,
    headers: { ...reply.headers, ...headers },
    body: body === undefined ? reply.body : whole,
  };
}

/** Sends the reply, or what the fault makes of it. Resolves when nothing more will be sent. */
export function sendReply(response: ServerResponse, reply: Reply, fault: ScriptedAnswer['fault']): void {
  switch (fault) {
    case undefined:
      return writeWhole(response, reply);
    case 'refuse':
    case 'drop':
      response.socket?.destroy();
      return;
    case 'hang':
      return;
    case 'cut':
      return writeHalf(response, reply);
    case 'html':
      return writeWhole(response, {
        status: reply.status,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>Portal</title><h1>Please sign in to this network</h1>',
      });
    case 'redirect':
      return writeWhole(response, { status: 307, headers: { location: 'http://elsewhere.invalid/' }, body: '' });
    case 'nonsense':
      return writeWhole(response, { ...reply, body: '{"Response":{"Res' });
    case 'flood':
      return flood(response);
  }
}

function writeWhole(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(body);
}

function writeHalf(response: ServerResponse, { status, headers, body }: Reply): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

const FLOOD_CHUNK = Buffer.alloc(64 * 1024, 0x20);

/** Spaces without an end, as fast as the client takes them. */
function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' });
  const pour = (): void => {
    while (!response.destroyed && response.write(FLOOD_CHUNK));
  };
  response.on('drain', pour);
  response.on('close', () => response.off('drain', pour));
  pour();
}
