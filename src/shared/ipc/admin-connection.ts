import { z } from 'zod';
import type { Failure } from '../reasons.ts';

/** What a connection test looks at, in this order; what comes after a step that failed isn't looked at. */
export const CONNECTION_STEPS = [
  'address',
  'name',
  'tcp',
  'tls',
  'http',
  'protocol',
  'clock',
  'server-key',
  'device-key',
  'round-trip',
] as const;
export type ConnectionStep = (typeof CONNECTION_STEPS)[number];

/** What one step found; `facts` are technical values by name, never personal. */
export interface ConnectionFinding {
  readonly step: ConnectionStep;
  /** `not-needed`: this address or this device has nothing to look at here. */
  readonly state: 'good' | 'warning' | 'failed' | 'not-needed' | 'not-tried';
  readonly facts: Readonly<Partial<Record<ConnectionFact, string | number>>>;
  /** Why it failed; null where it didn't. */
  readonly failure: Failure | null;
  readonly tookMs: number | null;
}

export const CONNECTION_FACTS = [
  'origin',
  'addresses',
  'port',
  'tlsVersion',
  'subject',
  'issuer',
  'validTo',
  'daysLeft',
  'status',
  'protocol',
  'offsetMs',
  'fingerprint',
  'pinned',
  'keyId',
  'medianMs',
  'rounds',
] as const;
export type ConnectionFact = (typeof CONNECTION_FACTS)[number];

export interface ConnectionReport {
  readonly findings: readonly ConnectionFinding[];
}

/** Who answers at an address, before it is trusted. */
export interface OfferedServerKey {
  /** Scheme, host and port, as it will be kept. */
  readonly address: string;
  readonly keyId: string;
  /** SHA-256 of the key, hex. */
  readonly fingerprint: string;
}

/** Channels of the verifier page that test and compare: request schema by channel. */
export const ADMIN_CONNECTION_CHANNELS = {
  /** Null: the verifier that this device is enrolled with. */
  'admin:test-connection': z.strictObject({ address: z.string().max(300).nullable() }),
  'admin:verifier-key': z.strictObject({ address: z.string().max(300) }),
} as const;

export interface AdminConnectionAnswers {
  'admin:test-connection': ConnectionReport;
  'admin:verifier-key': OfferedServerKey;
}
