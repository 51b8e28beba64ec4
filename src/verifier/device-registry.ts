import { KV1_LIMITS, type EnrolmentRequest } from '../shared/protocol/kv1.ts';
import type { VerifierDatabase } from './database.ts';

export interface Device {
  readonly deviceId: string;
  readonly keyId: string;
  readonly publicKeyX: string;
  readonly revoked: boolean;
}

/** The enrolled devices, and what keeps their requests from being used twice. */
export interface DeviceRegistry {
  findByKeyId(keyId: string): Device | null;
  findByPublicKey(publicKeyX: string): Device | null;
  add(request: EnrolmentRequest, device: { deviceId: string; keyId: string }, nowMs: number): void;
  revoke(deviceId: string, nowMs: number): boolean;
  /** Takes a request's nonce and sequence number, durably; each can be taken once. */
  takeOnce(device: Device, nonce: string, sequence: number, nowMs: number): 'taken' | 'nonce-used' | 'sequence-used';
}

interface DeviceRow {
  readonly device_id: string;
  readonly key_id: string;
  readonly public_key_x: string;
  readonly revoked_at_ms: number | null;
}

export function createDeviceRegistry(database: VerifierDatabase): DeviceRegistry {
  const columns = 'SELECT device_id, key_id, public_key_x, revoked_at_ms FROM devices';
  const byKeyId = database.prepare<[string], DeviceRow>(`${columns} WHERE key_id = ?`);
  const byPublicKey = database.prepare<[string], DeviceRow>(`${columns} WHERE public_key_x = ?`);
  const insert = database.prepare(
    `INSERT INTO devices (device_id, key_id, public_key_x, model, app_version, enrolled_at_ms) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const revoke = database.prepare('UPDATE devices SET revoked_at_ms = ? WHERE device_id = ? AND revoked_at_ms IS NULL');
  return {
    findByKeyId: (keyId) => toDevice(byKeyId.get(keyId)),
    findByPublicKey: (publicKeyX) => toDevice(byPublicKey.get(publicKeyX)),
    add: (request, { deviceId, keyId }, nowMs) =>
      void insert.run(deviceId, keyId, request.publicKeyJwk.x, request.model, request.appVersion, nowMs),
    revoke: (deviceId, nowMs) => revoke.run(nowMs, deviceId).changes > 0,
    takeOnce: prepareTakeOnce(database),
  };
}

function prepareTakeOnce(database: VerifierDatabase): DeviceRegistry['takeOnce'] {
  const forget = database.prepare('DELETE FROM nonces WHERE seen_ms < ?');
  const remember = database.prepare(
    'INSERT INTO nonces (key_id, nonce, seen_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const advance = database.prepare('UPDATE devices SET last_sequence = ? WHERE device_id = ? AND last_sequence < ?');
  const take = database.transaction<DeviceRegistry['takeOnce']>((device, nonce, sequence, nowMs) => {
    forget.run(nowMs - KV1_LIMITS.nonceLifetimeMs);
    if (remember.run(device.keyId, nonce, nowMs).changes === 0) return 'nonce-used';
    return advance.run(sequence, device.deviceId, sequence).changes === 0 ? 'sequence-used' : 'taken';
  });
  return (device, nonce, sequence, nowMs) => take.immediate(device, nonce, sequence, nowMs);
}

function toDevice(row: DeviceRow | undefined): Device | null {
  if (row === undefined) return null;
  return {
    deviceId: row.device_id,
    keyId: row.key_id,
    publicKeyX: row.public_key_x,
    revoked: row.revoked_at_ms !== null,
  };
}
