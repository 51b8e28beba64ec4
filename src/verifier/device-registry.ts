import type { Clock } from '../shared/clock.ts';
import { KV1_LIMITS, type EnrolmentRequest } from '../shared/protocol/kv1.ts';
import type { Queries, VerifierDatabase } from './storage/database.ts';
import { nowAndThen } from './storage/sweeping.ts';

/** One of a device's keys. `validUntilMs` is null for its newest one. */
export interface DeviceKey {
  readonly keyId: string;
  readonly publicKeyX: string;
  readonly validUntilMs: number | null;
}

/** A device as it was found by one of its keys. */
export interface Device {
  readonly deviceId: string;
  /** The key that it was found by. */
  readonly keyId: string;
  readonly publicKeyX: string;
  /** All its keys, oldest first. */
  readonly keys: readonly DeviceKey[];
  readonly revoked: boolean;
}

/** The enrolled devices, and what keeps their requests from being used twice. */
export interface DeviceRegistry {
  findByKeyId(keyId: string): Promise<Device | null>;
  list(): Promise<readonly ListedDevice[]>;
  /** Takes nothing from any of the device's keys from now on; false when there is no such device or it was before. */
  revoke(deviceId: string, nowMs: number): Promise<boolean>;
  /** Takes a request's nonce and sequence number; each can be taken once. As durable as what the request leads to. */
  takeOnce(
    device: Device,
    nonce: string,
    sequence: number,
    nowMs: number,
  ): Promise<'taken' | 'nonce-used' | 'sequence-used'>;
}

/** What an operator sees of a device. */
export interface ListedDevice {
  readonly deviceId: string;
  readonly label: string;
  readonly model: string;
  readonly appVersion: string;
  readonly enrolledAtMs: number;
  readonly revokedAtMs: number | null;
  readonly keyIds: readonly string[];
}

/** Nonces are forgotten after `KV1_LIMITS.nonceLifetimeMs`; a device's last sequence number stays. */
export function createDeviceRegistry(database: VerifierDatabase, clock: Clock): DeviceRegistry {
  const forgetNonces = nowAndThen(clock, () =>
    database.queries
      .deleteFrom('nonces')
      .where('seen_ms', '<', clock.wallMs() - KV1_LIMITS.nonceLifetimeMs)
      .execute(),
  );
  return {
    findByKeyId: (keyId) => findDevice(database.queries, 'key_id', keyId),
    list: () => listDevices(database.queries),
    revoke: async (deviceId, nowMs) => {
      const { numUpdatedRows } = await database.queries
        .updateTable('devices')
        .set({ revoked_at_ms: nowMs })
        .where('device_id', '=', deviceId)
        .where('revoked_at_ms', 'is', null)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
    takeOnce: async (device, nonce, sequence, nowMs) => {
      await forgetNonces();
      return database.lightTransaction((queries) => takeOnce(queries, device, nonce, sequence, nowMs));
    },
  };
}

/** Adds a device with its first key. */
export async function addDevice(
  queries: Queries,
  request: EnrolmentRequest,
  { deviceId, keyId, label }: { readonly deviceId: string; readonly keyId: string; readonly label: string },
  nowMs: number,
): Promise<void> {
  const { model, appVersion, publicKeyJwk } = request;
  const device = { device_id: deviceId, key_id: keyId, public_key_x: publicKeyJwk.x, label, model };
  await queries
    .insertInto('devices')
    .values({ ...device, app_version: appVersion, enrolled_at_ms: nowMs, last_sequence: 0 })
    .execute();
  await queries
    .insertInto('device_keys')
    .values({ key_id: keyId, device_id: deviceId, public_key_x: publicKeyJwk.x, created_at_ms: nowMs })
    .execute();
}

/** Finds a device by one of its keys, superseded ones included. */
export async function findDevice(
  queries: Queries,
  by: 'key_id' | 'public_key_x',
  value: string,
): Promise<Device | null> {
  const rows = await queries
    .selectFrom('device_keys as named')
    .innerJoin('devices', 'devices.device_id', 'named.device_id')
    .innerJoin('device_keys as key', 'key.device_id', 'named.device_id')
    .select(['devices.device_id', 'devices.revoked_at_ms', 'key.key_id', 'key.public_key_x', 'key.valid_until_ms'])
    .where(`named.${by}`, '=', value)
    .orderBy('key.created_at_ms')
    .orderBy('key.key_id')
    .execute();
  const own = rows.find((row) => row[by] === value);
  if (own === undefined) return null;
  return {
    deviceId: own.device_id,
    keyId: own.key_id,
    publicKeyX: own.public_key_x,
    revoked: own.revoked_at_ms !== null,
    keys: rows.map((row) => ({
      keyId: row.key_id,
      publicKeyX: row.public_key_x,
      validUntilMs: row.valid_until_ms,
    })),
  };
}

async function takeOnce(
  queries: Queries,
  { keyId, deviceId }: Device,
  nonce: string,
  sequence: number,
  nowMs: number,
): Promise<'taken' | 'nonce-used' | 'sequence-used'> {
  const { numInsertedOrUpdatedRows: remembered } = await queries
    .insertInto('nonces')
    .values({ key_id: keyId, nonce, seen_ms: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (remembered === 0n) return 'nonce-used';
  const { numUpdatedRows: advanced } = await queries
    .updateTable('devices')
    .set({ last_sequence: sequence })
    .where('device_id', '=', deviceId)
    .where('last_sequence', '<', sequence)
    .executeTakeFirstOrThrow();
  return advanced === 0n ? 'sequence-used' : 'taken';
}

async function listDevices(queries: Queries): Promise<readonly ListedDevice[]> {
  const devices = await queries.selectFrom('devices').selectAll().orderBy('enrolled_at_ms').execute();
  const keys = await queries
    .selectFrom('device_keys')
    .select(['device_id', 'key_id'])
    .orderBy('created_at_ms')
    .execute();
  return devices.map((row) => ({
    deviceId: row.device_id,
    label: row.label,
    model: row.model,
    appVersion: row.app_version,
    enrolledAtMs: row.enrolled_at_ms,
    revokedAtMs: row.revoked_at_ms,
    keyIds: keys.filter((key) => key.device_id === row.device_id).map((key) => key.key_id),
  }));
}
