import { checkCharacter } from '../../../../src/shared/domain/identity-number.ts';
import { seeded, type Seeded } from '../../liveness/seeded.ts';
import { drawName, drawNation } from './names.ts';
import { drawResidence } from './places.ts';

/** `hmt`: the residence permit for residents of Hong Kong, Macao and Taiwan; `temporary`: the three-month ID card. */
export const CARD_VARIANTS = ['resident', 'hmt', 'temporary'] as const;
export type CardVariant = (typeof CARD_VARIANTS)[number];

/** The day that specimens are looked at: `expired` means before it. */
export const SPECIMEN_TODAY = '2026-06-15';

/** Somebody who doesn't exist. The values are those that a reading should give. */
export interface SyntheticPerson {
  readonly variant: CardVariant;
  readonly name: string;
  readonly sex: 'male' | 'female';
  /** Null on a permit, which has no such field. */
  readonly nation: string | null;
  readonly birthDate: string;
  readonly address: string;
  /** With a right check character, of a region that was never assigned. */
  readonly number: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** On a permit: `H` (Hong Kong), `M` (Macao) or none (Taiwan) and digits. */
  readonly passNumber: string | null;
}

/** @param seed even: to choose limits with; odd: to report on. */
export function drawPerson(seed: number, variant: CardVariant = 'resident', expired = false): SyntheticPerson {
  const random = seeded(seed, 'person');
  const nation = drawNation(random);
  const name = drawName(variant === 'hmt' ? '汉' : nation, random);
  const sex = random.chance(0.5) ? 'male' : 'female';
  const birthDate = drawBirthDate(random);
  const { provinceCode, address, issuer } = drawResidence(nation, random);
  const [region, passNumber] =
    variant === 'hmt' ? hmtNumbers(random) : [`${provinceCode}${unassignedCounty(random)}`, null];
  return {
    variant,
    name,
    sex,
    nation: variant === 'hmt' ? null : nation,
    birthDate,
    address,
    number: numberOf(region, birthDate, sex, random),
    issuer,
    ...drawValidity(variant, birthDate, expired, random),
    passNumber,
  };
}

function drawBirthDate(random: Seeded): string {
  const day = new Date(Date.UTC(1936, 0, 1) + Math.floor(random.uniform() * 31_000) * 86_400_000);
  return day.toISOString().slice(0, 10);
}

/** Prefecture codes of GB/T 2260 end at 70, but for 90: nobody's number begins so. */
function unassignedCounty(random: Seeded): string {
  const prefecture = 71 + Math.floor(random.uniform() * 19);
  return `${prefecture}${String(Math.floor(random.uniform() * 100)).padStart(2, '0')}`;
}

function hmtNumbers(random: Seeded): [region: string, passNumber: string] {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => Math.floor(random.uniform() * 10)).join('');
  const [region, letter] = random.pick([
    ['810000', 'H'],
    ['820000', 'M'],
    ['830000', ''],
  ] as const);
  return [region, `${letter}${digits(8)}`];
}

function numberOf(region: string, birthDate: string, sex: 'male' | 'female', random: Seeded): string {
  const sequence = Math.floor(random.uniform() * 500) * 2 + (sex === 'male' ? 1 : 0);
  const digits = `${region}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
}

/** Five years for children, ten until 25, twenty until 45, then for ever; a permit five years, a temporary card three months. */
function drawValidity(
  variant: CardVariant,
  birthDate: string,
  expired: boolean,
  random: Seeded,
): Pick<SyntheticPerson, 'validFrom' | 'validTo'> {
  const years = variant === 'temporary' ? 0.25 : variant === 'hmt' ? 5 : termAt(ageOn(birthDate, SPECIMEN_TODAY));
  const today = Date.parse(SPECIMEN_TODAY);
  const spentDays = Math.floor((0.02 + 0.93 * random.uniform()) * Math.min(years, 18) * 365.25) + (expired ? 0 : 1);
  const backDays = expired ? Math.ceil((Number.isFinite(years) ? years : 20) * 365.25) + spentDays : spentDays;
  const validFrom = new Date(today - backDays * 86_400_000).toISOString().slice(0, 10);
  if (!Number.isFinite(years) && !expired) return { validFrom, validTo: 'long-term' };
  const end = new Date(`${validFrom}T00:00:00Z`);
  if (variant === 'temporary') end.setUTCMonth(end.getUTCMonth() + 3);
  else end.setUTCFullYear(end.getUTCFullYear() + (Number.isFinite(years) ? years : 20));
  return { validFrom, validTo: end.toISOString().slice(0, 10) };
}

function ageOn(birthDate: string, day: string): number {
  return Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
}

function termAt(age: number): number {
  if (age < 16) return 5;
  if (age < 26) return 10;
  return age < 46 ? 20 : Infinity;
}
