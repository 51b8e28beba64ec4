import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { app } from './app.ts';
import { strictObject } from './not-provided.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function readOrMakeKey(): Buffer {
  const directory = app.getPath('userData');
  const file = join(directory, 'stand-in-safe-storage.key');
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = readFileSync(file);
  if (key.length !== KEY_BYTES) throw new Error('the key file of safeStorage is damaged');
  return key;
}

/** `safeStorage` without a vault: AES-256-GCM under a key that lies in a file beside the data, and says so. */
export const safeStorage = strictObject('safeStorage', {
  isEncryptionAvailable: (): boolean => true,
  getSelectedStorageBackend: () => 'basic_text' as const,
  encryptString(plainText: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', readOrMakeKey(), nonce);
    return Buffer.concat([nonce, cipher.update(plainText, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  },
  decryptString(encrypted: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', readOrMakeKey(), encrypted.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(encrypted.subarray(-TAG_BYTES));
    const text = decipher.update(encrypted.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  },
}) satisfies Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>;
