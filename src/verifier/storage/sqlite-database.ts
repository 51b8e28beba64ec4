import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import {
  CompiledQuery,
  Kysely,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDatabase,
  type SqliteDialectConfig,
  type SqliteStatement,
} from 'kysely';
import type { VerifierDatabase } from './database.ts';
import { SQLITE_WORDS } from './schema-words.ts';
import { MIGRATIONS } from './schema.ts';
import type { Tables } from './tables.ts';
import { createTransactionGuard } from './transaction-guard.ts';

/** How long one process waits for another that is writing: a moment in place, the rest without holding up anything. */
const BUSY_IN_PLACE_MS = 20;
const BUSY_TIMEOUT_MS = 5_000;
const BUSY_PAUSE_MS = 20;
/** More than this verifier has different statements. */
const CACHED_STATEMENTS = 300;

/**
 * Opens the database in a folder, making both when they don't exist and bringing an older schema up to date. Durable
 * when a commit settles. One connection: statements and transactions wait for each other.
 */
export function openSqliteDatabase(folder: string): VerifierDatabase {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = new Database(join(folder, 'verifier.db'), { timeout: BUSY_TIMEOUT_MS });
  try {
    file.pragma('journal_mode=WAL');
    file.pragma('synchronous=FULL');
    file.pragma('foreign_keys=ON');
    file.pragma('trusted_schema=OFF');
    migrate(file);
    file.pragma(`busy_timeout=${BUSY_IN_PLACE_MS}`);
  } catch (error) {
    file.close();
    throw error;
  }
  const queries = new Kysely<Tables>({ dialect: new ImmediateSqliteDialect({ database: cachingStatements(file) }) });
  const guard = createTransactionGuard();
  return {
    kind: 'sqlite',
    get queries() {
      guard.assertOutside();
      return queries;
    },
    transaction: async (work) => {
      guard.assertOutside();
      return queries.transaction().execute((transaction) => guard.run(() => work(transaction)));
    },
    // The log is written in order: the next durable commit brings this one along.
    lightTransaction: async (work) => {
      guard.assertOutside();
      return queries.connection().execute(async (connection) => {
        file.pragma('synchronous=NORMAL');
        try {
          return await connection.transaction().execute((transaction) => guard.run(() => work(transaction)));
        } finally {
          file.pragma('synchronous=FULL');
        }
      });
    },
    ping: async () => {
      await queries.selectFrom('server_keys').select('key_id').limit(1).execute();
    },
    close: async () => {
      await queries.destroy();
      if (file.open) file.close();
    },
  };
}

/** The version is read within the transaction: two processes may start at once. */
function migrate(file: Database.Database): void {
  const step = file.transaction(() => {
    const version = file.pragma('user_version', { simple: true }) as number;
    if (version > MIGRATIONS.length) {
      throw new Error(`schema ${version} is newer than this verifier's ${MIGRATIONS.length}`);
    }
    for (const statements of MIGRATIONS.slice(version)) {
      for (const statement of statements(SQLITE_WORDS)) file.exec(statement);
    }
    if (version < MIGRATIONS.length) file.pragma(`user_version=${MIGRATIONS.length}`);
  });
  step.immediate();
}

/** A transaction that will write takes the lock when it begins, so that it can't fail on what it has read. */
class ImmediateSqliteDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: (query) => untilFree(() => connection.executeQuery(query)),
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    };
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** Statements before `begin` and `begin` itself find the file locked by another process; those after it never do. */
async function untilFree<T>(attempt: () => Promise<T>): Promise<T> {
  const giveUpAtMs = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const isBusy = error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY';
      if (!isBusy || performance.now() > giveUpAtMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * BUSY_PAUSE_MS));
    }
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver(this.#config);
  }
}

/** Keeps prepared statements by their text. */
function cachingStatements(file: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => void file.close(),
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = file.prepare(sql) as SqliteStatement;
      if (statements.size < CACHED_STATEMENTS) statements.set(sql, statement);
      return statement;
    },
  };
}
