import { describe, expect, it } from 'vitest';
import { checkOss4 } from '../../../src/fake-vendor/aliyun/oss4-check.ts';
import type { WholeRequest } from '../../../src/fake-vendor/vendor-model.ts';

const account = { accessKeyId: 'ak', secretAccessKey: 'sk' };
const scope = 'ak/20231216/cn-hangzhou/oss/aliyun_v4_request';

/** The test vectors that the vendor ships with its own clients of the object store (Go, PHP, Swift). */
function vector(date: string, authorization: string, more: Record<string, string> = {}): WholeRequest {
  return {
    method: 'PUT',
    url: '/bucket/1234+-/123/1.txt?param1=value1&%2Bparam1=value3&%7Cparam1=value4&%2Bparam2=&%7Cparam2=&param2=',
    headers: {
      authorization: `OSS4-HMAC-SHA256 Credential=${scope},${authorization}`,
      'x-oss-date': date,
      'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-oss-head1': 'value',
      abc: 'value',
      zabc: 'value',
      xyz: 'value',
      'content-type': 'text/plain',
      ...more,
    },
    body: Buffer.from(''),
    atMs: Date.parse(date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z')),
  };
}

const plain = vector('20231216T162057Z', 'Signature=e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe');

describe('signatures of the object store', () => {
  it('equal the vendor’s vectors', () => {
    const additional = vector(
      '20231216T172512Z',
      'AdditionalHeaders=abc;zabc,Signature=4a4183c187c07c8947db7620deb0a6b38d9fbdd34187b6dbaccb316fa251212f',
    );
    const { accessKeyId, secretAccessKey } = account;
    const withToken = { accessKeyId, secretAccessKey, securityToken: 'token' };
    const token = vector(
      '20231217T034736Z',
      'Signature=b94a3f999cf85bcdc00d332fbd3734ba03e48382c36fa4d5af5df817395bd9ea',
      { 'x-oss-security-token': 'token' },
    );
    const authorization = (token.headers['authorization'] ?? '').replace('20231216', '20231217');
    const nextDay = { ...token, headers: { ...token.headers, authorization } };
    expect([checkOss4(plain, account), checkOss4(additional, account), checkOss4(nextDay, withToken)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  const changed = (headers: Record<string, string>): WholeRequest => ({
    ...plain,
    headers: { ...plain.headers, ...headers },
  });

  it.each([
    ['no signature', changed({ authorization: '' }), 'AccessDenied'],
    ['another type', changed({ 'content-type': 'text/html' }), 'SignatureDoesNotMatch'],
    ['a further header', changed({ 'x-oss-acl': 'public-read' }), 'SignatureDoesNotMatch'],
    ['a digest of other bytes', changed({ 'x-oss-content-sha256': '0'.repeat(64) }), 'SignatureDoesNotMatch'],
    ['another time', changed({ 'x-oss-date': '20231216T162058Z' }), 'SignatureDoesNotMatch'],
    ['another day', changed({ 'x-oss-date': '20231217T162057Z' }), 'AccessDenied'],
    ['a token nobody gave', changed({ 'x-oss-security-token': 'token' }), 'InvalidSecurityToken'],
    ['another name', { ...plain, url: '/bucket/other' }, 'SignatureDoesNotMatch'],
    ['another method', { ...plain, method: 'DELETE' }, 'SignatureDoesNotMatch'],
    ['a clock sixteen minutes off', { ...plain, atMs: plain.atMs + 16 * 60_000 }, 'RequestTimeTooSkewed'],
  ])('are refused with %s', (_, request, code) => {
    expect(checkOss4(request, account)).toBe(code);
  });

  it('are refused of another account', () => {
    expect(checkOss4(plain, { ...account, accessKeyId: 'other' })).toBe('InvalidAccessKeyId');
    expect(checkOss4(plain, { ...account, secretAccessKey: 'other' })).toBe('SignatureDoesNotMatch');
  });
});
