import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeMessage,
  HelperAnswers,
  loadMessage,
  type HelperAnswer,
} from '../../../../src/main/card-reader/photo-library/helper-protocol.ts';
import { BMP_BYTES, RAW_BYTES } from '../../../../src/main/card-reader/photo-library/picture-size.ts';

function answer(kind: number, body: Uint8Array, magic = 'CSPH', length = body.length): Buffer {
  const header = Buffer.alloc(12);
  header.write(magic, 0, 'latin1');
  header.writeUInt32LE(kind, 4);
  header.writeUInt32LE(length, 8);
  return Buffer.concat([header, body]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeUInt32LE(value, 4 * i));
  return bytes;
}

const raw = new Uint8Array(RAW_BYTES).fill(7);
const LOADED = answer(129, Buffer.alloc(0));
const PICTURE = answer(130, Buffer.concat([numbers(0), raw]));
const FAILED = answer(131, Buffer.concat([numbers(3, 5), Buffer.from('minus')]));
const ANSWERS: readonly HelperAnswer[] = [
  { kind: 'loaded' },
  { kind: 'picture', picture: { form: 'raw', bytes: raw } },
  { kind: 'failed', failure: { code: 'decoder.unlicensed', detail: 'minus' } },
];

describe('requests to the helper program', () => {
  test('are laid out as documented', () => {
    const load = loadMessage({ path: '/照.so', call: 'get-bmp', vendorCode: 2, folder: '/tmp/a' });
    const body = Buffer.concat([numbers(3, 2, 7), Buffer.from('/照.so'), numbers(6), Buffer.from('/tmp/a')]);
    expect(Buffer.from(load)).toEqual(answer(1, body));
    const block = new Uint8Array(1024).fill(9);
    expect(Buffer.from(decodeMessage(block))).toEqual(answer(2, block));
  });
});

describe('answers of the helper program', () => {
  test('are put together however they arrive', () => {
    const all = Buffer.concat([LOADED, PICTURE, FAILED]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: all.length }), { maxLength: 12 }), (cuts) => {
        const answers = new HelperAnswers();
        const edges = [0, ...cuts.toSorted((a, b) => a - b), all.length];
        const got = edges.slice(1).flatMap((to, i): readonly unknown[] => {
          const parsed = answers.push(all.subarray(edges[i], to));
          return parsed.ok ? parsed.value : ['refused'];
        });
        expect(got).toEqual(ANSWERS);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['another magic', answer(129, Buffer.alloc(0), 'CSPX')],
    ['an unknown kind', answer(132, Buffer.alloc(8))],
    ['a request', answer(2, Buffer.alloc(1024))],
    ['a length beyond any picture', answer(130, Buffer.alloc(0), 'CSPH', 0xffff_ffff)],
    ['loaded with a body', answer(129, Buffer.alloc(1))],
    ['a picture without a form', answer(130, Buffer.alloc(2))],
    ['a picture of an unknown form', answer(130, Buffer.concat([numbers(2), raw]))],
    ['a raw picture of a bitmap’s size', answer(130, Buffer.concat([numbers(0), new Uint8Array(BMP_BYTES)]))],
    ['a bitmap of a raw picture’s size', answer(130, Buffer.concat([numbers(1), raw]))],
    ['a failure without a text', answer(131, numbers(0))],
    ['a failure with an unknown reason', answer(131, numbers(6, 0))],
    ['a failure whose text is shorter', answer(131, numbers(0, 4))],
  ])('%s is refused', (_, bytes) => {
    const answers = new HelperAnswers();
    expect(answers.push(bytes)).toMatchObject({ error: { code: 'decoder.unfit' } });
  });

  test('noise is refused or waited for, and never an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const parsed = new HelperAnswers().push(noise);
        expect(parsed.ok ? parsed.value : []).toEqual([]);
      }),
    );
  });
});
