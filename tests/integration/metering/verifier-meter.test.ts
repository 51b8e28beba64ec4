import { afterEach, beforeEach, expect, it } from 'vitest';
import { createVerifierCalls } from '../../../src/verifier/reports/meter-source.ts';
import type { VerifierDatabase } from '../../../src/verifier/storage/database.ts';
import { openVerifierDatabase } from '../../../src/verifier/storage/open-database.ts';
import type { RecordedCall } from '../../../src/shared/domain/metering.ts';
import { sampleDecision, sampleSessionId } from '../../support/sample-checks.ts';
import { SAMPLE_START_MS, sampleCertifyId } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let database: VerifierDatabase;
beforeEach(async () => {
  folder = temporaryFolder();
  database = await openVerifierDatabase(folder.path);
  await insertSession();
});
afterEach(async () => {
  await database.close();
  folder.remove();
});

const ORDER = '0'.repeat(31) + '1';

async function insertSession(): Promise<void> {
  const device = { device_id: 'device-1', key_id: 'key-1', public_key_x: 'x', label: '', model: '', app_version: '' };
  const rest = { enrolled_at_ms: 0, revoked_at_ms: null, last_sequence: 0, checkpoint: null };
  await database.queries
    .insertInto('devices')
    .values({ ...device, ...rest })
    .execute();
  const unset = {
    subject_key: null,
    local: null,
    trace: null,
    wrapped_key: null,
    identity_sealed: null,
    fields_sealed: null,
    retried_by: null,
    submitted_at_ms: null,
    decided_at_ms: null,
    erase_after_ms: null,
    erased_at_ms: null,
    lease_owner: null,
    lease_until_ms: null,
  };
  const session = {
    session_id: sampleSessionId(1),
    device_id: 'device-1',
    certify_id: sampleCertifyId(1),
    scene_id: 'counter',
    check_name: 'face-authority',
    order_id: ORDER,
    state: 'decided',
    simulated: 0,
    request: '{}',
    consent: '{}',
    policy_version: 1,
    revision: 1,
    created_at_ms: 0,
    updated_at_ms: 0,
    expires_at_ms: 0,
  };
  await database.queries
    .insertInto('sessions')
    .values({ ...session, ...unset })
    .execute();
}

async function attempt(number: number, settled: { reason: string; code: string } | null): Promise<void> {
  const row = {
    attempt_id: `a${String(number).padStart(6, '0')}`,
    session_id: sampleSessionId(1),
    certify_id: sampleCertifyId(1),
    verifier: 'tencent',
    operation: 'ImageRecognitionV2',
    order_id: ORDER,
    number,
    started_at_ms: SAMPLE_START_MS,
    reference: null,
    settled_reason: settled?.reason ?? null,
    settled_code: settled?.code ?? null,
    settled_at_ms: null,
  };
  await database.queries.insertInto('attempts').values(row).execute();
}

async function calls(): Promise<readonly RecordedCall[]> {
  const taken: RecordedCall[] = [];
  const window = { fromMs: SAMPLE_START_MS, toMs: SAMPLE_START_MS + 1 };
  expectOk(await createVerifierCalls(database).each(window, (call) => void taken.push(call)));
  return taken;
}

it('gives every try: what its decision says of its bill, else what the rule will say', async () => {
  await attempt(1, { reason: 'source.unavailable', code: 'CompareSystemError' });
  await attempt(2, { reason: 'ok.confirmed', code: 'Success' });
  await attempt(3, null);
  const vendor = {
    name: 'tencent',
    operation: 'ImageRecognitionV2',
    code: 'Success',
    message: '',
    requestId: 'r-2',
    billed: true,
  } as const;
  const { body, server } = sampleDecision(1);
  const decision = {
    session_id: sampleSessionId(1),
    revision: 1,
    state: 'passed',
    reason: 'ok.confirmed',
    body: JSON.stringify({ ...body, vendor }),
    signature: JSON.stringify(server),
    decided_at_ms: SAMPLE_START_MS,
  };
  await database.queries.insertInto('decisions').values(decision).execute();
  expect((await calls())[0]).toMatchObject({ orderId: ORDER, sceneId: 'counter', scheme: 'face-authority' });
  expect((await calls()).map(({ number, reason, requestId, billed }) => [number, reason, requestId, billed])).toEqual([
    [1, 'source.unavailable', null, undefined],
    [2, 'ok.confirmed', 'r-2', true],
    [3, null, null, null],
  ]);
});

it('reads page after page', async () => {
  for (let number = 1; number <= 1_005; number += 1) await attempt(number, null);
  const numbers = new Set((await calls()).map(({ number }) => number));
  expect(numbers.size).toBe(1_005);
});

it('fails where a decision can not be read', async () => {
  await attempt(1, null);
  const decision = {
    session_id: sampleSessionId(1),
    revision: 1,
    state: 'passed',
    reason: 'ok.confirmed',
    body: '{',
    signature: '{}',
    decided_at_ms: SAMPLE_START_MS,
  };
  await database.queries.insertInto('decisions').values(decision).execute();
  const read = await createVerifierCalls(database).each({ fromMs: 0, toMs: SAMPLE_START_MS + 1 }, () => undefined);
  expect(read).toMatchObject({ ok: false, error: { code: 'store.corrupt' } });
});
