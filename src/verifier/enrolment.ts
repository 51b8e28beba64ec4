import { createHash } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';
import {
  enrolmentProofText,
  KV1_LIMITS,
  type EnrolmentAnswer,
  type EnrolmentRequest,
  type Problem,
} from '../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { VerifierDatabase } from './database.ts';
import type { Device, DeviceRegistry } from './device-registry.ts';
import { problem } from './problems.ts';
import { fingerprintOf, verifyText, type ServerKey } from './server-key.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CODE_LENGTH = 10;

export interface EnrolmentDesk {
  /** Makes the one code that is valid from now on: 15 minutes, five tries, one device. */
  openCode(): string;
  enrol(request: EnrolmentRequest): Result<EnrolmentAnswer, Problem>;
}

export interface EnrolmentParts {
  readonly database: VerifierDatabase;
  readonly devices: DeviceRegistry;
  readonly serverKey: ServerKey;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Buffer;
}

interface CodeRow {
  readonly code_hash: string;
  readonly expires_at_ms: number;
  readonly tries_left: number;
  readonly used_by: string | null;
}

export function createEnrolmentDesk(parts: EnrolmentParts): EnrolmentDesk {
  const { database, devices, serverKey, clock, randomBytes } = parts;
  const clear = database.prepare('DELETE FROM enrolment_codes');
  const insert = database.prepare(
    'INSERT INTO enrolment_codes (code_hash, expires_at_ms, tries_left) VALUES (?, ?, ?)',
  );
  const current = database.prepare<[], CodeRow>('SELECT * FROM enrolment_codes LIMIT 1');
  const countTry = database.prepare('UPDATE enrolment_codes SET tries_left = tries_left - 1');
  const markUsed = database.prepare('UPDATE enrolment_codes SET used_by = ?');

  function enrolWithin(request: EnrolmentRequest): Result<EnrolmentAnswer, Problem> {
    const code = current.get();
    if (code === undefined || code.tries_left <= 0 || code.expires_at_ms < clock.wallMs()) return refused();
    const rightCode = code.code_hash === codeHash(request.code);
    const ownsKey = verifyText(
      enrolmentProofText(request.code, serverKey.fingerprint),
      request.proof,
      request.publicKeyJwk.x,
    );
    if (!rightCode || !ownsKey) {
      countTry.run();
      return refused();
    }
    // A device whose answer was lost may ask again; nobody else can use the code.
    if (code.used_by !== null && code.used_by !== request.publicKeyJwk.x) return refused();
    markUsed.run(request.publicKeyJwk.x);
    return ok(answerTo(devices.findByPublicKey(request.publicKeyJwk.x) ?? addDevice(request)));
  }

  function addDevice(request: EnrolmentRequest): Device {
    const deviceId = `dev_${fingerprintOf(request.publicKeyJwk).slice(0, 12)}`;
    const device = { deviceId, keyId: `${deviceId}:k1`, publicKeyX: request.publicKeyJwk.x, revoked: false };
    devices.add(request, device, clock.wallMs());
    return device;
  }

  function answerTo({ deviceId, keyId }: Device): EnrolmentAnswer {
    return { deviceId, keyId, serverKeyId: serverKey.keyId, serverKey: serverKey.jwk, serverTimeMs: clock.wallMs() };
  }

  const enrol = database.transaction(enrolWithin);
  const open = database.transaction((code: string) => {
    clear.run();
    insert.run(codeHash(code), clock.wallMs() + KV1_LIMITS.enrolmentCodeLifetimeMs, KV1_LIMITS.enrolmentCodeTries);
  });
  return {
    openCode: () => {
      // 256 is a multiple of 32, so each character is uniform.
      const code = Array.from(randomBytes(CODE_LENGTH), (byte) => BASE32[byte % 32]).join('');
      open.immediate(code);
      return code;
    },
    enrol: (request) => enrol.immediate(request),
  };
}

function refused(): Result<never, Problem> {
  return err(problem('enrolment_refused'));
}

/** Codes are compared by their hashes, so that the time of a comparison says nothing about the code. */
function codeHash(code: string): string {
  return createHash('sha256').update(`enrolment ${code}`).digest('hex');
}
