import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  FIND_CARD,
  READ_APPENDED_ADDRESS,
  READ_BASE,
  READ_BASE_WITH_FINGERPRINT,
  READ_CARD_MANAGEMENT_NUMBER,
  SAM_STATUS,
  SELECT_CARD,
  parseReply,
  setBaud,
  type Command,
} from '../../../src/main/card-reader/commands.ts';
import { parseBaseReply } from '../../../src/main/card-reader/base-reply.ts';
import { FrameDecoder } from '../../../src/main/card-reader/frame-codec.ts';
import { parseTextBlock } from '../../../src/main/card-reader/layouts.ts';
import { FAULT_NAMES, FAULT_TABLE, parseFault } from '../../../src/main/card-reader/simulator/fault.ts';
import { STEPS } from '../../../src/main/card-reader/simulator/fault-kinds.ts';
import { garbled } from '../../../src/main/card-reader/simulator/garbled.ts';
import { SimulatedReader, type SimulatedReply } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { parseIdentityNumber } from '../../../src/shared/domain/identity-number.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

function readerWith(fault: string, timing = new VirtualTiming()): SimulatedReader {
  const reader = new SimulatedReader(timing);
  reader.insertCard(CARDS.resident);
  setFault(reader, fault);
  return reader;
}

function setFault(reader: SimulatedReader, name: string): void {
  const parsed = parseFault(name, reader.nowMs);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  reader.setFault(parsed.value);
}

/** The answers to one command, as hexadecimal text. */
function ask(reader: SimulatedReader, command: Command): readonly string[] {
  return reader.receive(command.frame).map(({ bytes }) => Buffer.from(bytes).toString('hex'));
}

function only(replies: readonly SimulatedReply[]): SimulatedReply {
  expect(replies).toHaveLength(1);
  return replies[0]!;
}

/** SW3 of the last whole reply; null when there is none. */
function status(reader: SimulatedReader, command: Command): string | null {
  const bytes = reader.receive(command.frame).flatMap((reply) => [...reply.bytes]);
  const frames = new FrameDecoder().push(Uint8Array.from(bytes), 0).filter((event) => event.kind === 'frame');
  const last = frames.at(-1);
  return last ? parseReply(last.payload).status.toString(16) : null;
}

function dataOf(reader: SimulatedReader, command: Command): Uint8Array {
  const event = new FrameDecoder().push(only(reader.receive(command.frame)).bytes, 0)[0];
  if (event?.kind !== 'frame') throw new Error('no frame');
  return parseReply(event.payload).data;
}

function select(reader: SimulatedReader): SimulatedReader {
  ask(reader, FIND_CARD);
  ask(reader, SELECT_CARD);
  return reader;
}

const OK = 'aaaaaa9669000400009094';
const NO_CARD = 'aaaaaa9669000400008084';
const FOUND = 'aaaaaa9669000800009f0000000097';

describe('names', () => {
  test.each(FAULT_NAMES)('%s', (form) => {
    const filled = form
      .replace('STEP', 'select')
      .replace('HEX', '66')
      .replace(/MS|SECONDS|TIMES/, '3')
      .replace('BAUD', '9600')
      .replace('BYTES', '512');
    expect(parseFault(filled)).toMatchObject({ ok: true, value: [expect.objectContaining({})] });
  });

  test.each([
    ['silent@nowhere', /silent or silent@STEP .*find, select/],
    ['status@read', /status@STEP:HEX/],
    ['status@read:4', /status@STEP:HEX/],
    ['slow@99999', /slow@MS/],
    ['split@3', /takes no @/],
    ['listens-at@1200', /listens-at@BAUD/],
    ['fingerprint-bytes@7', /fingerprint-bytes@BYTES/],
    ['slow,,split', /unknown fault; known: none, lost/],
    ['constructor', /unknown fault/],
  ])('%s says what is wrong', (name, detail) => {
    expect(parseFault(name)).toMatchObject({
      error: { code: 'request.invalid', detail: expect.stringMatching(detail) as string },
    });
  });

  test('several at once', () => {
    const reader = select(readerWith('split, slow@700,garbage-before'));
    const reply = only(reader.receive(READ_BASE.frame));
    expect(reply).toMatchObject({ chunkBytes: 1, thinkMs: 700 });
    expect(reply.bytes).toHaveLength(1295 + 7);
  });
});

describe('the line', () => {
  test('loses the first byte, or begins with noise', () => {
    expect(ask(readerWith('lost-leading-aa'), SAM_STATUS)).toEqual([OK.slice(2)]);
    expect(ask(readerWith('garbage-before'), SAM_STATUS)).toEqual([`00ffaa009669aa${OK}`]);
  });

  test('gives the reply before once more, in one chunk', () => {
    const reader = readerWith('two-replies-in-one-chunk');
    expect(ask(reader, SAM_STATUS)).toEqual([OK]);
    expect(ask(reader, FIND_CARD)).toEqual([OK + FOUND]);
    expect(ask(reader, SAM_STATUS)).toEqual([FOUND + OK]);
  });

  test('sends commands back', () => {
    expect(ask(readerWith('echo'), SAM_STATUS)).toEqual([Buffer.from(SAM_STATUS.frame).toString('hex'), OK]);
  });

  test('claims 65,535 bytes', () => {
    const [read] = ask(select(readerWith('length-beyond-4089')), READ_BASE);
    expect(read?.slice(0, 20)).toBe('aaaaaa9669ffff000090');
    expect(status(readerWith('length-beyond-4089'), SAM_STATUS)).toBe('90');
  });

  test('has wrong checksums, always or once, at reads or elsewhere', () => {
    const always = select(readerWith('bad-checksum'));
    expect([status(always, READ_BASE), status(always, READ_BASE)]).toEqual([null, null]);
    const once = select(readerWith('bad-checksum-once'));
    expect([status(once, READ_BASE), status(once, READ_BASE)]).toEqual([null, '90']);
    const elsewhere = readerWith('bad-checksum-once@select');
    expect(status(elsewhere, FIND_CARD)).toBe('9f');
    expect(status(elsewhere, SELECT_CARD)).toBe(null);
  });

  test('stays silent at any one step', () => {
    for (const step of STEPS) {
      const reader = readerWith(`silent@${step}`);
      const answered = [SAM_STATUS, FIND_CARD, SELECT_CARD, READ_BASE].filter(
        (command) => ask(reader, command).length > 0,
      );
      expect(answered).toHaveLength(['status', 'find', 'select', 'read'].includes(step) ? 3 : 4);
    }
    expect(ask(readerWith('silent'), SAM_STATUS)).toEqual([]);
  });
});

describe('a reader that listens at one speed', () => {
  test('says so with every reply, and changes it after answering at the old one', () => {
    const reader = readerWith('listens-at@9600');
    expect(only(reader.receive(SAM_STATUS.frame)).baud).toBe(9600);
    expect(only(reader.receive(setBaud(115_200).frame)).baud).toBe(9600);
    expect(only(reader.receive(SAM_STATUS.frame)).baud).toBe(115_200);
    setFault(reader, 'none');
    expect(only(reader.receive(SAM_STATUS.frame)).baud).toBeUndefined();
  });

  test.each([
    [9600, 115_200],
    [115_200, 9600],
    [57_600, 115_200],
    [19_200, 38_400],
  ])('bytes sent at %i and received at %i are others', (from, to) => {
    const heard = garbled(SAM_STATUS.frame, from, to);
    expect(new FrameDecoder(3).push(heard, 0).filter((event) => event.kind === 'frame')).toEqual([]);
    expect(heard).not.toEqual(SAM_STATUS.frame);
    expect(heard.length).toBeGreaterThan(0);
  });

  test('nearly the same speed is heard well, as by a real receiver', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(garbled(all, 115_200, 116_500)).toEqual(all);
    expect(garbled(all, 9600, 9600)).toBe(all);
  });
});

describe('the card', () => {
  test('is overlooked, for ever or for a time', async () => {
    expect(ask(readerWith('no-card'), FIND_CARD)).toEqual([NO_CARD]);
    const timing = new VirtualTiming();
    const reader = readerWith('no-card@120', timing);
    await timing.pass(119_999);
    expect(ask(reader, FIND_CARD)).toEqual([NO_CARD]);
    await timing.pass(1);
    expect(ask(reader, FIND_CARD)).toEqual([FOUND]);
  });

  test('moves while it is selected, so many times', () => {
    const reader = readerWith('moving-card@2');
    const tries = [];
    for (let n = 0; n < 3; n++) tries.push(status(reader, FIND_CARD), status(reader, SELECT_CARD));
    expect(tries).toEqual(['9f', '81', '9f', '81', '9f', '90']);
  });

  test.each(['31', '32', '33', '41', '47', '60', '66'])('status %s at any step, until it leaves', (code) => {
    for (const [step, command] of [
      ['find', FIND_CARD],
      ['select', SELECT_CARD],
      ['read', READ_BASE],
      ['address', READ_APPENDED_ADDRESS],
      ['presence', READ_CARD_MANAGEMENT_NUMBER],
    ] as const) {
      const reader = readerWith(`status@${step}:${code}`);
      expect(status(reader, command)).toBe(code);
      reader.removeCard();
      expect(status(reader, FIND_CARD)).toBe('80');
    }
    expect(status(readerWith(`status@status:${code}`), SAM_STATUS)).toBe(code);
  });

  test('is not found again after it was read, until it left', () => {
    const reader = select(readerWith('none'));
    expect(status(reader, READ_BASE)).toBe('90');
    expect([status(reader, FIND_CARD), status(reader, READ_CARD_MANAGEMENT_NUMBER)]).toEqual(['80', '90']);
    reader.insertCard(CARDS.resident);
    expect(status(reader, FIND_CARD)).toBe('9f');
  });

  test('gives way to another one after the read, which answers in its place', () => {
    const reader = select(readerWith('swapped-card'));
    const before = dataOf(reader, READ_CARD_MANAGEMENT_NUMBER);
    const first = dataOf(reader, READ_BASE);
    const after = dataOf(reader, READ_CARD_MANAGEMENT_NUMBER);
    expect(after).not.toEqual(before);
    const second = dataOf(select(reader), READ_BASE);
    expect(second).not.toEqual(first);
    expect(dataOf(reader, READ_CARD_MANAGEMENT_NUMBER)).toEqual(after);
  });

  test('says the same management number as long as it is the same card', () => {
    const numbers = [readerWith('none'), readerWith('none')].map((reader) =>
      dataOf(select(reader), READ_CARD_MANAGEMENT_NUMBER),
    );
    expect(numbers[0]).toEqual(numbers[1]);
    expect(new Set(numbers[0]).size).toBeGreaterThan(10);
  });

  test('is cut, or the cable is, once', () => {
    for (const [fault, unplugs] of [
      ['pull-mid-frame@700', undefined],
      ['unplug-mid-frame@700', true],
    ] as const) {
      const reader = select(readerWith(fault));
      const reply = only(reader.receive(READ_BASE.frame));
      expect([reply.bytes.length, reply.thenUnplug]).toEqual([700, unplugs]);
      reader.insertCard(CARDS.resident);
      expect(only(select(reader).receive(READ_BASE.frame)).bytes).toHaveLength(1295);
    }
  });
});

describe('what the card says', () => {
  const textUnder = (fault: string) => {
    const blocks = parseBaseReply(dataOf(select(readerWith(fault)), READ_BASE));
    return blocks.ok ? parseTextBlock(blocks.value.text) : blocks;
  };

  test('has another flag, no dates, or a wrong check character', () => {
    expect(textUnder('unknown-type-flag')).toMatchObject({ error: { code: 'card.unknown-kind' } });
    expect(textUnder('all-zero-dates')).toEqual({
      ok: false,
      error: { code: 'card.malformed', detail: 'unreadable: birthDate, validFrom, validTo' },
    });
    const misprinted = textUnder('bad-check-digit');
    if (!misprinted.ok) throw new Error(misprinted.error.code);
    expect(parseIdentityNumber(misprinted.value.fields.number)).toMatchObject({ error: { detail: 'check-digit' } });
  });

  test('the same on the card whose fields lie elsewhere', () => {
    const reader = readerWith('none');
    reader.insertCard(CARDS['foreigner-2017']);
    setFault(reader, 'all-zero-dates,bad-check-digit');
    const blocks = parseBaseReply(dataOf(select(reader), READ_BASE));
    expect(blocks.ok && parseTextBlock(blocks.value.text)).toMatchObject({
      error: { detail: 'unreadable: birthDate, validFrom, validTo' },
    });
  });

  test.each([0, 512, 1024] as const)('with %i bytes of fingerprint', (bytes) => {
    const blocks = parseBaseReply(dataOf(select(readerWith(`fingerprint-bytes@${bytes}`)), READ_BASE_WITH_FINGERPRINT));
    expect(blocks.ok && blocks.value.fingerprint?.length).toBe(bytes);
  });

  test('without a photo block', () => {
    const blocks = parseBaseReply(dataOf(select(readerWith('photo-length-0')), READ_BASE));
    expect(blocks.ok && [blocks.value.text.length, blocks.value.photo.length]).toEqual([256, 0]);
  });

  test('an old module knows no 30 10, and reads on', () => {
    const reader = select(readerWith('refuses-30-10'));
    expect([status(reader, READ_BASE_WITH_FINGERPRINT), status(reader, READ_BASE)]).toEqual(['21', '90']);
  });

  test('an appended address, or that there is none', () => {
    expect(status(select(readerWith('none')), READ_APPENDED_ADDRESS)).toBe('91');
    const reader = readerWith('none');
    reader.insertCard({ ...CARDS.resident, fields: { ...CARDS.resident.fields, appendedAddress: '测试新址' } });
    expect(dataOf(select(reader), READ_APPENDED_ADDRESS)).toHaveLength(70);
  });
});

test('the documentation lists every fault as it is', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../docs/readers/simulator.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)].map(([, form, does]) => ({ form, does }));
  expect(listed).toEqual(FAULT_TABLE);
});
