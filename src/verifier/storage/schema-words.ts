/** How one kind of database words what the schema needs. */
export interface SchemaWords {
  /** Integers up to 2^53. */
  readonly integer: string;
  readonly bytes: string;
  /** After a table's closing bracket. */
  readonly table: string;
  /** The same, of a table that lives in its primary key's index. */
  readonly keyedTable: string;
}

export const SQLITE_WORDS: SchemaWords = {
  integer: 'INTEGER',
  bytes: 'BLOB',
  table: 'STRICT',
  keyedTable: 'STRICT, WITHOUT ROWID',
};

export const POSTGRES_WORDS: SchemaWords = { integer: 'BIGINT', bytes: 'BYTEA', table: '', keyedTable: '' };
