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
import { addDevice, findDevice } from './device-registry.ts';
import { enrolmentSource } from './enrolment-source.ts';
import { problem } from './problems.ts';
import { fingerprintOf, verifyText, type ServerKey } from './server-key.ts';
import type { Queries, VerifierDatabase } from './storage/database.ts';
import type { Row } from './storage/tables.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CODE_LENGTH = 10;
const TRY_ID_BYTES = 16;

export interface EnrolmentDesk {
  /** Makes a code for one device: 15 minutes. Others that are open stay so. The label names the device to operators. */
  openCode(label?: string): Promise<string>;
  /**
   * Enrols a device by its code. From one source a code takes five wrong tries, whatever other sources do.
   * @param source network address that the request came from
   */
  enrol(request: EnrolmentRequest, source?: string): Promise<Result<EnrolmentAnswer, Problem>>;
}

export interface EnrolmentParts {
  readonly database: VerifierDatabase;
  readonly serverKey: Pick<ServerKey, 'keyId' | 'jwk' | 'fingerprint'>;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Buffer;
}

/**
 * A code is ten characters of base32 and kept as a hash alone. Whatever is wrong, code, proof or too many tries, is
 * answered with `enrolment_refused`.
 */
export function createEnrolmentDesk({ database, serverKey, clock, randomBytes }: EnrolmentParts): EnrolmentDesk {
  const answerTo = (deviceId: string, keyId: string): EnrolmentAnswer => ({
    deviceId,
    keyId,
    serverKeyId: serverKey.keyId,
    serverKey: serverKey.jwk,
    serverTimeMs: clock.wallMs(),
  });
  return {
    openCode: async (label = '') => {
      const code = randomCode(randomBytes);
      await openCode({ database, clock }, code, label);
      return code;
    },
    enrol: async (request, source = '') => {
      const ownsKey = verifyText(
        enrolmentProofText(request.code, serverKey.fingerprint),
        request.proof,
        request.publicKeyJwk.x,
      );
      const attempt = {
        request,
        ownsKey,
        source: enrolmentSource(source),
        tryId: randomBytes(TRY_ID_BYTES).toString('hex'),
        nowMs: clock.wallMs(),
      };
      const device = await database.transaction((queries) => enrolWithin(queries, attempt));
      return device === null ? err(problem('enrolment_refused')) : ok(answerTo(device.deviceId, device.keyId));
    },
  };
}

interface Attempt {
  readonly request: EnrolmentRequest;
  /** Whether the proof is signed by the key that comes along, over this code and this server. */
  readonly ownsKey: boolean;
  readonly source: string;
  readonly tryId: string;
  readonly nowMs: number;
}

type CodeRow = Row<'enrolment_codes'>;

async function enrolWithin(
  queries: Queries,
  attempt: Attempt,
): Promise<{ readonly deviceId: string; readonly keyId: string } | null> {
  const { request, source, nowMs } = attempt;
  const open = await queries.selectFrom('enrolment_codes').selectAll().where('expires_at_ms', '>=', nowMs).execute();
  const code = open.find(({ code_hash: hash }) => hash === codeHash(request.code));
  const { x } = request.publicKeyJwk;
  // A device whose answer was lost may ask again; nobody else can use the code.
  const usable = code !== undefined && attempt.ownsKey && (code.used_by === null || code.used_by === x);
  if (!usable) {
    if (open.length > 0) await countTry(queries, attempt, open);
    return null;
  }
  if ((await triesSince(queries, source, code)) >= KV1_LIMITS.enrolmentCodeTries) return null;
  await queries.updateTable('enrolment_codes').set({ used_by: x }).where('code_hash', '=', code.code_hash).execute();
  const known = await findDevice(queries, 'public_key_x', x);
  if (known !== null) return known;
  const deviceId = `dev_${fingerprintOf(request.publicKeyJwk).slice(0, 12)}`;
  const added = { deviceId, keyId: `${deviceId}:k1`, label: code.label };
  await addDevice(queries, request, added, nowMs);
  return added;
}

/** A wrong code counts against every one that is open, and no longer than it matters to any of them. */
async function countTry(queries: Queries, { source, tryId, nowMs }: Attempt, open: readonly CodeRow[]): Promise<void> {
  const newest = open.reduce((left, right) => (left.opened_at_ms > right.opened_at_ms ? left : right));
  if ((await triesSince(queries, source, newest)) >= KV1_LIMITS.enrolmentCodeTries) return;
  await queries.insertInto('enrolment_tries').values({ try_id: tryId, source, at_ms: nowMs }).execute();
}

async function triesSince(queries: Queries, source: string, code: CodeRow): Promise<number> {
  const { tries } = await queries
    .selectFrom('enrolment_tries')
    .select((expression) => expression.fn.countAll<number>().as('tries'))
    .where('source', '=', source)
    .where('at_ms', '>=', code.opened_at_ms)
    .executeTakeFirstOrThrow();
  return tries;
}

async function openCode(
  { database, clock }: Pick<EnrolmentParts, 'database' | 'clock'>,
  code: string,
  label: string,
): Promise<void> {
  const nowMs = clock.wallMs();
  await database.transaction(async (queries) => {
    await queries.deleteFrom('enrolment_codes').where('expires_at_ms', '<', nowMs).execute();
    await queries
      .deleteFrom('enrolment_tries')
      .where('at_ms', '<', nowMs - KV1_LIMITS.enrolmentCodeLifetimeMs)
      .execute();
    await queries
      .insertInto('enrolment_codes')
      .values({
        code_hash: codeHash(code),
        label,
        opened_at_ms: nowMs,
        expires_at_ms: nowMs + KV1_LIMITS.enrolmentCodeLifetimeMs,
      })
      .execute();
  });
}

/** 256 is a multiple of 32, so each character is uniform. */
function randomCode(randomBytes: (length: number) => Buffer): string {
  return Array.from(randomBytes(CODE_LENGTH), (byte) => BASE32[byte % 32]).join('');
}

/** Codes are compared by their hashes, so that the time of a comparison says nothing about the code. */
function codeHash(code: string): string {
  return createHash('sha256').update(`enrolment ${code}`).digest('hex');
}
