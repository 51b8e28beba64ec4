import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Where queries are built: the database itself, or one transaction of it. */
export type Queries = Kysely<Tables>;

/** The verifier's database, whichever kind it is. */
export interface VerifierDatabase {
  readonly kind: 'sqlite' | 'postgres';
  /**
   * For statements that stand alone; each is durable when it settles. Throws inside of `transaction`, whose own queries
   * have to be used there.
   */
  readonly queries: Queries;
  /**
   * Runs `work` as if nothing else happened at the time, and durably once it settles. It may run several times before
   * it takes effect, so it must touch nothing but its queries, and it may not nest.
   */
  transaction<T>(work: (queries: Transaction<Tables>) => Promise<T>): Promise<T>;
  /**
   * The same, but on the disk only with the next commit of this database that is. For what is of no use without an effect
   * that follows it: a power cut may take it back alone, the end of the process doesn't.
   */
  lightTransaction<T>(work: (queries: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Settles when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
