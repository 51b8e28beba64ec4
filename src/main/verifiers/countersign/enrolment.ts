import type { Signature } from '../../../shared/domain/receipt.ts';
import {
  enrolmentAnswerSchema,
  enrolmentCodeSchema,
  enrolmentProofText,
  healthSchema,
  JSON_TYPE,
  KV1_PATHS,
  problemSchema,
  type Health,
  type PublicKeyJwk,
} from '../../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { exchange, EXCHANGE_TIMEOUT_MS, type HttpRequest } from './http-exchange.ts';
import { checkAnswer } from './message-authentication.ts';
import { fingerprintOf } from './server-keys.ts';
import { parseVerifierAddress } from './verifier-address.ts';

/** Who wants to enrol. */
export interface EnrollingDevice {
  readonly publicKeyJwk: PublicKeyJwk;
  readonly sign: (text: string) => Signature;
  readonly model: string;
  readonly appVersion: string;
}

export interface Enrolled {
  /** Origin of the verifier. */
  readonly address: string;
  readonly enrolment: {
    readonly deviceId: string;
    readonly keyId: string;
    readonly serverKeyId: string;
    readonly serverKey: PublicKeyJwk;
  };
  /** SHA-256 of the server's key, hex, for the administrator to compare with what the verifier printed. */
  readonly serverKeyFingerprint: string;
}

/**
 * Enrols a device with the one-time code that the verifier's operator made. The server key in the answer is trusted
 * from here on; somebody should compare its fingerprint.
 *
 * @param code ten base32 characters; spaces, hyphens and small letters are forgiven
 * @param compared the fingerprint of the server's key that somebody has compared, hex; null where nobody could
 * @returns `request.invalid` (address, code), `verifier.other-key` (it isn't the compared one), `verifier.refused` (wrong, used or expired code), or how talking failed
 */
export async function enrolDevice(
  address: string,
  code: string,
  device: EnrollingDevice,
  compared: string | null = null,
): Promise<Result<Enrolled, Failure>> {
  const origin = parseVerifierAddress(address);
  if (!origin.ok) return origin;
  const plainCode = enrolmentCodeSchema.safeParse(code.replaceAll(/[\s-]/g, '').toUpperCase());
  if (!plainCode.success) return err(failure('request.invalid', 'an enrolment code has ten letters and digits 2-7'));
  const health = await askHealth(origin.value);
  if (!health.ok) return health;
  const fingerprint = fingerprintOf(health.value.serverKey);
  if (compared !== null && compared !== fingerprint) return err(failure('verifier.other-key'));
  const body = JSON.stringify({
    code: plainCode.data,
    publicKeyJwk: device.publicKeyJwk,
    model: device.model,
    appVersion: device.appVersion,
    proof: device.sign(enrolmentProofText(plainCode.data, fingerprint)).signature,
  });
  const headers = { 'content-type': JSON_TYPE };
  const answer = await ask({ method: 'POST', url: `${origin.value}${KV1_PATHS.enrol}`, headers, body }, health.value);
  if (!answer.ok) return answer;
  const parsed = enrolmentAnswerSchema.safeParse(answer.value);
  if (!parsed.success) return err(failure('verifier.malformed', 'the enrolment answer does not parse'));
  const { deviceId, keyId, serverKeyId, serverKey } = parsed.data;
  if (serverKeyId !== health.value.serverKeyId || serverKey.x !== health.value.serverKey.x) {
    return err(failure('verifier.bad-signature', 'the server key changed during enrolment'));
  }
  const enrolment = { deviceId, keyId, serverKeyId, serverKey };
  return ok({ address: origin.value, enrolment, serverKeyFingerprint: fingerprint });
}

/** Asks a verifier who it is; the answer is signed by the key that it names. */
export async function askHealth(origin: string): Promise<Result<Health, Failure>> {
  const request: HttpRequest = { method: 'GET', url: `${origin}${KV1_PATHS.health}`, headers: {}, body: '' };
  const answer = await exchange(request, { timeoutMs: EXCHANGE_TIMEOUT_MS });
  if (!answer.ok) return answer;
  const parsed = healthSchema.safeParse(parseJson(answer.value.body));
  if (answer.value.status !== 200 || !parsed.success) {
    return err(failure('verifier.malformed', 'this address is not a kv1 verifier'));
  }
  const server = { keyId: parsed.data.serverKeyId, jwk: parsed.data.serverKey };
  if (checkAnswer(answer.value, request, [server]) !== 'good') return err(failure('verifier.bad-signature', 'health'));
  return ok(parsed.data);
}

async function ask(request: HttpRequest, health: Health): Promise<Result<unknown, Failure>> {
  const answer = await exchange(request, { timeoutMs: EXCHANGE_TIMEOUT_MS });
  if (!answer.ok) return answer;
  const server = { keyId: health.serverKeyId, jwk: health.serverKey };
  const value = parseJson(answer.value.body);
  if (answer.value.status >= 500) return err(failure('verifier.unreachable', `HTTP ${answer.value.status}`));
  if (checkAnswer(answer.value, request, [server]) !== 'good')
    return err(failure('verifier.bad-signature', 'enrolment'));
  if (answer.value.status === 200) return ok(value);
  const problem = problemSchema.safeParse(value);
  return err(failure('verifier.refused', problem.success ? problem.data.code : `HTTP ${answer.value.status}`));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
