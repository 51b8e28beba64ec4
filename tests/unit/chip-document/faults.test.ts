/** A chip that fails, lies or was tampered with: a code, and nothing of what was read. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, fromHex } from '../../../src/main/chip-document/bytes.ts';
import { FILES } from '../../../src/main/chip-document/files/elementary-files.ts';
import type { CardContents, CardExchange } from '../../support/chip-document/virtual-card.ts';
import { response } from '../../support/chip-document/card-apdu.ts';
import { NOW_MS, readSpecimen, specimenCard } from '../../support/chip-document/read-specimen.ts';
import { linkTo } from '../../support/chip-document/card-link.ts';
import { VirtualCard } from '../../support/chip-document/virtual-card.ts';
import { readDocument } from '../../../src/main/chip-document/read-document.ts';
import { SPECIMEN_KEY } from '../../support/chip-document/specimen.ts';

let contents: CardContents;
let exchanges = 0;
beforeAll(async () => {
  contents = (await specimenCard()).contents;
  exchanges = (await readSpecimen(contents)).sent;
});

const during = (file: number, fault: (exchange: CardExchange) => Uint8Array | null): CardContents => ({
  ...contents,
  fault: (exchange) => (exchange.file === file ? fault(exchange) : exchange.answer),
});

describe('a chip that stops', () => {
  it('gives nothing, wherever it stops', async () => {
    for (let last = 0; last < exchanges; last += last < 12 ? 1 : 9) {
      const { result } = await readSpecimen({
        ...contents,
        fault: ({ number, answer }) => (number > last ? null : answer),
      });
      expect(result).toEqual({ ok: false, error: { code: 'chip.stopped', detail: 'no answer' } });
    }
    expect(exchanges).toBeGreaterThan(20);
  });

  it('takes a status word without protection as the end of the session', async () => {
    const { result } = await readSpecimen(during(FILES.portrait.identifier, () => response(0x6f00)));
    expect(result).toMatchObject({ error: { code: 'chip.stopped' } });
  });
});

describe('a chip that lies', () => {
  it.each([
    ['a length beyond any portrait', '7584 00FFFFFF'],
    ['a length that the file hasn’t got', '7583 010000'],
    ['another object', '6182 0100'],
    ['an indefinite length', '7580'],
  ])('is refused for %s', async (_, header) => {
    const files = new Map(contents.files);
    files.set(FILES.portrait.identifier, concatBytes(fromHex(header), new Uint8Array(400)));
    const { result } = await readSpecimen({ ...contents, files });
    expect(result).toMatchObject({ ok: false, error: { code: 'chip.malformed' } });
  });

  it('is not believed when somebody changes a bit of an answer', async () => {
    for (const at of [3, 20, -12, -4]) {
      const { result } = await readSpecimen(
        during(FILES.zone.identifier, ({ answer, command }) => {
          const changed = answer.slice();
          const index = at < 0 ? changed.length + at : at;
          if (command.instruction === 0xb0) changed[index] = (changed[index] ?? 0) ^ 1;
          return changed;
        }),
      );
      expect(result).toMatchObject({ ok: false, error: { code: 'chip.malformed' } });
    }
  });

  it('is refused when it lacks a mandatory file', async () => {
    for (const file of [FILES.zone, FILES.portrait, FILES.security]) {
      const files = new Map(contents.files);
      files.delete(file.identifier);
      const { result } = await readSpecimen({ ...contents, files });
      expect(result).toEqual({ ok: false, error: { code: 'chip.malformed', detail: `no ${file.name}` } });
    }
  });

  it('is refused for a zone that is none, and a portrait without a picture keeps its reason', async () => {
    const zone = new Map(contents.files).set(FILES.zone.identifier, fromHex('6105 5F1F02 4142'));
    expect((await readSpecimen({ ...contents, files: zone })).result).toMatchObject({
      error: { code: 'chip.malformed' },
    });
  });
});

describe('garbage', () => {
  it('never throws, never ends in a document', async () => {
    const silent = { ...contents, access: 'none' } as const;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 8 }), async (answers) => {
        const fault = ({ number }: CardExchange): Uint8Array => answers[number % answers.length]!;
        const { result } = await readSpecimen({ ...silent, fault });
        expect(result.ok).toBe(false);
        expect(result.ok || result.error.code.startsWith('chip.')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('in the files: a code or a document that is not genuine, never an exception', async () => {
    const identifiers = [FILES.zone, FILES.portrait, FILES.security].map(({ identifier }) => identifier);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...identifiers),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (identifier, changes) => {
          const file = contents.files.get(identifier)!.slice();
          for (const [at, byte] of changes) file[at % file.length] = byte;
          const card = new VirtualCard({
            ...contents,
            access: 'none',
            files: new Map(contents.files).set(identifier, file),
          });
          const read = {
            key: SPECIMEN_KEY,
            certificates: null,
            onProgress: () => undefined,
            nowMs: NOW_MS,
            today: '2026-06-01',
          };
          const result = await readDocument(linkTo(card), read);
          if (result.ok) expect(result.value.signature.state).not.toBe('valid');
          else expect(result.error.code).toMatch(/^chip\./);
        },
      ),
      { numRuns: 300 },
    );
  });
});
