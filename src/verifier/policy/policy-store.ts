import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Clock } from '../../shared/clock.ts';
import { KV1_LIMITS, type Policy } from '../../shared/protocol/kv1.ts';
import type { OperatorAudit } from '../operators/operator-audit.ts';
import type { Queries, VerifierDatabase } from '../storage/database.ts';

/** What an operator can set. Whatever else a policy says follows from how the verifier is configured. */
export const policySettingsSchema = z.strictObject({
  maxBatchItems: z.int().min(1).max(KV1_LIMITS.batchItems),
  maxAgeMs: z.int().min(3_600_000).max(KV1_LIMITS.idempotencyLifetimeMs),
  /** How long artifacts stay after the decision; 0: not at all. At most 30 days. */
  artifactRetentionMs: z
    .int()
    .min(0)
    .max(30 * 24 * 3_600_000),
});
export type PolicySettings = z.infer<typeof policySettingsSchema>;

/** In force until an operator sets something else: version 1. */
export const FIRST_SETTINGS: PolicySettings = {
  maxBatchItems: KV1_LIMITS.batchItems,
  maxAgeMs: KV1_LIMITS.idempotencyLifetimeMs,
  artifactRetentionMs: 24 * 3_600_000,
};

export interface PolicyStore {
  /** What is in force. */
  current(): Promise<Policy>;
  /** What decisions are made under at the moment. */
  terms(): Promise<{ readonly policyVersion: number; readonly artifactRetentionMs: number }>;
  /** Sets it; the version rises by one, unless nothing changes. */
  set(settings: PolicySettings, operator: string): Promise<Policy>;
}

export interface PolicyStoreParts {
  readonly database: VerifierDatabase;
  readonly clock: Clock;
  readonly audit: OperatorAudit;
  /** The checks that the verifier answers and by whom, from its configuration. */
  readonly checks: () => NonNullable<Policy['checks']>;
  /** The pages for phones; absent: none. */
  readonly handOffs?: () => HandOffOffer;
}

/** What the policy says of hand-offs. */
export type HandOffOffer = Pick<Policy, 'handOffs' | 'handOffRefusals' | 'sealingKey'>;

/**
 * A change is one transaction with its entry in the operators' audit; every version stays. What the configuration says
 * (checks, pages) raises no version.
 */
export function createPolicyStore({ database, clock, audit, checks, handOffs }: PolicyStoreParts): PolicyStore {
  const policyOf = ({ version, settings }: Versioned): Policy => ({
    policyVersion: version,
    ...settings,
    checks: checks(),
    ...handOffs?.(),
  });
  return {
    current: async () => policyOf(await newest(database.queries)),
    terms: async () => {
      const { version, settings } = await newest(database.queries);
      return { policyVersion: version, artifactRetentionMs: settings.artifactRetentionMs };
    },
    set: async (settings, operator) => {
      const set = await database.transaction(async (queries) => {
        const before = await newest(queries);
        if (canonicalJson(before.settings) === canonicalJson(settings)) return before;
        const version = before.version + 1;
        const row = { version, body: canonicalJson(settings), set_by: operator, at_ms: clock.wallMs() };
        await queries.insertInto('policies').values(row).execute();
        await audit.append(queries, {
          operator,
          action: 'policy-changed',
          target: `version ${version}`,
          detail: settings,
        });
        return { version, settings };
      });
      return policyOf(set);
    },
  };
}

interface Versioned {
  readonly version: number;
  readonly settings: PolicySettings;
}

async function newest(queries: Queries): Promise<Versioned> {
  const row = await queries.selectFrom('policies').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
  if (row === undefined) return { version: 1, settings: FIRST_SETTINGS };
  return { version: row.version, settings: policySettingsSchema.parse(JSON.parse(row.body)) };
}

/** A strong entity tag (RFC 9110 section 8.8.3) of everything that the policy says. */
export function policyTag(policy: Policy): string {
  return `"${createHash('sha256').update(canonicalJson(policy)).digest('hex').slice(0, 32)}"`;
}

/** Whether an If-None-Match header names this tag; a weak tag matches too (RFC 9110 section 13.1.2). */
export function namesTag(header: string | null, tag: string): boolean {
  if (header === null) return false;
  return header.trim() === '*' || header.split(',').some((part) => part.trim().replace(/^W\//, '') === tag);
}
