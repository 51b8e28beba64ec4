import fc from 'fast-check';
import { MRZ_FORMATS, type MrzFormat } from '../../../src/shared/domain/machine-readable-zone.ts';
import type { ZoneContents } from '../../../src/shared/domain/mrz-build.ts';

/** The day that tests read zones on. */
export const TODAY = '2026-11-20';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MIXED = `${LETTERS}0123456789`;
/** Not France: its older cards have a form of their own, which the peer reads and this project doesn't. */
const STATES = ['UTO', 'D', 'CHN', 'BRA', 'GBD', 'UNO', 'XXA', 'XXC', 'EUE'] as const;

const word = (alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const names = fc
  .array(word(LETTERS, 1, 12), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '))
  // At the end of a name these are taken for fillers.
  .filter((text) => !text.includes('KKK'));
const day = (first: string, last: string): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date(first), max: new Date(last), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

/** What documents are made of; with long numbers, unknown dates and names that are cut among them. */
export function zoneContents(formats: readonly MrzFormat[] = MRZ_FORMATS): fc.Arbitrary<ZoneContents> {
  return fc.constantFrom(...formats).chain((format) =>
    fc.record({
      format: fc.constant(format),
      documentCode: format === 'TD3' ? fc.constantFrom('P', 'PD') : fc.constantFrom('I', 'A', 'C', 'ID'),
      issuingState: fc.constantFrom(...STATES),
      surname: names,
      givenNames: fc.oneof(names, fc.constant('')),
      documentNumber: format === 'TD3' ? word(MIXED, 1, 9) : word(MIXED, 1, format === 'TD1' ? 22 : 14),
      nationality: fc.constantFrom(...STATES),
      birthDate: fc.oneof(
        { weight: 6, arbitrary: day('1927-01-01', TODAY) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      sex: fc.constantFrom('male' as const, 'female' as const, 'unstated' as const),
      expiryDate: day('1997-01-01', '2095-12-31'),
      optionalData: fc.constant(''),
      optionalDataLower: format === 'TD1' ? word(MIXED, 0, 11) : fc.constant(''),
    }),
  );
}
