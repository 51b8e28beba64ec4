import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../src/shared/clock.ts';
import type { Failure } from '../../src/shared/reasons.ts';
import type { Result } from '../../src/shared/result.ts';
import { loadDeviceIdentity, type DeviceIdentity } from '../../src/main/settings/device-identity.ts';
import type { Enrolment } from '../../src/main/settings/settings.ts';
import { createAuditLog, type AuditLog } from '../../src/main/store/audit-log.ts';
import { DATABASE_FILE_NAME, openDatabase, type StoreDatabase } from '../../src/main/store/database.ts';
import { deriveKeys, type StoreKeys } from '../../src/main/store/key-source.ts';
import { createAttemptRows, type AttemptRows } from '../../src/main/store/attempt-rows.ts';
import { createCheckQueue, type CheckQueue } from '../../src/main/store/check-queue.ts';
import { createMaterialStore, MATERIALS_FOLDER_NAME, type MaterialStore } from '../../src/main/store/material-store.ts';
import { createOutboxMemory, type OutboxMemory } from '../../src/main/store/outbox-memory.ts';
import { createOutbox, type Outbox } from '../../src/main/store/outbox.ts';
import { receiptBodyOf } from '../../src/main/store/receipt-body.ts';
import { createRecordQueries, type RecordQueries } from '../../src/main/store/record-queries.ts';
import { createRecordStore, type RecordStore } from '../../src/main/store/record-store.ts';
import { dayBy, type UtcOffset } from '../../src/main/store/report-place.ts';
import { createSecretRows, type SecretRows } from '../../src/main/store/secret-rows.ts';
import { createSettingRows, type SettingRows } from '../../src/main/store/setting-rows.ts';

export const SAMPLE_MASTER_KEY = Buffer.alloc(32, 7);

/** Everything of the store, over one encrypted database on the disk. */
export interface SampleStore {
  readonly path: string;
  readonly keys: StoreKeys;
  readonly database: StoreDatabase;
  readonly identity: DeviceIdentity;
  readonly audit: AuditLog;
  readonly records: RecordStore;
  readonly queries: RecordQueries;
  readonly outbox: Outbox;
  readonly checks: CheckQueue;
  readonly attempts: AttemptRows;
  readonly memory: OutboxMemory;
  readonly materials: MaterialStore;
  readonly settingRows: SettingRows;
  readonly secretRows: SecretRows;
}

export interface SampleStoreOptions {
  readonly clock?: Clock;
  readonly enrolment?: () => Enrolment | null;
  /** How far local time is ahead of UTC; absent: not at all. */
  readonly utcOffsetOf?: UtcOffset;
}

export function openSampleStore(folder: string, options: SampleStoreOptions = {}): SampleStore {
  const clock = options.clock ?? systemClock;
  const utcOffsetOf = options.utcOffsetOf ?? (() => 0);
  const path = join(folder, DATABASE_FILE_NAME);
  const keys = deriveKeys(SAMPLE_MASTER_KEY);
  const database = expectOk(openDatabase(path, keys.database));
  const secretRows = createSecretRows(database);
  const enrolment = options.enrolment ?? (() => null);
  const identity = expectOk(loadDeviceIdentity({ secrets: secretRows, subjectKey: keys.subject, enrolment }));
  const audit = createAuditLog({ database, auditKey: keys.audit, clock, sign: (text) => identity.sign(text) });
  const records = createRecordStore({
    database,
    audit,
    clock,
    dayOf: dayBy(utcOffsetOf),
    utcOffsetOf,
    sign: (text) => identity.sign(text),
    buildReceipt: (record, place) => receiptBodyOf(record, place, { deviceId: identity.deviceId(), retentionDays: 30 }),
  });
  return {
    path,
    keys,
    database,
    identity,
    audit,
    records,
    queries: createRecordQueries(database),
    outbox: createOutbox(database, audit),
    checks: createCheckQueue({ database, audit, clock }),
    attempts: createAttemptRows(database),
    memory: createOutboxMemory(database, audit),
    materials: createMaterialStore({
      database,
      audit,
      wrappingKey: keys.materials,
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
      folder: join(folder, MATERIALS_FOLDER_NAME),
    }),
    settingRows: createSettingRows(database, audit),
    secretRows,
  };
}

export function expectOk<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}

/** A folder that `remove` deletes with all it holds. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
