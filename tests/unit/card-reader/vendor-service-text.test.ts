import { describe, expect, test } from 'vitest';
import { decodeServiceText, parseServiceJson } from '../../../src/main/card-reader/vendor-services/service-text.ts';
import { complaintIn, refusal } from '../../../src/main/card-reader/vendor-services/service-messages.ts';
import { checkedAnswer, flag, text } from '../../../src/main/card-reader/vendor-services/answer-fields.ts';
import { z } from 'zod';
import { encodeGbk } from '../../support/card-reader/services/gbk.ts';

const malformed = (detail: string) => ({ ok: false, error: { code: 'reader.service-malformed', detail } });

describe('the text of a service', () => {
  const sample = '{"partyName" : "测试·样本","gender" : "女"}';

  test('is UTF-8, or GBK whether the service says so or not', () => {
    expect(decodeServiceText(Buffer.from(sample))).toEqual({ ok: true, value: sample });
    expect(decodeServiceText(encodeGbk(sample))).toEqual({ ok: true, value: sample });
    expect(decodeServiceText(encodeGbk(sample), 'text/html; charset=gb2312')).toEqual({ ok: true, value: sample });
    // Services say UTF-8 and send GBK.
    expect(decodeServiceText(encodeGbk(sample), 'application/json; charset=utf-8')).toEqual({
      ok: true,
      value: sample,
    });
    expect(decodeServiceText(Buffer.from(`\ufeff${sample}`))).toEqual({ ok: true, value: sample });
  });

  test('keeps characters outside of the basic plane', () => {
    const rare = '{"name":"样本𠮷"}';
    expect(decodeServiceText(Buffer.from(rare))).toEqual({ ok: true, value: rare });
  });

  test('is refused when UTF-8 was damaged, at every place where it can be cut', () => {
    const bytes = Buffer.from('{"name":"样本测试"}');
    let refused = 0;
    for (let cut = 0; cut < bytes.length; cut++) {
      const rest = Buffer.concat([bytes.subarray(0, cut), bytes.subarray(cut + 1)]);
      if (rest.toString().includes('\ufffd')) {
        expect(decodeServiceText(rest)).toEqual(malformed('encoding'));
        refused++;
      }
    }
    expect(refused).toBe(12);
  });

  test('is refused where GBK would pass for UTF-8', () => {
    // 联 is the classic: bytes of GBK that happen to be UTF-8 with two-byte characters.
    const bytes = Buffer.from([0x7b, 0xc5, 0xae, 0x7d]);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow();
    expect(decodeServiceText(bytes)).toEqual(malformed('encoding'));
    expect(decodeServiceText(bytes, 'text/plain; charset=gbk')).toEqual({ ok: true, value: '{女}' });
  });

  test('is refused when it is neither', () => {
    expect(decodeServiceText(Buffer.from([0x7b, 0xff, 0xff, 0x7d]))).toEqual(malformed('encoding'));
  });

  test('is JSON, bare or in a JSONP call', () => {
    expect(parseServiceJson(' {"a":1}\r\n')).toEqual({ ok: true, value: { a: 1 } });
    expect(parseServiceJson('jQuery11_0.cb({"a":")"});')).toEqual({ ok: true, value: { a: ')' } });
    expect(parseServiceJson('/**/ cb({"a":1})')).toEqual({ ok: true, value: { a: 1 } });
    expect(parseServiceJson('<html>{"a":1}</html>')).toEqual(malformed('HTML instead of JSON'));
    for (const none of ['', 'OK', '{"a":1', 'cb({"a":1}', '{"a":1}{"a":2}', "{'a':1}"]) {
      expect(parseServiceJson(none)).toEqual(malformed('JSON'));
    }
  });
});

describe('answers', () => {
  const schema = z.object({ resultFlag: flag, errorMsg: text, inner: z.object({ name: text }).optional() });

  test('have flags as numbers or texts, and texts that may be missing', () => {
    expect(checkedAnswer(schema, { resultFlag: '-11' })).toEqual({
      ok: true,
      value: { resultFlag: -11, errorMsg: '' },
    });
    expect(checkedAnswer(schema, { resultFlag: 0, errorMsg: null, more: 1 })).toMatchObject({ ok: true });
  });

  test('that are wrong name the fields and never show values', () => {
    const said = { resultFlag: '没有', errorMsg: 5, inner: { name: ['样本甲'] } };
    expect(checkedAnswer(schema, said)).toEqual(malformed('fields: resultFlag, errorMsg, inner.name'));
    expect(checkedAnswer(schema, null)).toEqual(malformed('fields: the whole answer'));
    expect(checkedAnswer(schema, { resultFlag: null })).toEqual(malformed('fields: resultFlag'));
  });
});

describe("a service's words", () => {
  test('are known, or they are not', () => {
    const known = {
      端口打开失败: 'not-ready',
      设备未连接: 'not-ready',
      未检测到读卡器: 'not-ready',
      读卡器正忙: 'busy',
      读卡器未授权: 'not-licensed',
      'license.dat not found': 'not-licensed',
      '读卡失败,未放置身份证！': 'no-card',
      请将身份证放在读卡器上: 'no-card',
      寻卡失败: 'no-card',
      未检测到身份证: 'no-card',
      识别不到身份证: 'no-card',
      系统繁体: null,
      '': null,
    };
    expect(Object.fromEntries(Object.keys(known).map((words) => [words, complaintIn(words)]))).toEqual(known);
  });

  test('never leave: only our words and the number do', () => {
    const details = ['读卡器正忙 样本甲 110101199001010007', '样本甲 110101199001010007', '未授权 样本甲'].map(
      (words) => refusal(words, -7).detail,
    );
    expect(details).toEqual([
      'the reader is busy (service error -7)',
      'service error -7',
      'the reader is not licensed (service error -7)',
    ]);
  });
});
