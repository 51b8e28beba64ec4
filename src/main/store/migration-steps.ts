import type { StoreDatabase } from './database.ts';

/** One version of the schema that fills a table from all records. */
export interface PagedMigration {
  readonly before: string;
  /** A statement for the records after one `seq`, up to another one; the two are its parameters. */
  readonly page: string;
  readonly after: string;
}

export type Migration = string | PagedMigration;

/** How far a database of an earlier version has been brought up to date. */
export interface MigrationProgress {
  /** The version of the schema that is being made, of those that the program knows. */
  readonly version: number;
  readonly versions: number;
  /** Records that are prepared for it, of all. */
  readonly done: number;
  readonly records: number;
}

/** Records that one step prepares: some ten milliseconds. */
export const MIGRATION_PAGE = 1_000;

/**
 * Brings the schema up to date in small steps, each version in one transaction: a process that is killed at any moment
 * leaves the version that was whole, and the next start begins the one that wasn't anew. Whoever stops asking for steps
 * has to close the database.
 */
export function* migrationSteps(
  database: StoreDatabase,
  migrations: readonly Migration[],
): Generator<MigrationProgress, void> {
  const current = database.pragma('user_version', { simple: true }) as number;
  for (let version = current + 1; version <= migrations.length; version += 1) {
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const { done, records } of stepsOf(database, migrations[version - 1]!)) {
        yield { version, versions: migrations.length, done, records };
      }
      database.pragma(`user_version=${version}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}

function* stepsOf(
  database: StoreDatabase,
  migration: Migration,
): Generator<Pick<MigrationProgress, 'done' | 'records'>, void> {
  if (typeof migration === 'string') {
    database.exec(migration);
    return;
  }
  database.exec(migration.before);
  const page = database.prepare<[number, number]>(migration.page);
  const records = database.prepare<[], number | null>('SELECT max(seq) FROM records').pluck().get() ?? 0;
  for (let done = 0; done < records;) {
    const until = Math.min(done + MIGRATION_PAGE, records);
    page.run(done, until);
    done = until;
    yield { done, records };
  }
  database.exec(migration.after);
}
