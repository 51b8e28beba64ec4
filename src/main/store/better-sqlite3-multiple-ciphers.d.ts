/** The package has the interface of better-sqlite3, but doesn't export its own declarations. */
declare module 'better-sqlite3-multiple-ciphers' {
  import Database from 'better-sqlite3';
  export default Database;
}
