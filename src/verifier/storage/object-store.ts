/**
 * Where pictures and clips are kept. Whoever puts something has encrypted it; the store sees ciphertext under a name that
 * says nothing. Everything throws when the store can't be reached or refuses, after trying for some seconds.
 */
export interface ObjectStore {
  /**
   * Keeps an object under a new key, durably. Write-once: the same content again is well, other content under the key
   * throws `ObjectExists` and changes nothing.
   */
  put(key: string, bytes: Buffer): Promise<void>;
  /** Null when there is no such object. */
  get(key: string): Promise<Buffer | null>;
  /** Well too when there is no such object. */
  remove(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  /** Settles when the store answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Largest object: the largest artifact, encrypted, and room to spare. */
export const MAX_OBJECT_BYTES = 12_582_912;

/** Something else is kept under the key. */
export class ObjectExists extends Error {
  constructor() {
    super('another object has this key');
    this.name = 'ObjectExists';
  }
}

/** The store can't be reached or doesn't do what was asked. `reason` names a status or a limit, never a key. */
export class ObjectStoreFailure extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`object store: ${reason}`);
    this.name = 'ObjectStoreFailure';
    this.reason = reason;
  }
}

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;
const MAX_KEY_CHARACTERS = 300;

/** Keys are relative paths of plain segments; anything else is a mistake of the caller and throws. */
export function assertObjectKey(key: string): void {
  const segments = key.split('/');
  if (key.length > MAX_KEY_CHARACTERS || !segments.every((segment) => SEGMENT.test(segment))) {
    throw new Error('not a key of an object');
  }
}

/** Beyond `MAX_OBJECT_BYTES` it is a mistake of the caller and throws. */
export function assertObjectSize(bytes: Buffer): void {
  if (bytes.length > MAX_OBJECT_BYTES) throw new Error(`an object has at most ${MAX_OBJECT_BYTES} bytes`);
}
