import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { systemClock, type Clock } from '../shared/clock.ts';
import type { StorageConfiguration } from './configuration.ts';
import { createDeviceRegistry, type ListedDevice } from './device-registry.ts';
import { createEnrolmentDesk } from './enrolment.ts';
import { createOperatorAudit } from './operators/operator-audit.ts';
import { createOperatorToken, operatorTokenHash, type OperatorRole } from './operators/operator-token.ts';
import { addServerKey, loadServerKey } from './server-key.ts';
import { openVerifierDatabase } from './storage/open-database.ts';

/** What somebody at the verifier's own machine can do, beside a running verifier or without one. */
export interface Administration {
  openCode(label: string): Promise<{ readonly code: string; readonly serverKeyFingerprint: string }>;
  devices(): Promise<readonly ListedDevice[]>;
  /** False when there is no such device, or it was revoked before. */
  revoke(deviceId: string): Promise<boolean>;
  /** Makes the key that the verifier signs with from its next start on; gives its id and fingerprint. */
  addServerKey(): Promise<{ readonly keyId: string; readonly serverKeyFingerprint: string }>;
  /** Gives the operator's token, which is shown this once; null when the name is taken. */
  addOperator(name: string, role: OperatorRole): Promise<string | null>;
  close(): Promise<void>;
}

/** Who the audit names for what is done on the command line. */
const CONSOLE = 'console';

/** Brings the schema up to date; throws when the database can't be reached or is newer. Whoever opens it closes it. */
export async function openAdministration(
  { dataFolder, database: address }: Pick<StorageConfiguration, 'dataFolder' | 'database'>,
  clock: Clock = systemClock,
): Promise<Administration> {
  const database = await openVerifierDatabase(dataFolder, address);
  const audit = createOperatorAudit({ database, clock, newId: () => v7({ msecs: clock.wallMs() }) });
  const registry = createDeviceRegistry(database, clock);
  return {
    openCode: async (label) => {
      const serverKey = await loadServerKey(database, clock.wallMs());
      const code = await createEnrolmentDesk({ database, serverKey, clock, randomBytes }).openCode(label);
      await audit.record({ operator: CONSOLE, action: 'code-opened', target: null, detail: { label } });
      return { code, serverKeyFingerprint: serverKey.fingerprint };
    },
    devices: () => registry.list(),
    revoke: async (deviceId) => {
      const revoked = await registry.revoke(deviceId, clock.wallMs());
      if (revoked) await audit.record({ operator: CONSOLE, action: 'device-revoked', target: deviceId, detail: {} });
      return revoked;
    },
    addServerKey: async () => {
      const keyId = await addServerKey(database, clock.wallMs());
      const { fingerprint } = await loadServerKey(database, clock.wallMs());
      await audit.record({ operator: CONSOLE, action: 'server-key-added', target: keyId, detail: {} });
      return { keyId, serverKeyFingerprint: fingerprint };
    },
    addOperator: async (name, role) => {
      const token = createOperatorToken(randomBytes);
      const row = { name, role, token_hash: operatorTokenHash(token), disabled: 0, created_at_ms: clock.wallMs() };
      return database.transaction(async (queries) => {
        const { numInsertedOrUpdatedRows: added } = await queries
          .insertInto('operators')
          .values(row)
          .onConflict((conflict) => conflict.column('name').doNothing())
          .executeTakeFirstOrThrow();
        if ((added ?? 0n) === 0n) return null;
        await audit.append(queries, { operator: CONSOLE, action: 'operator-added', target: name, detail: { role } });
        return token;
      });
    },
    close: () => database.close(),
  };
}
