import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { v4 as uuid } from 'uuid';
import type { Clock } from '../../shared/clock.ts';
import { DEFAULT_SCENE } from '../../shared/domain/scene.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { loadDeviceIdentity, type DeviceIdentity } from '../settings/device-identity.ts';
import { createSceneBook, type SceneBook } from '../settings/scene-book.ts';
import { createSettingsStore, type SettingsStore } from '../settings/settings.ts';
import { createStaffDesk, type StaffDesk } from '../settings/staff-desk.ts';
import { createAttemptRows, type AttemptRows } from '../store/attempt-rows.ts';
import { createAuditLog, type AuditLog } from '../store/audit-log.ts';
import { createCheckQueue, type CheckQueue } from '../store/check-queue.ts';
import { DATABASE_FILE_NAME, openDatabase, type StoreDatabase } from '../store/database.ts';
import type { MigrationProgress } from '../store/migration-steps.ts';
import { deriveKeys, type KeySource, type StoreKeys } from '../store/key-source.ts';
import { localDayOf } from '../store/local-day.ts';
import { createMaterialStore, MATERIALS_FOLDER_NAME, type MaterialStore } from '../store/material-store.ts';
import { createOutboxMemory, type OutboxMemory } from '../store/outbox-memory.ts';
import { createOutbox, type Outbox } from '../store/outbox.ts';
import { receiptBodyOf } from '../store/receipt-body.ts';
import { createRecordQueries, type RecordQueries } from '../store/record-queries.ts';
import { createRecordStore, type RecordStore } from '../store/record-store.ts';
import { createRequestSequence, type RequestSequence } from '../store/request-sequence.ts';
import { createReviewDeliveries, type ReviewDeliveries } from '../store/review-deliveries.ts';
import { createReviewStore, type ReviewStore } from '../store/review-store.ts';
import { createSecretRows, type SecretRows } from '../store/secret-rows.ts';
import { createSettingRows } from '../store/setting-rows.ts';
import { createStaffRows } from '../store/staff-rows.ts';
import { createVaultFiles, EVIDENCE_FOLDER_NAME } from '../store/vault-files.ts';
import { createVault, type Vault } from '../store/vault.ts';
import { attributedAudit } from './attributed-audit.ts';
import { createServing, type Serving } from './serving.ts';

/** Everything that is kept on this machine, opened and wired. */
export interface Installation {
  readonly database: StoreDatabase;
  readonly keys: StoreKeys;
  readonly protection: KeySource['protection'];
  readonly audit: AuditLog;
  readonly identity: DeviceIdentity;
  readonly settings: SettingsStore;
  /** Goes up with every change of a setting, by whomever. */
  settingRevision(): Result<number, Failure>;
  readonly scenes: SceneBook;
  readonly secrets: SecretRows;
  readonly records: RecordStore;
  readonly queries: RecordQueries;
  readonly outbox: Outbox;
  /** Questions to the verifier, what they carry, and calls that may be billed. */
  readonly checks: CheckQueue;
  readonly materials: MaterialStore;
  readonly attempts: AttemptRows;
  /** What the staff decided about records. */
  readonly reviews: ReviewStore;
  readonly reviewDeliveries: ReviewDeliveries;
  readonly outboxMemory: OutboxMemory;
  readonly sequence: RequestSequence;
  readonly staff: StaffDesk;
  /** Whom of the staff the program is serving right now; the audit log says so by itself. */
  readonly serving: Serving;
  readonly vault: Vault;
  close(): void;
}

/**
 * Opens the database in `dataFolder` with the key of `keySource` and builds what works on it.
 *
 * @returns the failure of the key source or of the database; nothing is created or deleted to get around one.
 */
export function openInstallation(
  dataFolder: string,
  keySource: KeySource,
  clock: Clock,
  onMigration: (progress: MigrationProgress) => void = () => undefined,
): Result<Installation, Failure> {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch {
    return err(failure('store.unavailable', 'the data folder can not be created'));
  }
  const master = keySource.loadOrCreate();
  if (!master.ok) return master;
  const keys = deriveKeys(master.value);
  const opened = openDatabase(join(dataFolder, DATABASE_FILE_NAME), keys.database, { onMigration });
  if (!opened.ok) return opened;
  const database = opened.value;
  const secrets = createSecretRows(database);
  // The audit log signs with the identity, whose ids come from a setting, whose changes are audited: hence by name.
  const loaded = loadDeviceIdentity({ secrets, subjectKey: keys.subject, enrolment: () => enrolmentOf(settings) });
  if (!loaded.ok) {
    database.close();
    return loaded;
  }
  const identity = loaded.value;
  const serving = createServing();
  const audit = attributedAudit(
    createAuditLog({ database, auditKey: keys.audit, clock, sign: (text) => identity.sign(text) }),
    serving,
  );
  const rows = createSettingRows(database, audit);
  const settings: SettingsStore = createSettingsStore(rows);
  const scenes = createSceneBook(settings);
  const records = createRecordStore({
    database,
    audit,
    clock,
    dayOf: localDayOf,
    sign: (text) => identity.sign(text),
    buildReceipt: (record, place) =>
      receiptBodyOf(record, place, {
        deviceId: identity.deviceId(),
        retentionDays: retentionOf(scenes, record.sceneId),
      }),
  });
  return ok({
    database,
    keys,
    protection: keySource.protection,
    audit,
    identity,
    settings,
    settingRevision: () => rows.revision(),
    scenes,
    secrets,
    records,
    queries: createRecordQueries(database),
    outbox: createOutbox(database, audit),
    checks: createCheckQueue({ database, audit, clock }),
    materials: createMaterialStore({
      database,
      audit,
      wrappingKey: keys.materials,
      randomBytes,
      folder: join(dataFolder, MATERIALS_FOLDER_NAME),
    }),
    attempts: createAttemptRows(database),
    reviews: createReviewStore({ database, audit, clock, identity }),
    reviewDeliveries: createReviewDeliveries({ database, audit, identity }),
    outboxMemory: createOutboxMemory(database, audit),
    sequence: createRequestSequence(database, clock),
    staff: createStaffDesk({ rows: createStaffRows(database, audit), audit, clock, newStaffId: uuid }),
    serving,
    vault: createVault({
      database,
      audit,
      wrappingKey: keys.evidence,
      randomBytes,
      files: createVaultFiles(join(dataFolder, EVIDENCE_FOLDER_NAME)),
    }),
    close: () => database.close(),
  });
}

function enrolmentOf(settings: SettingsStore) {
  const verifier = settings.read('verifier');
  return verifier.ok ? verifier.value.enrolment : null;
}

/** Days after which a record is erased; those that processing has to be proven for where the setting can't be read. */
function retentionOf(scenes: SceneBook, sceneId: string): number {
  const scene = scenes.scene(sceneId);
  return scene.ok ? scene.value.retentionDays : DEFAULT_SCENE.retentionDays;
}

/** Strong random bytes as a plain `Uint8Array`. */
export function strongRandomBytes(size: number): Uint8Array {
  return new Uint8Array(randomBytes(size));
}
