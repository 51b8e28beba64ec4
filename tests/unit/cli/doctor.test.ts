import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkServices } from '../../../src/cli/doctor-services.ts';
import { checkUsb, type UsbFolders } from '../../../src/cli/doctor-usb.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'doctor-test-'));
  await mkdir(join(root, 'sys'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A device as Linux shows it; `below` are folders of its interface. */
async function plugIn(name: string, ids: string, below: readonly string[] = []): Promise<void> {
  const folder = join(root, 'sys', name);
  const [idVendor, idProduct] = ids.split(':');
  await mkdir(folder, { recursive: true });
  const files = { idVendor, idProduct, busnum: '1', devnum: '7', product: 'Some device' };
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), `${text}\n`);
  for (const each of below) await mkdir(join(folder, `${name}:1.0`, each), { recursive: true });
}

const looked = (allowed: readonly string[] = []) => {
  const folders: UsbFolders = {
    sys: join(root, 'sys'),
    dev: '/dev',
    mayUse: async (path) => allowed.includes(path),
  };
  return checkUsb(folders, 'linux');
};

describe('the bus', () => {
  test('a reader that this account may not open', async () => {
    await plugIn('1-2', '0400:c35a');
    expect(await looked()).toMatchObject([
      {
        name: 'USB reader 0400:c35a',
        state: 'failed',
        detail: expect.stringContaining('/dev/bus/usb/001/007') as unknown,
      },
    ]);
    expect((await looked())[0]!.detail).toContain('udev');
  });

  test('a reader that it may open, by its HID file', async () => {
    await plugIn('1-2', '2b8b:2721', ['0003:2B8B:2721.0001/hidraw/hidraw3']);
    expect(await looked(['/dev/hidraw3'])).toEqual([
      { name: 'USB reader 2b8b:2721', state: 'ok', detail: 'Some device: /dev/hidraw3', hint: '' },
    ]);
  });

  test('an adapter with its port, with one that may not be used, and without one', async () => {
    await plugIn('1-2', '1a86:7523', ['ttyUSB0']);
    expect(await looked(['/dev/ttyUSB0'])).toMatchObject([{ state: 'ok', detail: 'Some device: /dev/ttyUSB0' }]);
    expect(await looked(['/dev/bus/usb/001/007'])).toMatchObject([{ state: 'failed' }]);
    await rm(join(root, 'sys'), { recursive: true });
    await plugIn('1-2', '1a86:7523');
    const [check] = await looked(['/dev/bus/usb/001/007']);
    expect(check).toMatchObject({ name: 'USB adapter 1a86:7523', state: 'failed' });
    expect(check!.detail).toContain('driver');
  });

  test('other devices are none of its business; a bus that can not be seen is not an empty one', async () => {
    await plugIn('1-2', '046d:c077');
    expect(await looked()).toMatchObject([{ state: 'ok', detail: 'no known card reader and no USB serial adapter' }]);
    await rm(join(root, 'sys'), { recursive: true });
    expect(await looked()).toMatchObject([{ state: 'unknown' }]);
  });
});

test('services that listen are named, without being asked anything', async () => {
  const asked: string[] = [];
  const check = await checkServices(async (host, port) => {
    asked.push(`${host}:${port}`);
    return port === 19_196;
  });
  expect(asked).toHaveLength(6);
  expect(check).toMatchObject({
    state: 'ok',
    detail: expect.stringContaining('cvr at http://127.0.0.1:19196') as unknown,
  });
  expect(await checkServices(async () => false)).toMatchObject({ detail: 'nothing listens at their usual ports' });
});
