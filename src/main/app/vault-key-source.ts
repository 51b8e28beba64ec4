import { safeStorage } from 'electron';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

const KEY_BYTES = 32;

/**
 * Whether the operating system really keeps secrets for us. On Linux without a keyring, `safeStorage` answers
 * with a key that is published in Chromium's source (`basic_text`): that is no vault.
 */
export function hasVault(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

/** The database key, wrapped by the operating system's vault in `file`; made at the first start. */
export function vaultKeySource(file: string): { protection: 'vault'; loadOrCreate(): Result<Buffer, Failure> } {
  return {
    protection: 'vault',
    loadOrCreate: () => {
      try {
        if (existsSync(file)) {
          const key = Buffer.from(safeStorage.decryptString(readFileSync(file)), 'hex');
          return key.length === KEY_BYTES ? ok(key) : err(failure('store.wrong-key', 'wrapped key has a wrong length'));
        }
        const key = randomBytes(KEY_BYTES);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(`${file}.new`, safeStorage.encryptString(key.toString('hex')), { mode: 0o600 });
        renameSync(`${file}.new`, file);
        return ok(key);
      } catch (error) {
        return err(failure('store.wrong-key', `vault: ${error instanceof Error ? error.name : 'unreadable'}`));
      }
    },
  };
}
