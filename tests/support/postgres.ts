import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface PostgresServer {
  /** An empty database of its own each time, as `postgres://…`. */
  createDatabase(): Promise<string>;
  /** Ends it without a word, as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again on the same files and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const PROGRAMS_FOLDER = '/usr/lib/postgresql';
const START_TIMEOUT_MS = 20_000;

/** Folder with the newest `initdb` and `postgres` of this machine; null where PostgreSQL isn't installed. */
export function postgresPrograms(): string | null {
  const versions = existsSync(PROGRAMS_FOLDER) ? readdirSync(PROGRAMS_FOLDER).filter((name) => /^\d+$/.test(name)) : [];
  const folders = versions
    .sort((left, right) => Number(right) - Number(left))
    .map((version) => join(PROGRAMS_FOLDER, version, 'bin'));
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null;
}

/** Why tests against PostgreSQL can't run here; null when they can. */
export function postgresMissing(): string | null {
  return postgresPrograms() === null ? `PostgreSQL is not installed (no initdb under ${PROGRAMS_FOLDER})` : null;
}

/**
 * Starts a PostgreSQL server on a temporary folder and a free loopback port. `durable` keeps its writes to the disk,
 * which tests don't need and measurements do.
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const programs = postgresPrograms();
  if (programs === null) throw new Error(postgresMissing() ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'countersign-postgres-'));
  const account = serverAccount();
  if (account !== null) chownSync(folder, account.uid, account.gid);
  const files = join(folder, 'files');
  const initdb = ['-D', files, '-U', 'verifier', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(programs, 'initdb'), initdb, { stdio: 'ignore', cwd: folder, ...account });
  const port = await freePort();
  const start = (): Promise<ChildProcess> => startServer({ programs, folder, files, port, durable, account });
  let server = await start();
  return {
    createDatabase: () => createDatabase(port),
    kill: () => end(server, 'SIGKILL'),
    restart: async () => {
      server = await start();
    },
    stop: async () => {
      await end(server, 'SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: its own account then, or nobody's. */
function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no other account to run it as');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

interface ServerPlace {
  readonly programs: string;
  readonly folder: string;
  readonly files: string;
  readonly port: number;
  readonly durable: boolean;
  readonly account: Account | null;
}

async function startServer({ programs, folder, files, port, durable, account }: ServerPlace): Promise<ChildProcess> {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    max_connections: 60,
    shared_buffers: '32MB',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawnTethered(join(programs, 'postgres'), ['-D', files, ...flags], folder, account);
  const giveUpAtMs = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > giveUpAtMs) throw new Error('PostgreSQL did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return child;
}

/** Ends with this process, however this one ends. */
function spawnTethered(program: string, flags: string[], cwd: string, account: Account | null): ChildProcess {
  const identity = account === null ? [] : [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  const tether = ['--pdeathsig', 'KILL', ...identity, program, ...flags];
  return existsSync('/usr/bin/setpriv')
    ? spawn('/usr/bin/setpriv', tether, { stdio: 'ignore', cwd })
    : spawn(program, flags, { stdio: 'ignore', cwd, ...account });
}

async function answers(port: number): Promise<boolean> {
  try {
    await withClient(port, (client) => client.query('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}

async function createDatabase(port: number): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient(port, (client) => client.query(`CREATE DATABASE ${name}`));
  return `postgres://verifier@127.0.0.1:${port}/${name}`;
}

async function withClient<T>(port: number, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'verifier', database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
