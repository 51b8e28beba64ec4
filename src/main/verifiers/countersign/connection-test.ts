import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { ConnectionFinding, ConnectionStep, OfferedServerKey } from '../../../shared/ipc/admin-connection.ts';
import type { Health } from '../../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { askHealth } from './enrolment.ts';
import { fingerprintOf } from './server-keys.ts';
import { parseVerifierAddress } from './verifier-address.ts';

const STEP_TIMEOUT_MS = 8_000;
const DAY_MS = 24 * 3_600_000;
/** A certificate that ends sooner than this is told of before it is too late. */
const CERTIFICATE_WARNING_DAYS = 21;

/** What a step found beside how long it took. */
export type StepOutcome = Pick<ConnectionFinding, 'state' | 'facts' | 'failure'>;

/** A step that held, with what staff is shown of it. */
export function good(facts: ConnectionFinding['facts']): StepOutcome {
  return { state: 'good', facts, failure: null };
}

/** A step that ends the test; the facts are what it had found until then. */
export function failed(why: Failure, facts: ConnectionFinding['facts'] = {}): StepOutcome {
  return { state: 'failed', facts, failure: why };
}

export const NOT_NEEDED: StepOutcome = { state: 'not-needed', facts: {}, failure: null };

/** Who answers at an address, by an answer that its own key has signed. Nothing is kept, and nothing trusted. */
export async function offeredServerKey(address: string): Promise<Result<OfferedServerKey, Failure>> {
  const origin = parseVerifierAddress(address);
  if (!origin.ok) return origin;
  const health = await askHealth(origin.value);
  if (!health.ok) return health;
  const { serverKeyId, serverKey } = health.value;
  return ok({ address: origin.value, keyId: serverKeyId, fingerprint: fingerprintOf(serverKey) });
}

/** Whether the host's name is known, and for which addresses. */
export async function resolveName(url: URL): Promise<StepOutcome> {
  const host = bareHost(url);
  if (isIP(host) !== 0) return { ...NOT_NEEDED, facts: { addresses: host } };
  try {
    const found = await Promise.race([lookup(host, { all: true }), timeout()]);
    return good({ addresses: found.map(({ address }) => address).join(', ') });
  } catch (error) {
    return failed(failure('verifier.unreachable', codeOf(error)));
  }
}

/** Whether something listens at the port. */
export function openPort(url: URL): Promise<StepOutcome> {
  const port = portOf(url);
  return new Promise((resolve) => {
    const socket = connect({ host: bareHost(url), port });
    const end = (outcome: StepOutcome): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(STEP_TIMEOUT_MS, () => end(failed(failure('verifier.unreachable', 'timeout'), { port })));
    socket.once('connect', () => end(good({ port })));
    socket.once('error', (error) => end(failed(failure('verifier.unreachable', codeOf(error)), { port })));
  });
}

/** Whether the connection is encrypted by a certificate that this machine believes, and what it says. */
export function checkCertificate(url: URL, nowMs: number): Promise<StepOutcome> {
  if (url.protocol !== 'https:') return Promise.resolve(NOT_NEEDED);
  const host = bareHost(url);
  return new Promise((resolve) => {
    const named = isIP(host) === 0 ? { servername: host } : {};
    const socket = connectTls({ host, port: portOf(url), ...named });
    const end = (outcome: StepOutcome): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(STEP_TIMEOUT_MS, () => end(failed(failure('verifier.unreachable', 'timeout'))));
    socket.once('secureConnect', () => end(certificateOutcome(socket, nowMs)));
    socket.once('error', (error) => end(failed(failure('verifier.unreachable', codeOf(error)))));
  });
}

function certificateOutcome(socket: TLSSocket, nowMs: number): StepOutcome {
  const { subject, issuer, valid_to: validTo } = socket.getPeerCertificate();
  const endsMs = Date.parse(validTo);
  const daysLeft = Number.isNaN(endsMs) ? null : Math.floor((endsMs - nowMs) / DAY_MS);
  const facts = {
    tlsVersion: socket.getProtocol() ?? '?',
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    ...(daysLeft === null ? {} : { validTo: new Date(endsMs).toISOString().slice(0, 10), daysLeft }),
  };
  const soon = daysLeft !== null && daysLeft < CERTIFICATE_WARNING_DAYS;
  return { state: soon ? 'warning' : 'good', facts, failure: null };
}

function nameOf(part: { readonly CN?: string | string[]; readonly O?: string | string[] } | undefined): string {
  const name = part?.CN ?? part?.O ?? '?';
  return Array.isArray(name) ? name.join(', ') : name;
}

/** Whether HTTP is answered at all, by whomever. */
export async function speaksHttp(url: URL): Promise<StepOutcome> {
  try {
    const answer = await fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(STEP_TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return good({ status: answer.status });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return failed(failure('verifier.unreachable', codeOf(cause)));
  }
}

/** Whether it is a verifier of this protocol, by an answer that it has signed. */
export async function speaksProtocol(
  origin: string,
): Promise<{ readonly outcome: StepOutcome; readonly health: Health | null }> {
  const health = await askHealth(origin);
  if (!health.ok) return { outcome: failed(health.error), health: null };
  return { outcome: good({ protocol: health.value.protocol }), health: health.value };
}

/** A finding for every step that wasn't reached. */
export function notTried(steps: readonly ConnectionStep[]): ConnectionFinding[] {
  return steps.map((step) => ({ step, state: 'not-tried', facts: {}, failure: null, tookMs: null }));
}

/** Scheme, host and port; fails with `request.invalid` as `parseVerifierAddress` does. */
export function parseOrigin(address: string): Result<URL, Failure> {
  const origin = parseVerifierAddress(address);
  return origin.ok ? ok(new URL(origin.value)) : err(origin.error);
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

function timeout(): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error('timeout'), { code: 'timeout' })), STEP_TIMEOUT_MS);
    timer.unref();
  });
}

/** The system's code for what went wrong; never a message, which may hold addresses. */
function codeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'timeout';
  return error instanceof Error && 'code' in error ? String(error.code) : 'connection failed';
}
