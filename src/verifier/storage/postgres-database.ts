import { CompiledQuery, Kysely, PostgresDialect, type DatabaseConnection, type Transaction } from 'kysely';
import pg from 'pg';
import type { VerifierDatabase } from './database.ts';
import { POSTGRES_WORDS } from './schema-words.ts';
import { MIGRATIONS } from './schema.ts';
import type { Tables } from './tables.ts';
import { createTransactionGuard } from './transaction-guard.ts';

export interface PostgresOptions {
  /** Most connections of this process. */
  readonly connections?: number;
}

const DEFAULT_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** A lock that is held longer than this is somebody else's fault. */
const LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
const TRANSACTION_TRIES = 20;
const LONGEST_PAUSE_MS = 100;
/** Any number that no other user of the database takes. */
const MIGRATION_LOCK = 4_071_995_501;
/** `serialization_failure` and `deadlock_detected`: the whole transaction is to be run again. */
const TRY_AGAIN_STATES = ['40001', '40P01'];
const INT8_TYPE = 20;
const NUMERIC_TYPE = 1700;

/** Opens a PostgreSQL database by its address, bringing an older schema up to date. Durable when a commit settles. */
export async function openPostgresDatabase(url: string, options: PostgresOptions = {}): Promise<VerifierDatabase> {
  const pool = createPool(url, options.connections ?? DEFAULT_CONNECTIONS);
  const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool, onCreateConnection: commitDurably }) });
  try {
    await migrate(queries);
  } catch (error) {
    await queries.destroy();
    throw error;
  }
  const guard = createTransactionGuard();
  const transact = <T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> => {
    guard.assertOutside();
    return untilSerialized(() =>
      queries
        .transaction()
        .setIsolationLevel('serializable')
        .execute((transaction) => guard.run(() => work(transaction))),
    );
  };
  return {
    kind: 'postgres',
    get queries() {
      guard.assertOutside();
      return queries;
    },
    transaction: async (work) => transact(work),
    lightTransaction: async (work) =>
      transact(async (transaction) => {
        await run(transaction, 'SET LOCAL synchronous_commit = off');
        return work(transaction);
      }),
    ping: async () => {
      await queries.selectFrom('server_keys').select('key_id').limit(1).execute();
    },
    close: () => queries.destroy(),
  };
}

function createPool(url: string, connections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 2_000,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    application_name: 'countersign-verifier',
    types: { getTypeParser: numbersAsNumbers as typeof pg.types.getTypeParser },
  });
  // A connection that breaks while it is idle is replaced; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** A server that is set to answer before its disk has it would lose what devices have been told is kept. */
async function commitDurably(connection: DatabaseConnection): Promise<void> {
  await connection.executeQuery(
    CompiledQuery.raw(
      `SELECT set_config('synchronous_commit', 'on', false)
       WHERE current_setting('synchronous_commit') IN ('off', 'local')`,
    ),
  );
}

/** Times and counts stay far below 2^53. */
function numbersAsNumbers(type: number, format?: 'text' | 'binary'): unknown {
  if (type === INT8_TYPE || type === NUMERIC_TYPE) return Number;
  return pg.types.getTypeParser(type, format);
}

async function untilSerialized<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= TRANSACTION_TRIES || !TRY_AGAIN_STATES.includes(stateOf(error))) throw error;
      const longestMs = Math.min(LONGEST_PAUSE_MS, 2 ** tries);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
    }
  }
}

function stateOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Several processes may start at once: one migrates, the others wait for its lock. */
async function migrate(queries: Kysely<Tables>): Promise<void> {
  await queries.transaction().execute(async (transaction) => {
    await run(transaction, `SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await run(transaction, 'CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)');
    const { rows } = await transaction.executeQuery(
      CompiledQuery.raw('SELECT coalesce(max(version), 0) AS version FROM schema_version'),
    );
    const { version } = rows[0] as { version: number };
    if (version > MIGRATIONS.length) {
      throw new Error(`schema ${version} is newer than this verifier's ${MIGRATIONS.length}`);
    }
    for (const statements of MIGRATIONS.slice(version)) {
      for (const statement of statements(POSTGRES_WORDS)) await run(transaction, statement);
    }
    if (version < MIGRATIONS.length) await run(transaction, `INSERT INTO schema_version VALUES (${MIGRATIONS.length})`);
  });
}

async function run(transaction: Transaction<Tables>, statement: string): Promise<void> {
  await transaction.executeQuery(CompiledQuery.raw(statement));
}
