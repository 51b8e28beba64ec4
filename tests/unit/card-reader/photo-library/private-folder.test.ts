import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  makePrivateFolder,
  removePrivateFolder,
  sweepFolder,
} from '../../../../src/main/card-reader/photo-library/private-folder.ts';

/** Beyond the largest number a process can have on Linux. */
const NOBODY = 4_194_305;

describe.skipIf(process.platform === 'win32')('the folder that a library works in', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp('/tmp/private-folder-');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const make = (): Promise<string | null> => makePrivateFolder([root], join(root, 'library.so'));

  test('is its owner’s alone, with a short path of ASCII', async () => {
    const folder = (await make()) ?? '';
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(folder).toMatch(/^[\x20-\x7e]{1,120}$/);
    await removePrivateFolder(folder);
    expect(await readdir(root)).toEqual([]);
  });

  test('holds the library’s licence, which sweeping leaves', async () => {
    await writeFile(join(root, 'license.dat'), 'key');
    const folder = (await make()) ?? '';
    await writeFile(join(folder, 'id.wlt'), 'block');
    await mkdir(join(folder, 'deep', 'deeper'), { recursive: true });
    await writeFile(join(folder, 'deep', 'deeper', 'zp.bmp'), 'picture');
    await sweepFolder(folder);
    expect(await readdir(folder)).toEqual(['license.dat']);
    expect(await readFile(join(folder, 'license.dat'), 'utf8')).toBe('key');
    await removePrivateFolder(folder);
    expect(await readdir(root)).toEqual(['license.dat']);
  });

  test('what is swept is overwritten first, and what it links to is left alone', async () => {
    const folder = (await make()) ?? '';
    const outside = join(root, 'outside');
    await writeFile(outside, 'kept');
    await symlink(outside, join(folder, 'link'));
    await writeFile(join(folder, 'id.wlt'), 'a photo block');
    const held = await open(join(folder, 'id.wlt'), 'r');
    await removePrivateFolder(folder);
    expect((await held.readFile()).every((byte) => byte === 0)).toBe(true);
    await held.close();
    expect(await readFile(outside, 'utf8')).toBe('kept');
  });

  test('folders of processes that are gone are swept, those of others are not', async () => {
    const first = (await make()) ?? '';
    const others = [`cs-photo-${NOBODY}-abc`, `cs-photo-${process.ppid}-abc`, `cs-photo-${process.pid}-former`];
    for (const name of [...others, 'cs-photo-x-abc', 'else']) {
      await mkdir(join(root, name));
      await writeFile(join(root, name, 'id.bmp'), 'picture');
    }
    const second = (await make()) ?? '';
    expect((await readdir(root)).toSorted()).toEqual(
      [first, second]
        .map((path) => path.slice(root.length + 1))
        .concat([others[1]!, 'cs-photo-x-abc', 'else'])
        .toSorted(),
    );
  });

  test('is made where it can be', async () => {
    const long = join(root, 'x'.repeat(130));
    const chinese = join(root, '用户');
    for (const folder of [long, chinese]) await mkdir(folder);
    const path = join(root, 'library.so');
    expect(await makePrivateFolder([long, chinese, join(root, 'nowhere')], path)).toBeNull();
    expect(await makePrivateFolder([long, chinese, root], path)).toContain(`${root}/cs-photo-${process.pid}-`);
    expect([await readdir(long), await readdir(chinese)]).toEqual([[], []]);
  });
});
