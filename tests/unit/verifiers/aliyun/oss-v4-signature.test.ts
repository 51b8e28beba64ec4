import { describe, expect, it } from 'vitest';
import { objectPath, ossV4Headers } from '../../../../src/main/verifiers/aliyun/oss-v4-signature.ts';

/** The test vectors that the vendor ships with its own clients of the object store (Go, PHP, Swift). */
const vector = {
  method: 'PUT',
  bucket: 'bucket',
  objectName: '1234+-/123/1.txt',
  region: 'cn-hangzhou',
  query: { param1: 'value1', '+param1': 'value3', '|param1': 'value4', '+param2': '', '|param2': '', param2: '' },
  headers: { 'x-oss-head1': 'value', abc: 'value', ZAbc: 'value', XYZ: 'value', 'content-type': 'text/plain' },
} as const;
const keys = { accessKeyId: 'ak', secretAccessKey: 'sk' };

describe('OSS V4 signatures', () => {
  it('equal the vendor’s vectors', () => {
    const plain = ossV4Headers({ ...vector, nowMs: 1_702_743_657_000 }, keys);
    expect(plain['x-oss-date']).toBe('20231216T162057Z');
    expect(plain['authorization']).toBe(
      'OSS4-HMAC-SHA256 Credential=ak/20231216/cn-hangzhou/oss/aliyun_v4_request,Signature=e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe',
    );
    const temporary = ossV4Headers({ ...vector, nowMs: 1_702_784_856_000 }, { ...keys, securityToken: 'token' });
    expect(temporary['authorization']).toContain(
      'Signature=b94a3f999cf85bcdc00d332fbd3734ba03e48382c36fa4d5af5df817395bd9ea',
    );
    const more = ossV4Headers({ ...vector, nowMs: 1_702_747_512_000, additionalHeaders: ['zabc', 'abc'] }, keys);
    expect(more['authorization']).toContain(
      'AdditionalHeaders=abc;zabc,Signature=4a4183c187c07c8947db7620deb0a6b38d9fbdd34187b6dbaccb316fa251212f',
    );
  });

  it('encode an object’s name but not its slashes', () => {
    expect(objectPath('countersign/a b+c*.mp4')).toBe('countersign/a%20b%2Bc%2A.mp4');
  });
});
