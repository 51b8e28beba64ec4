import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucketOrigin, hostStyleUrl, pathStyleUrl } from '../../../src/main/face-return/bucket-address.ts';
import type { FaceObject } from '../../../src/main/face-return/face-destination.ts';
import { createFolderDestination } from '../../../src/main/face-return/folder-destination.ts';
import { faceObjectName } from '../../../src/main/face-return/object-name.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';
import { temporaryFolder } from '../../support/sample-store.ts';

const AGAIN = { again: false };
let folder: ReturnType<typeof temporaryFolder>;
let root: string;
beforeEach(() => {
  folder = temporaryFolder();
  root = join(folder.path, 'faces');
  mkdirSync(root);
});
afterEach(() => folder.remove());

const destination = (at = root) => createFolderDestination(at, () => 'part');
function object(name: string, text = 'picture'): FaceObject {
  const bytes = Buffer.from(text);
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), type: 'image/jpeg' };
}

describe('a folder', () => {
  it('takes an object twice as once, and lets it be removed twice', async () => {
    const put = () => destination().put(object('2026/03/02/a.jpg'), AGAIN);
    expect([await put(), await put()]).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
    expect(readdirSync(join(root, '2026/03/02'))).toEqual(['a.jpg']);
    const remove = () => destination().remove('2026/03/02/a.jpg');
    expect([await remove(), await remove()]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(readdirSync(join(root, '2026/03/02'))).toEqual([]);
  });

  it('that isn’t there is waited for, and never made', async () => {
    const gone = join(folder.path, 'not-mounted');
    expect(await destination(gone).put(object('a.jpg'), AGAIN)).toMatchObject({
      ok: false,
      error: { code: 'face-return.unreachable', detail: 'ENOENT' },
    });
    expect(existsSync(gone)).toBe(false);
  });

  it.each(['../a.jpg', 'x/../../a.jpg', '/etc/a.jpg', 'a b.jpg', '.hidden', 'x//a.jpg', ''])(
    'refuses the name %j',
    async (name) => {
      expect(await destination().put(object(name), AGAIN)).toMatchObject({
        ok: false,
        error: { code: 'face-return.refused' },
      });
      expect(readdirSync(folder.path)).toEqual(['faces']);
    },
  );

  it('is not left by a link in it', async () => {
    const away = join(folder.path, 'faces-elsewhere');
    mkdirSync(away);
    symlinkSync(away, join(root, '2026'));
    expect(await destination().put(object('2026/03/02/a.jpg'), AGAIN)).toMatchObject({
      ok: false,
      error: { code: 'face-return.refused', detail: 'a link leads out of the folder' },
    });
    expect(readdirSync(away)).toEqual([]);
  });

  it('may itself be a link, as mounts often are', async () => {
    const link = join(folder.path, 'link');
    symlinkSync(root, link);
    expect(await destination(link).put(object('2026/a.jpg'), AGAIN)).toMatchObject({ ok: true });
    expect(readFileSync(join(root, '2026/a.jpg'), 'utf8')).toBe('picture');
  });

  it('that is a file, or relative, is refused', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    for (const at of [file, 'faces']) {
      expect(await destination(at).put(object('a.jpg'), AGAIN)).toMatchObject({
        error: { code: 'face-return.refused' },
      });
    }
  });
});

describe('names and addresses', () => {
  it('name a day and a certification', () => {
    const id = sampleCertifyId(1);
    expect(faceObjectName('kiosks/7/', '2026-03-02', id)).toBe(`kiosks/7/2026/03/02/${id}.jpg`);
  });

  it('have the bucket in the host where the store wants it, and in the path for bare addresses', () => {
    const url = (address: string) => {
      const origin = bucketOrigin(address);
      if (!origin.ok) throw new Error(origin.error.detail);
      return [pathStyleUrl(origin.value, 'faces', 'x/a b.jpg'), hostStyleUrl(origin.value, 'faces', 'x/a b.jpg')];
    };
    expect(url('https://oss-cn-shanghai.aliyuncs.com')).toEqual([
      'https://oss-cn-shanghai.aliyuncs.com/faces/x/a%20b.jpg',
      'https://faces.oss-cn-shanghai.aliyuncs.com/x/a%20b.jpg',
    ]);
    expect(url('http://127.0.0.1:9000')[1]).toBe('http://127.0.0.1:9000/faces/x/a%20b.jpg');
    expect(url('http://[::1]:9000')[1]).toBe('http://[::1]:9000/faces/x/a%20b.jpg');
  });

  it.each(['http://192.0.2.7', 'https://example.invalid/path', 'https://id:key@example.invalid', 'nothing'])(
    'can’t be %s',
    (address) => expect(bucketOrigin(address)).toMatchObject({ ok: false, error: { code: 'request.invalid' } }),
  );
});
