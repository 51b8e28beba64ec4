import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInstallation } from '../../../src/main/composition/installation.ts';
import { openRequests } from '../../../src/main/composition/request-services.ts';
import { fieldsFile, pictureFile } from '../../../src/main/requests/result-files.ts';
import { keyFile, KEY_FILE_NAME } from '../../../src/main/store/key-file.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import { ok } from '../../../src/shared/result.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(async () => {
  folder = temporaryFolder();
  const source = keyFile(join(folder.path, KEY_FILE_NAME), (length) => randomBytes(length));
  const installation = expectOk(openInstallation(folder.path, source, systemClock));
  expectOk(installation.scenes.put({ ...DEFAULT_SCENE, id: 'phone', scheme: 'PhoneCheck' }, null));
  const record = sampleRecord(1, 'verification.pending', { order: { orderId: 'A-9', requestId: sampleCertifyId(9) } });
  expectOk(installation.records.commit({ ...record, scheme: 'RPBasic' }));
  const requests = openRequests({
    installation,
    dataFolder: folder.path,
    findFaces: async () => ok([]),
    clock: systemClock,
  });
  const files = [fieldsFile({ name: '测试员' }), pictureFile('card-front', new Uint8Array([0xff, 0xd8, 7]))];
  expectOk(await requests.results.keep({ ...record, scheme: 'RPBasic' }, files));
  installation.close();
  const inputs = { name: '测试员', number: '11010519491231002X', phone: '13800000000' };
  writeFileSync(join(folder.path, 'inputs.json'), JSON.stringify(inputs));
  writeFileSync(join(folder.path, 'unfit.json'), JSON.stringify({ ...inputs, phone: '1380000' }));
});
afterAll(() => folder.remove());

function order(...args: string[]): { readonly status: number | null; readonly stdout: string } {
  const all = ['src/cli/main.ts', 'order', ...args, '--data-folder', folder.path, '--json'];
  return spawnSync(process.execPath, all, { encoding: 'utf8' });
}
const inputs = (name: string) => ['--inputs', join(folder.path, name)];

// Each command starts the whole program.
describe('order', { timeout: 120_000 }, () => {
  it('makes, shows, lists and withdraws a request, whose token is given once', () => {
    const made = order('create', 'A-1', '--scene', 'phone', ...inputs('inputs.json'), '--consent', 'transmit');
    expect(made.status).toBe(0);
    const { request, token } = JSON.parse(made.stdout) as {
      request: { state: string; inputs: string[] };
      token: string;
    };
    expect(request).toMatchObject({
      orderId: 'A-1',
      scheme: 'PhoneCheck',
      state: 'waiting',
      inputs: ['name', 'number', 'phone'],
      nameMasked: '测*员',
    });
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(JSON.parse(order('show', 'A-1').stdout)).toEqual(request);
    expect(order('result', 'A-1')).toMatchObject({ status: 2, stdout: expect.stringContaining('waiting') as string });
    expect(JSON.parse(order('withdraw', 'A-1').stdout)).toMatchObject({ state: 'withdrawn' });
  });

  it('writes the fields and card pictures that are kept of an order', () => {
    const out = join(folder.path, 'out');
    const written = order('materials', 'A-9', '--out', out);
    expect(JSON.parse(written.stdout)).toEqual({ out, files: ['document-fields.json', 'card-front.jpg'] });
    expect(JSON.parse(readFileSync(join(out, 'document-fields.json'), 'utf8'))).toEqual({ name: '测试员' });
    expect([...readFileSync(join(out, 'card-front.jpg'))]).toEqual([0xff, 0xd8, 7]);
  });

  it('refuses with code, field and limit, and without what was given', () => {
    const unfit = order('create', 'A-2', '--scene', 'phone', ...inputs('unfit.json'));
    expect(unfit.status).toBe(2);
    const { error } = JSON.parse(unfit.stdout) as { error: { code: string; message: string } };
    expect(error).toMatchObject({
      code: 'request.input-unfit',
      message: expect.stringContaining('phone: 11 digits') as string,
    });
    expect(unfit.stdout).not.toContain('1380000');
    expect(order('create', 'A-2', '--scene', 'nowhere').status).toBe(2);
    expect(order('show', 'A-2')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('request.unknown') as string,
    });
  });
});
