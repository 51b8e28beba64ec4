import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestInputsSchema, type RequestInputs } from '../../shared/domain/certification-request.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import { openBundle, type VaultPart } from './vault-bundle.ts';
import { createVaultFiles, VAULT_SUFFIX, type VaultDisk } from './vault-files.ts';
import { readVaultKey, type DestroyReason } from './vault-keys.ts';
import { createVault, type VaultParts } from './vault.ts';

/** The folder beside the database that holds what callers gave for requests that have not ended. */
export const REQUESTS_FOLDER_NAME = 'requests';

/** What a caller bound to each request, encrypted, each under a key of its own, until the request has ended. */
export interface RequestInputStore {
  /** On the disk when this returns. @returns `store.full`, `store.unavailable`, `request.invalid` */
  keep(requestId: string, inputs: RequestInputs, destroyAtMs: number): Promise<Result<null, Failure>>;
  /** Reads at once: a certification can't begin without them. Null when there are none, or none any more. */
  read(requestId: string): Result<RequestInputs | null, Failure>;
  /** Destroys the key, then the files, with an entry in the audit log; whether there was anything. */
  destroy(requestId: string, why: DestroyReason): Promise<Result<boolean, Failure>>;
  /** Destroys what belongs to no request that is still open. Gives how many. */
  sweep(): Promise<Result<number, Failure>>;
}

export type RequestInputParts = Omit<VaultParts, 'files' | 'kept'> & {
  /** Where the encrypted files go. */
  readonly folder: string;
  readonly disk?: VaultDisk;
};

/** Inputs that are files, by the names of their parts. */
const FILES = ['face', 'clip', 'reference', 'cardFront', 'cardBack', 'bankCardPicture'] as const;
const DESCRIPTION = 'inputs.json';

/**
 * A vault of its own, by the ids of requests: files in `folder`, their keys in the database, encrypted with
 * `wrappingKey`.
 */
export function createRequestInputStore({ folder, disk, ...parts }: RequestInputParts): RequestInputStore {
  const vault = createVault({ ...parts, files: createVaultFiles(folder, disk), kept: 'requests' });
  return {
    keep: (requestId, inputs, destroyAtMs) => vault.keep(requestId, 'inputs', inputParts(inputs), destroyAtMs),
    read: (requestId) => {
      const key = readVaultKey(parts.database, parts.wrappingKey, requestId, 'requests');
      if (!key.ok) return key;
      if (key.value === null) return ok(null);
      const sealed = readSealed(join(folder, requestId, `inputs${VAULT_SUFFIX}`));
      if (!sealed.ok) return sealed;
      const opened = openBundle(key.value, { certifyId: requestId, bundle: 'inputs' }, sealed.value);
      key.value.fill(0);
      return opened.ok ? inputsFromParts(opened.value) : opened;
    },
    destroy: (requestId, why) => vault.destroy(requestId, why),
    sweep: () => vault.sweepOrphans(),
  };
}

function readSealed(path: string): Result<Buffer, Failure> {
  try {
    return ok(readFileSync(path));
  } catch {
    return err(failure('store.unavailable', 'the inputs of a request can not be read'));
  }
}

function inputParts(inputs: RequestInputs): readonly VaultPart[] {
  const described = Object.entries(inputs).map(([field, value]) => [field, withoutBytes(value)]);
  const description = new TextEncoder().encode(JSON.stringify(Object.fromEntries(described)));
  const files = FILES.flatMap((name) => {
    const file = inputs[name];
    return file === undefined ? [] : [{ name, bytes: file.bytes }];
  });
  return [{ name: DESCRIPTION, bytes: description }, ...files];
}

function inputsFromParts(parts: readonly VaultPart[]): Result<RequestInputs, Failure> {
  const named = new Map(parts.map(({ name, bytes }) => [name, bytes]));
  const description = parseStoredJson(Buffer.from(named.get(DESCRIPTION) ?? []).toString('utf8'));
  const fields = typeof description === 'object' && description !== null ? Object.entries(description) : [];
  const whole = fields.map(([field, value]: [string, unknown]) => {
    const bytes = named.get(field);
    return [field, bytes === undefined ? value : { ...(value as object), bytes }];
  });
  const inputs = requestInputsSchema.safeParse(Object.fromEntries(whole));
  return inputs.success && named.has(DESCRIPTION)
    ? ok(inputs.data)
    : err(failure('store.corrupt', 'the inputs of a request do not parse'));
}

function withoutBytes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('bytes' in value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'bytes'));
}
