import { describe, expect, test } from 'vitest';
import { parseBaseReply } from '../../../src/main/card-reader/base-reply.ts';
import {
  FIND_CARD,
  READ_APPENDED_ADDRESS,
  READ_BASE,
  READ_BASE_WITH_FINGERPRINT,
  READ_CARD_MANAGEMENT_NUMBER,
  RESET_SAM,
  SAM_ID,
  SAM_STATUS,
  SELECT_CARD,
  formatSamId,
  isAnswerTo,
  setBaud,
  setMaxRfBytes,
} from '../../../src/main/card-reader/commands.ts';
import { meaningOf, statusFailure } from '../../../src/main/card-reader/status-codes.ts';

const tail = (frame: Uint8Array): string =>
  Buffer.from(frame)
    .toString('hex')
    .replace(/^aaaaaa9669/, '');

describe('commands', () => {
  test.each([
    [RESET_SAM, '000310ffec'],
    [SAM_STATUS, '000311ffed'],
    [SAM_ID, '000312ffee'],
    [FIND_CARD, '0003200122'],
    [SELECT_CARD, '0003200221'],
    [READ_BASE, '0003300132'],
    [READ_BASE_WITH_FINGERPRINT, '0003301023'],
    [READ_APPENDED_ADDRESS, '0003300330'],
    [READ_CARD_MANAGEMENT_NUMBER, '0003300536'],
    [setMaxRfBytes(0x50), '000461ff50ca'],
    [setBaud(115_200), '0003600063'],
    [setBaud(9600), '0003600467'],
  ])('$0.name is $1', (command, expected) => {
    expect(tail(command.frame)).toBe(expected);
  });

  test('radio frames outside the bounds are refused', () => {
    expect(() => setMaxRfBytes(23)).toThrow(RangeError);
    expect(() => setMaxRfBytes(256)).toThrow(RangeError);
  });

  test('only a fitting reply answers a command', () => {
    const reply = (status: number, bytes: number) => ({ sw1: 0, sw2: 0, status, data: new Uint8Array(bytes) });
    expect(isAnswerTo(FIND_CARD, reply(0x9f, 4))).toBe(true);
    expect(isAnswerTo(FIND_CARD, reply(0x80, 0))).toBe(true);
    expect(isAnswerTo(FIND_CARD, reply(0x90, 1284))).toBe(false);
    expect(isAnswerTo(SELECT_CARD, reply(0x90, 0))).toBe(false);
    expect(isAnswerTo(SELECT_CARD, reply(0x9f, 4))).toBe(false);
    expect(isAnswerTo(READ_APPENDED_ADDRESS, reply(0x91, 0))).toBe(true);
  });

  test('the module id is formatted as printed on the device', () => {
    const id = new Uint8Array(Buffer.from('05000100' + '692d3301' + '2a000000' + '07000000', 'hex'));
    expect(formatSamId(id)).toBe('05.01-20131177-0000000042-0000000007');
  });
});

describe('status codes', () => {
  const OK_LIKE = [0x90, 0x91, 0x9f];

  test('only three of the 256 are not failures, and none leads to a pass', () => {
    const harmless = Array.from({ length: 256 }, (_, status) => status).filter(
      (status) => meaningOf(status).reason === null,
    );
    expect(harmless).toEqual(OK_LIKE);
  });

  test.each([
    [0x80, 'card.pulled'],
    [0x81, 'card.select-failed'],
    [0x31, 'card.refused'],
    [0x32, 'card.refused'],
    [0x33, 'card.refused'],
    [0x40, 'card.unknown-kind'],
    [0x41, 'card.read-failed'],
    [0x47, 'card.pulled'],
    [0x60, 'reader.self-test-failed'],
    [0x66, 'reader.not-authorised'],
    [0x10, 'reader.bad-frame'],
    [0x77, 'reader.fault'],
  ])('%i means %s', (status, code) => {
    expect(statusFailure(status).code).toBe(code);
  });

  test('only transport errors and a failed read are repeated as they are', () => {
    const resent = Array.from({ length: 256 }, (_, status) => status).filter(
      (status) => meaningOf(status).retry === 'resend',
    );
    expect(resent).toEqual([0x10, 0x11, 0x41]);
  });
});

describe('the data of a read', () => {
  const read = (lengths: number[], bytes: number) => {
    const data = new Uint8Array(bytes);
    lengths.forEach((length, at) => new DataView(data.buffer).setUint16(at * 2, length));
    return parseBaseReply(data);
  };
  const sizes = (result: ReturnType<typeof parseBaseReply>) =>
    result.ok
      ? [result.value.text, result.value.photo, result.value.fingerprint].map((block) => block?.length)
      : result.error;

  test.each([
    ['without fingerprint', [256, 1024], 1284, [256, 1024, undefined]],
    ['with two fingerprints', [256, 1024, 1024], 2310, [256, 1024, 1024]],
    ['with one', [256, 1024, 512], 1798, [256, 1024, 512]],
    ['with none', [256, 1024, 0], 1286, [256, 1024, 0]],
    ['without photo', [256, 0], 260, [256, 0, undefined]],
  ])('%s', (_, lengths, bytes, expected) => {
    expect(sizes(read(lengths, bytes))).toEqual(expected);
  });

  test.each([
    ['lengths that fall short', [256, 1024], 1283],
    ['lengths that go beyond', [256, 1024], 1285],
    ['a fingerprint that is cut', [256, 1024, 1024], 2309],
    ['another text length', [255, 1024], 1283],
    ['no lengths', [], 3],
  ])('%s is malformed', (_, lengths, bytes) => {
    expect(sizes(read(lengths, bytes))).toMatchObject({ code: 'card.malformed' });
  });
});
