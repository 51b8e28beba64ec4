import { randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import { cloudKeysSchema, type DirectVerifierSetting } from '../../shared/domain/direct-verifier.ts';
import type { DirectVerifierView } from '../../shared/ipc/admin-outbox.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { sha256Hex } from '../store/hashing.ts';
import type { SecretRows } from '../store/secret-rows.ts';
import type { CloudKeys, Verifier } from '../verifiers/contract.ts';
import { createDirectVerifier } from '../verifiers/create-verifier.ts';
import type { OfferedPage } from '../verifiers/hosted-pages.ts';
import { sendToVendor } from '../verifiers/vendor-exchange.ts';
import { directVendorPage } from '../verifiers/vendor-pages.ts';

const KEYS = 'direct-verifier-keys';

export interface DirectVerifierParts {
  readonly settings: SettingsStore;
  /** Rows of the encrypted database, whose key the operating system's vault keeps. */
  readonly secrets: SecretRows;
  readonly clock: Clock;
}

/** The vendor that a single-terminal site asks by itself. */
export interface DirectVerifier {
  /** Whether one is chosen, able to be asked or not. */
  isChosen(): boolean;
  /** Null where none is chosen; fails where one is and can't be asked. */
  verifier(): Result<Verifier | null, Failure>;
  /** The page of that vendor on which people finish with their own phones; null where no vendor is asked. */
  page(): Result<OfferedPage | null, Failure>;
  view(): Result<DirectVerifierView, Failure>;
  /** @param keys null keeps what is kept, as long as the vendor stays the same */
  save(setting: DirectVerifierSetting, keys: CloudKeys | null): Result<null, Failure>;
}

/**
 * Keys go when the vendor changes. Asking fails with `verifier.misconfigured` where keys are missing or wrong,
 * `store.corrupt` where those that are kept can't be read.
 */
export function createDirectVerifierDesk({ settings, secrets, clock }: DirectVerifierParts): DirectVerifier {
  let made: { readonly of: string; readonly verifier: Verifier } | null = null;

  function keptKeys(): Result<CloudKeys | null, Failure> {
    const kept = secrets.read(KEYS);
    if (!kept.ok || kept.value === null) return kept as Result<null, Failure>;
    const parsed = cloudKeysSchema.safeParse(parseJson(kept.value));
    if (!parsed.success) return err(failure('store.corrupt', 'keys of the direct verifier'));
    const { securityToken, ...keys } = parsed.data;
    return ok(securityToken === undefined ? keys : { ...keys, securityToken });
  }

  function verifier(): Result<Verifier | null, Failure> {
    const setting = settings.read('direct-verifier');
    if (!setting.ok) return setting;
    if (setting.value === null) return ok(null);
    const keys = keptKeys();
    if (!keys.ok) return keys;
    // Another process may have kept other keys: what was made of the former ones is made anew.
    const of = sha256Hex(JSON.stringify([setting.value, keys.value]));
    if (made?.of === of) return ok(made.verifier);
    const created = createDirectVerifier({ send: sendToVendor, clock, randomBytes }, setting.value, keys.value);
    if (!created.ok) return created;
    made = { of, verifier: created.value };
    return created;
  }

  function page(): Result<OfferedPage | null, Failure> {
    const setting = settings.read('direct-verifier');
    if (!setting.ok) return setting;
    if (setting.value === null) return ok(null);
    const keys = keptKeys();
    if (!keys.ok) return keys;
    if (keys.value === null) return err(failure('verifier.misconfigured', 'the keys are missing'));
    return ok(directVendorPage({ send: sendToVendor, clock, randomBytes }, setting.value, keys.value));
  }

  return {
    isChosen: () => {
      const asked = verifier();
      return !asked.ok || asked.value !== null;
    },
    verifier,
    page,
    view: () => {
      const setting = settings.read('direct-verifier');
      if (!setting.ok) return setting;
      // Keys that can't be read can still be replaced.
      const keys = keptKeys();
      const asked = verifier();
      const offered = asked.ok ? (asked.value?.capabilities.checks ?? []) : [];
      return ok({
        setting: setting.value,
        keysKept: keys.ok && keys.value !== null,
        checks: offered.map(({ check, operation }) => ({ check, operation })),
        failure: asked.ok ? null : asked.error,
      });
    },
    save: (setting, keys) => {
      const before = settings.read('direct-verifier');
      if (!before.ok) return before;
      const sameVendor = setting !== null && before.value?.vendor === setting.vendor;
      // The setting first: another vendor must never be signed to with keys that were meant for the one before.
      if (!sameVendor) {
        const removed = secrets.replace(KEYS, null);
        if (!removed.ok) return removed;
      }
      made = null;
      const written = settings.write('direct-verifier', setting);
      if (!written.ok || keys === null) return written.ok ? ok(null) : written;
      return secrets.replace(KEYS, Buffer.from(JSON.stringify(keys), 'utf8'));
    },
  };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
