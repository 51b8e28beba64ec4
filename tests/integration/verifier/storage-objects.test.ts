import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { readdir, writeFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openFolderObjectStore } from '../../../src/verifier/storage/folder-object-store.ts';
import { MAX_OBJECT_BYTES, type ObjectStore } from '../../../src/verifier/storage/object-store.ts';
import { openObjectStore } from '../../../src/verifier/storage/open-object-store.ts';
import { parseS3Address } from '../../../src/verifier/storage/s3-address.ts';
import { openS3ObjectStore } from '../../../src/verifier/storage/s3-object-store.ts';
import { S3_TEST_KEYS, startS3Server, type S3Server } from '../../support/object-store.ts';
import { temporaryFolder } from '../../support/sample-store.ts';

const QUICK = { timeoutMs: 300, tries: 3, pauseMs: 1 };
let folder: ReturnType<typeof temporaryFolder>;
let server: S3Server;

beforeAll(async () => {
  server = await startS3Server();
});

afterAll(async () => {
  await server.stop();
});

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  folder.remove();
});

const kinds: readonly (readonly [string, () => Promise<ObjectStore>])[] = [
  ['a folder', () => openFolderObjectStore(join(folder.path, 'objects'))],
  [
    'a bucket',
    () =>
      openObjectStore(server.address.replace('?', '/some/prefix?'), {
        AWS_ACCESS_KEY_ID: S3_TEST_KEYS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: S3_TEST_KEYS.secretAccessKey,
      }),
  ],
];

describe.each(kinds)('objects in %s', (_kind, open) => {
  let objects: ObjectStore;

  beforeEach(async () => {
    objects = await open();
  });

  afterEach(async () => {
    await objects.close();
  });

  it('are given back as they were put, until they are removed', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256));
    expect([await objects.exists('sessions/a/1'), await objects.get('sessions/a/1')]).toEqual([false, null]);
    await objects.put('sessions/a/1', bytes);
    expect(await objects.exists('sessions/a/1')).toBe(true);
    expect((await objects.get('sessions/a/1'))?.equals(bytes)).toBe(true);
    await objects.remove('sessions/a/1');
    await objects.remove('sessions/a/1');
    expect([await objects.exists('sessions/a/1'), await objects.get('sessions/a/1')]).toEqual([false, null]);
    await objects.ping();
  });

  it('are written once', async () => {
    await objects.put('once/1', Buffer.from('first'));
    await objects.put('once/1', Buffer.from('first'));
    await expect(objects.put('once/1', Buffer.from('other'))).rejects.toThrow('another object');
    expect((await objects.get('once/1'))?.toString()).toBe('first');
  });

  it('may be empty and as large as the largest artifact, and no larger', async () => {
    await objects.put('sizes/none', Buffer.alloc(0));
    expect(await objects.get('sizes/none')).toEqual(Buffer.alloc(0));
    await objects.put('sizes/most', Buffer.alloc(10_485_788, 3));
    expect((await objects.get('sizes/most'))?.length).toBe(10_485_788);
    await expect(objects.put('sizes/more', Buffer.alloc(MAX_OBJECT_BYTES + 1))).rejects.toThrow('at most');
  });

  it.each(['', '/a', 'a/', 'a//b', '../a', 'a/../b', '.incoming/a', 'a\\b', 'ä', 'a b', 'x'.repeat(301)])(
    'have plain keys: not %j',
    async (key) => {
      for (const call of [() => objects.put(key, Buffer.alloc(1)), () => objects.get(key), () => objects.remove(key)]) {
        await expect((async () => call())()).rejects.toThrow('not a key');
      }
    },
  );

  it('keep apart what is put at the same time', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `many/${index % 4}/${index}`);
    await Promise.all(names.map((name) => objects.put(name, Buffer.from(name))));
    const found = await Promise.all(names.map(async (name) => (await objects.get(name))?.toString()));
    expect(found).toEqual(names);
  });
});

it('a folder forgets what was left half written', async () => {
  const incoming = join(folder.path, '.incoming');
  await openFolderObjectStore(folder.path);
  await writeFile(join(incoming, 'abandoned'), 'half');
  await writeFile(join(incoming, 'being-written'), 'half');
  await utimes(join(incoming, 'abandoned'), new Date(0), new Date(0));
  await openFolderObjectStore(folder.path);
  expect(await readdir(incoming)).toEqual(['being-written']);
});

describe('a server that', () => {
  /** The store before a server that answers as told; gives what the call led to and how often the server was asked. */
  async function againstServer(answer: RequestListener, call: (objects: ObjectStore) => Promise<unknown>) {
    let asked = 0;
    const other = createServer((request, response) => {
      asked += 1;
      answer(request, response);
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const place = { ...server.place, endpoint: `http://127.0.0.1:${port}` };
    const outcome = await call(openS3ObjectStore(place, S3_TEST_KEYS, QUICK)).catch((error: Error) => error.message);
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
    return { outcome, asked };
  }

  const get = (objects: ObjectStore) => objects.get('a');

  it('fails for a while is asked again', async () => {
    let failures = 2;
    const answer: RequestListener = (_request, response) => {
      failures -= 1;
      response.writeHead(failures < 0 ? 200 : 503).end('content');
    };
    expect(await againstServer(answer, get)).toEqual({ outcome: Buffer.from('content'), asked: 3 });
  });

  it.each([
    ['keeps failing', 500, 'object store: status 500', 3],
    ['refuses', 403, 'object store: status 403', 1],
    ['sends elsewhere', 307, 'object store: status 307', 1],
  ])('%s is given up', async (_what, status, outcome, asked) => {
    const answer: RequestListener = (_request, response) =>
      void response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
    expect(await againstServer(answer, get)).toEqual({ outcome, asked });
  });

  it('is silent is given up after a time', async () => {
    expect(await againstServer(() => undefined, get)).toEqual({ outcome: 'object store: no answer in time', asked: 3 });
  });

  it('never ends is cut off at the largest object', async () => {
    const piece = Buffer.alloc(1_048_576);
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    const { outcome } = await againstServer(answer, get);
    expect(outcome).toBe('object store: an object is too large');
  });

  it('says that the key is taken is believed only when the content is another', async () => {
    const taken = (kept: string): RequestListener => {
      return (request, response) => {
        if (request.method === 'GET') response.writeHead(200).end(kept);
        else response.writeHead(request.method === 'HEAD' ? 404 : 412).end();
      };
    };
    const put = (objects: ObjectStore) => objects.put('a', Buffer.from('mine'));
    expect((await againstServer(taken('mine'), put)).outcome).toBeUndefined();
    expect((await againstServer(taken('other'), put)).outcome).toBe('another object has this key');
  });

  it('knows another secret refuses', async () => {
    const stranger = openS3ObjectStore(server.place, { ...S3_TEST_KEYS, secretAccessKey: 'other' }, QUICK);
    await expect(stranger.put('a', Buffer.from('b'))).rejects.toThrow('status 403');
  });
});

describe('an address', () => {
  it('names bucket, prefix, endpoint and region', () => {
    expect(parseS3Address('s3://faces/kept/here?endpoint=https://s3.example:9000&region=cn-north-1')).toEqual({
      ok: true,
      value: { endpoint: 'https://s3.example:9000', region: 'cn-north-1', bucket: 'faces', prefix: 'kept/here/' },
    });
  });

  it.each([
    's3://faces',
    's3://faces?endpoint=http://s3.example',
    's3://faces?endpoint=https://s3.example/path',
    's3://key:secret@faces?endpoint=https://s3.example',
    's3://Faces_?endpoint=https://s3.example',
    's3://faces/../other?endpoint=ftp://s3.example',
    's3://',
  ])('is refused where it is unsafe or unclear: %s', (address) => {
    expect(parseS3Address(address).ok).toBe(false);
  });

  it('without keys in the environment opens nothing', async () => {
    await expect(openObjectStore(server.address, {})).rejects.toThrow('AWS_ACCESS_KEY_ID');
  });
});
