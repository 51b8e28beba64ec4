import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'tencentcloud-sdk-nodejs/tencentcloud/services/faceid/v20180301/faceid_client.js';
import { parseScript, unheardCodes } from '../../../src/fake-vendor/script-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fake-vendor-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function started(...args: string[]) {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'fake-vendor', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
  return { child, ended, next };
}

describe('countersign fake-vendor', () => {
  it('says where it is, answers as its script says, prints each call without personal data, and ends', async () => {
    const script = join(folder, 'script.json');
    await writeFile(script, JSON.stringify({ IdCardVerification: [{ code: '-5' }] }));
    const { child, ended, next } = started('--vendor', 'tencent', '--script', script);
    try {
      const ready = await next();
      const { accessKeyId, secretAccessKey } = ready['account'] as Record<string, string>;
      const client = new Client({
        credential: { secretId: accessKeyId ?? '', secretKey: secretAccessKey ?? '' },
        region: '',
        profile: { httpProfile: { endpoint: String(ready['address']).replace('http://', ''), protocol: 'http://' } },
      });
      const { Result } = await client.IdCardVerification({ IdCard: '110101199003078814', Name: '样本甲' });
      const { at, ...call } = await next();
      expect({ vendor: ready['vendor'], Result, at: typeof at, call }).toEqual({
        vendor: 'tencent',
        Result: '-5',
        at: 'string',
        call: { operation: 'IdCardVerification', signature: 'accepted', outcome: '-5', billed: false, traceId: null },
      });
    } finally {
      child.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
  });
});

describe('a script', () => {
  const vendor = { name: 'uni', operations: ['getCertifyId', 'getAuthResult'], codesOf: () => ['SUCCESS'] } as const;
  it.each([
    ['{', 'the script is not JSON'],
    ['[]', 'the script: Invalid input'],
    ['{"getCertifyId":[]}', 'getCertifyId: Too small'],
    ['{"getCertifyId":[{"falt":"drop"}]}', 'getCertifyId.0: Unrecognized key: "falt"'],
    ['{"getCertifyId":[{"fault":"explode"}]}', 'getCertifyId.0.fault: Invalid option'],
    ['{"getCertifyId":[{"delayMs":-1}]}', 'getCertifyId.0.delayMs: Too small'],
    ['{"getCertifyId":[{"httpStatus":99}]}', 'getCertifyId.0.httpStatus: Too small'],
    ['{"getCertifyId":[{"headers":{"a":"b\\r\\nc: d"}}]}', 'getCertifyId.0.headers.a: Invalid string'],
    ['{"getcertifyid":[{}]}', 'getcertifyid: uni has no such operation'],
  ])('%s: %s', (text, problem) => {
    const script = parseScript(text, vendor);
    expect(script.ok ? 'accepted' : script.error.slice(0, problem.length)).toBe(problem);
  });

  it('may hold codes that are not known, and they are named', () => {
    const script = parseScript('{"getAuthResult":[{"code":"SUCCESS"},{"code":"99"},{}]}', vendor);
    expect(script.ok && unheardCodes(script.value, vendor)).toEqual(['getAuthResult 99']);
  });
});
