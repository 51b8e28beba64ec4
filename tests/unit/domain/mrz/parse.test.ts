import fc from 'fast-check';
import { parse as parseByPeer } from 'mrz';
import { describe, expect, test } from 'vitest';
import { travelDocumentStateOf } from '../../../../src/shared/domain/countries.ts';
import type { MachineReadableZone } from '../../../../src/shared/domain/machine-readable-zone.ts';
import { accessKeyOf } from '../../../../src/shared/domain/mrz-access-key.ts';
import { buildZone } from '../../../../src/shared/domain/mrz-build.ts';
import { mrzCheckDigit } from '../../../../src/shared/domain/mrz-characters.ts';
import { zoneDate } from '../../../../src/shared/domain/mrz-dates.ts';
import { MRZ_LAYOUTS, spanText } from '../../../../src/shared/domain/mrz-layout.ts';
import { namesField, namesMayBeCut } from '../../../../src/shared/domain/mrz-names.ts';
import { parseZone } from '../../../../src/shared/domain/mrz-parse.ts';
import { TODAY, zoneContents } from '../../../support/mrz/zone-contents.ts';

/** The specimens of Doc 9303 parts 4 to 6 (state UTO). */
const TD3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const TD2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];
const TD1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'];
/** Part 11, appendix D: a number of more than nine characters. */
const LONG = ['I<UTOD23145890<7349<<<<<<<<<<<', '3407127M9507122UTO<<<<<<<<<<<2', 'STEVENSON<<PETER<JOHN<<<<<<<<<'];

function read(lines: readonly string[]): MachineReadableZone {
  const zone = parseZone(lines, TODAY);
  if (!zone.ok) throw new Error(`${zone.error.code} ${zone.error.detail}`);
  return zone.value;
}

describe('the worked examples of Doc 9303', () => {
  test('part 4: a passport', () => {
    expect(read(TD3)).toEqual({
      format: 'TD3',
      lines: TD3,
      documentCode: 'P',
      issuingState: 'UTO',
      surname: 'ERIKSSON',
      givenNames: 'ANNA MARIA',
      documentNumber: 'L898902C3',
      nationality: 'UTO',
      birthDate: '1974-08-12',
      sex: 'female',
      expiryDate: '2012-04-15',
      optionalData: 'ZE184226B',
      failedChecks: [],
      repairs: [],
    });
  });

  test('part 6: a large card', () => {
    expect(read(TD2)).toMatchObject({ format: 'TD2', documentNumber: 'D23145890', optionalData: '', failedChecks: [] });
  });

  test('part 5: a card', () => {
    expect(read(TD1)).toMatchObject({
      format: 'TD1',
      documentNumber: 'D23145890',
      surname: 'ERIKSSON',
      failedChecks: [],
    });
  });

  test('part 11: a card with a number that goes on in the optional data, and its access key', () => {
    const zone = read(LONG);
    expect(zone).toMatchObject({
      documentNumber: 'D23145890734',
      birthDate: '1934-07-12',
      expiryDate: '2095-07-12',
      optionalData: '',
      failedChecks: [],
    });
    expect(accessKeyOf(zone)).toEqual({
      ok: true,
      value: { kind: 'mrz', documentNumber: 'D23145890734', birthDate: '340712', expiryDate: '950712' },
    });
  });

  test.each([
    ['520727', '3'],
    ['AB2134<<<', '5'],
  ])('part 3: check digits', (text, digit) => {
    expect(mrzCheckDigit(text)).toBe(digit);
  });
});

test('a zone that is built is read again as it was, by this reader and by another', () => {
  let read = 0;
  fc.assert(
    fc.property(zoneContents(), (contents) => {
      const lines = buildZone(contents);
      const zone = parseZone(lines, TODAY);
      if (!zone.ok) throw new Error(zone.error.detail);
      const { value } = zone;
      expect(value.failedChecks).toEqual([]);
      expect(value.repairs).toEqual([]);
      expect(value.lines).toEqual(lines);
      expect(value.documentNumber).toBe(contents.documentNumber);
      expect(value.birthDate).toBe(contents.birthDate);
      const peer = parseByPeer([...lines]);
      const { fields } = peer;
      expect(peer.format).toBe(value.format);
      expect(fields.documentNumber).toBe(value.documentNumber);
      // Without `<<` in its field, the peer takes a surname for given names too.
      const parted = spanText(lines, MRZ_LAYOUTS[value.format].names).includes('<<');
      if (parted) expect(fields.firstName ?? '').toBe(value.givenNames);
      expect(fields.lastName).toBe(value.surname);
      expect(fields.birthDate).toBe(zoneDate(contents.birthDate));
      expect(fields.sex).toBe({ male: 'male', female: 'female', unstated: 'nonspecified' }[value.sex]);
      const failed = peer.details.filter(({ field, valid }) => field?.endsWith('CheckDigit') === true && !valid);
      expect(failed).toEqual([]);
      read++;
    }),
    { numRuns: 4000 },
  );
  expect(read).toBe(4000);
});

test('a wrong character is told by this reader wherever the other tells it, unless it is repaired', () => {
  fc.assert(
    fc.property(zoneContents(['TD3', 'TD2']), fc.nat(), fc.constantFrom(...'0123456789'), (contents, at, digit) => {
      const lines = [...buildZone({ ...contents, documentNumber: contents.documentNumber.slice(0, 9) })];
      const columns = [...Array.from({ length: 10 }, (_, i) => i), 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26, 30];
      const column = columns[at % columns.length]!;
      lines[1] = lines[1]!.slice(0, column) + digit + lines[1]!.slice(column + 1);
      const zone = parseZone(lines, TODAY);
      if (!zone.ok) throw new Error(zone.error.detail);
      const peer = parseByPeer(lines).details.filter(
        ({ field, valid }) => field?.endsWith('CheckDigit') === true && !valid,
      );
      if (zone.value.repairs.length === 0) expect(zone.value.failedChecks.length > 0).toBe(peer.length > 0);
      else expect(zone.value.failedChecks).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

describe('dates', () => {
  const withDates = (birth: string, expiry: string): MachineReadableZone =>
    read(buildZone({ ...SAMPLE, birthDate: birth, expiryDate: expiry }));

  test.each([
    ['261120', '2026-11-20'],
    ['261121', '1926-11-21'],
    ['000229', '2000-02-29'],
    ['750229', null],
    ['741300', null],
    ['74<<<<', null],
    ['<<<<<<', null],
  ])('a birth of %s', (text, day) => {
    expect(withDates(text, '300101')).toMatchObject({ birthDate: day, failedChecks: [] });
  });

  test.each([
    ['951231', '2095-12-31'],
    ['960101', '1996-01-01'],
    ['990101', '1999-01-01'],
    ['310228', '2031-02-28'],
    ['310230', null],
  ])('an expiry of %s', (text, day) => {
    expect(withDates('740812', text)).toMatchObject({ expiryDate: day, failedChecks: [] });
  });
});

describe('names', () => {
  test.each([
    ['ERIKSSON', 'ANNA MARIA', 'ERIKSSON', 'ANNA MARIA'],
    ["O'CONNOR", 'ENYA SIOBHAN', 'OCONNOR', 'ENYA SIOBHAN'],
    ['SMITH-JONES', 'SUSIE MARGARET', 'SMITH JONES', 'SUSIE MARGARET'],
    ['ARKFREITH', '', 'ARKFREITH', ''],
  ])('%s, %s', (surname, givenNames, first, second) => {
    const zone = read(buildZone({ ...SAMPLE, surname, givenNames }));
    expect([zone.surname, zone.givenNames]).toEqual([first, second]);
    expect(namesMayBeCut(zone)).toBe(false);
  });

  test('too long a name keeps letters of both parts, and says that it may be cut', () => {
    const zone = read(buildZone({ ...SAMPLE, format: 'TD1', surname: 'A'.repeat(40), givenNames: 'BERTA' }));
    expect(zone).toMatchObject({ surname: 'A'.repeat(27), givenNames: 'B' });
    expect(namesMayBeCut(zone)).toBe(true);
    expect(namesField('NILAVADHANANDA', 'CHAYAPA DEJTHAMRONG KRASUANG', 39)).toBe(
      'NILAVADHANANDA<<CHAYAPA<DEJTHAMRONG<KRA',
    );
  });
});

test('codes of states', () => {
  expect(['D', 'UTO', 'XXB', 'GBD', 'FRA'].map((code) => travelDocumentStateOf(code)?.name.en)).toEqual([
    'Germany',
    'Utopia (specimen)',
    'Refugee',
    'British Overseas Territories citizen',
    'France',
  ]);
  expect(['ZZZ', '276', '', 'DE'].map((code) => travelDocumentStateOf(code))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('no key is made of fields that are in doubt', () => {
  const wrong = [TD3[0]!, TD3[1]!.replace('L898902C36', 'L898902C37')];
  expect(accessKeyOf(read(wrong))).toMatchObject({ ok: false, error: { code: 'mrz.check-digit' } });
});

const SAMPLE = {
  format: 'TD3',
  documentCode: 'P',
  issuingState: 'UTO',
  surname: 'ERIKSSON',
  givenNames: 'ANNA',
  documentNumber: 'L898902C3',
  nationality: 'UTO',
  birthDate: '1974-08-12',
  sex: 'female',
  expiryDate: '2032-04-15',
} as const;
