import { MRZ_FORMATS, type MrzFormat } from '../../../../src/shared/domain/machine-readable-zone.ts';
import { buildZone, type ZoneContents } from '../../../../src/shared/domain/mrz-build.ts';
import { seeded, type Seeded } from '../../liveness/seeded.ts';

/** A made-up holder of a made-up document of Utopia, the state of specimens. */
export interface ZoneSpecimen {
  readonly contents: ZoneContents;
  readonly lines: readonly string[];
}

const SURNAMES = ['ERIKSSON', 'OKONKWO', 'NOVAK', 'FERNANDEZ GARCIA', 'LI', 'O\'BRIEN', 'SZCZEPANSKI', 'VAN DER MUELEN', 'KAKKONEN', 'ZHANG', 'DUBOIS', 'HAKIMI'] as const; // prettier-ignore
const GIVEN_NAMES = ['ANNA MARIA', 'XIAOMING', 'KIRK', 'JOSE LUIS', 'BO', 'PETER JOHN', 'KATARZYNA', 'WILHELMINA JOHANNA', 'QI', 'MUHAMMAD ALI', 'ZOE', ''] as const; // prettier-ignore
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** The person and the document of a seed: always the same. */
export function zoneSpecimen(seed: number, format: MrzFormat = MRZ_FORMATS[seed % 3]!): ZoneSpecimen {
  const draw = seeded('zone', seed);
  const contents: ZoneContents = {
    format,
    documentCode: format === 'TD3' ? 'P' : draw.pick(['I', 'ID', 'A']),
    issuingState: 'UTO',
    surname: draw.pick(SURNAMES),
    givenNames: draw.pick(GIVEN_NAMES),
    documentNumber: documentNumber(draw),
    nationality: 'UTO',
    birthDate: day(draw, 1940, 2020),
    sex: draw.pick(['male', 'female', 'unstated'] as const),
    expiryDate: day(draw, 2020, 2040),
    optionalData: draw.chance(0.4) ? text(draw, LETTERS + DIGITS, 6) : '',
    optionalDataLower: format === 'TD1' && draw.chance(0.3) ? text(draw, DIGITS, 8) : '',
  };
  return { contents, lines: buildZone(contents) };
}

function documentNumber(draw: Seeded): string {
  const form = draw.uniform();
  if (form < 0.4) return text(draw, LETTERS, 1) + text(draw, DIGITS, 8);
  return form < 0.7 ? text(draw, DIGITS, 9) : text(draw, LETTERS + DIGITS, 9);
}

function text(draw: Seeded, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[Math.floor(draw.uniform() * alphabet.length)]!).join('');
}

function day(draw: Seeded, firstYear: number, lastYear: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const year = Math.floor(draw.between(firstYear, lastYear));
  return `${year}-${two(Math.floor(draw.between(1, 13)))}-${two(Math.floor(draw.between(1, 29)))}`;
}
