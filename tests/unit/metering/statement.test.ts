import { describe, expect, it } from 'vitest';
import { parseStatement, statementText, MAX_STATEMENT_BYTES } from '../../../src/main/metering/statement.ts';
import { csvLine } from '../../../src/shared/csv-text.ts';
import { meterCsvHead, meterCsvLine } from '../../../src/main/metering/meter-csv.ts';
import { SAMPLE_START_MS, sampleCertifyId } from '../../support/sample-records.ts';

const ORDER = '0123456789abcdef'.repeat(2);
const nineInBeijing = Date.UTC(2026, 2, 2, 1);

describe('a statement', () => {
  it.each([
    ['ours', 'order_id,request_id,started_at,operation,count', `${ORDER},r-1,2026-03-02T01:00:00.000Z,op,1`],
    ['Aliyun’s', 'Outer Order No,RequestId,请求时间,产品码,计费次数', `${ORDER},r-1,2026-03-02 09:00:00,op,1`],
    ['Aliyun’s in Chinese', '商户订单号,请求ID,认证时间,认证方案,调用次数', `${ORDER},r-1,2026/3/2 9:00:00,op,1.00`],
    ['Tencent’s', 'BizToken,Extra,RequestId,ReqTime,ChargeType,IsNeedCharge', `token,${ORDER},r-1,1772413200,op,true`],
    [
      'Tencent’s in Chinese',
      '流水号,透传信息,请求ID,核身时间,计费项,是否计费',
      `token,${ORDER},r-1,1772413200000,op,是`,
    ],
  ])('like %s is read', (_whose, head, line) => {
    const lines = [{ orderId: ORDER, requestId: 'r-1', atMs: nineInBeijing, operation: 'op', count: 1, line: 2 }];
    expect(parseStatement(`${head}\n${line}\n`)).toEqual({ ok: true, value: { lines, unread: [] } });
  });

  it('may have a byte order mark, CR LF, a title, quotes, and ids that a spreadsheet shall not take for numbers', () => {
    const text = `\uFEFF账单,2026-03\r\n\r\n"订单号","次数 (次)","备注"\r\n"\t${ORDER}","1,000","two ""words"",\nthree"\r\n="${ORDER}",2,\r\n`;
    const of = { orderId: ORDER, requestId: null, atMs: null, operation: null };
    expect(parseStatement(text)).toEqual({
      ok: true,
      value: {
        lines: [
          { ...of, count: 1_000, line: 4 },
          { ...of, count: 2, line: 6 },
        ],
        unread: [],
      },
    });
  });

  it.each([
    ['tabs', '\t'],
    ['semicolons', ';'],
  ])('may be parted by %s', (_name, separator) => {
    const read = parseStatement([`order id${separator}count`, `${ORDER}${separator}3`].join('\n'));
    expect(read).toMatchObject({ ok: true, value: { lines: [{ orderId: ORDER, count: 3 }] } });
  });

  it('may be in the encoding of spreadsheets in China', () => {
    const gb18030 = Buffer.from('b6a9b5a5bac52cb4cecafd0a', 'hex');
    expect(statementText(gb18030)).toBe('订单号,次数\n');
    expect(statementText(Buffer.from('订单号,次数\n', 'utf8'))).toBe('订单号,次数\n');
  });

  it('tells which lines can not be read, without what stands in them', () => {
    const text = [
      'order id,time,count',
      `${ORDER},2026-03-02 09:00:00,1`,
      ',2026-03-02 09:00:00,1',
      `${ORDER},yesterday,1`,
      `${ORDER},2026-02-30 09:00:00,1`,
      `${ORDER},,-3`,
      `${ORDER},,many`,
      `${'x'.repeat(121)},,1`,
      `"${ORDER},,1`,
    ].join('\n');
    const read = parseStatement(text);
    expect(read).toMatchObject({ ok: true, value: { lines: [{ line: 2 }] } });
    expect(read.ok && read.value.unread).toEqual([
      { line: 3, why: 'neither an order id nor a request id' },
      { line: 4, why: 'the time is not one like 2026-03-02 09:00:00' },
      { line: 5, why: 'the time is not one like 2026-03-02 09:00:00' },
      { line: 6, why: 'the count is not a whole number' },
      { line: 7, why: 'the count is not a whole number' },
      { line: 8, why: 'an id of more than 120 characters' },
      { line: 9, why: 'a quote is not closed' },
    ]);
  });

  it('without a column of ids is refused with the columns that it has', () => {
    expect(parseStatement('日期,金额\n2026-03-02,5\n')).toEqual({
      ok: false,
      error: { code: 'request.invalid', detail: 'statement: no column of order or request ids among: 日期, 金额' },
    });
  });

  it('without a head is refused without repeating its first line', () => {
    const read = parseStatement('somebody,11010119900101123X,1\n');
    expect(read).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    expect(JSON.stringify(read)).not.toMatch(/somebody|1101/);
  });

  it.each([
    ['empty', ''],
    ['a byte order mark alone', '\uFEFF'],
    ['binary', '\u0000\u0001\u0002'],
  ])('that is %s is refused', (_name, text) => {
    expect(parseStatement(text)).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });

  it('of more than 20 MB is refused', () => {
    const text = `order id\n${'单'.repeat(Math.ceil(MAX_STATEMENT_BYTES / 3))}`;
    expect(parseStatement(text)).toMatchObject({ ok: false, error: { detail: 'statement: at most 20 MB' } });
  });
});

describe('an export', () => {
  it('keeps spreadsheets from running what stands in it', () => {
    expect(csvLine(['=1+1', '+cmd', '@x', '-9101|-9106', '-1', 'a,b', 'say "no"', 7])).toBe(
      `'=1+1,'+cmd,'@x,'-9101|-9106,-1,"a,b","say ""no""",7\r\n`,
    );
  });

  it('can be read as a statement', () => {
    const line = {
      orderId: ORDER,
      certifyId: sampleCertifyId(1),
      sceneId: 'counter',
      scheme: 'RPBasic',
      verifier: 'tencent',
      operation: 'ImageRecognitionV2',
      number: 1,
      startedAtMs: SAMPLE_START_MS,
      requestId: 'r-1',
      code: 'Success',
      billed: true,
    } as const;
    const read = parseStatement(meterCsvHead() + meterCsvLine(line) + meterCsvLine({ ...line, billed: false }));
    const of = { orderId: ORDER, requestId: 'r-1', atMs: SAMPLE_START_MS, operation: 'ImageRecognitionV2' };
    expect(read).toEqual({
      ok: true,
      value: {
        lines: [
          { ...of, count: 1, line: 2 },
          { ...of, count: 0, line: 3 },
        ],
        unread: [],
      },
    });
  });
});
