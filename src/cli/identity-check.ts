import type { Command } from 'commander';
import { text as readAll } from 'node:stream/consumers';
import { systemClock } from '../shared/clock.ts';
import type { CardKind } from '../shared/domain/document.ts';
import type { NumberProblemKind } from '../shared/domain/identity-number.ts';
import { reportOnNumber, type NumberReport } from '../shared/domain/number-report.ts';
import type { Language } from '../shared/reason-texts.ts';
import { emitLines } from './card-document.ts';
import { languageFrom, withLanguageOption, type LanguageOption } from './language.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem } from './output.ts';

interface CheckOptions extends LanguageOption {
  readonly json?: boolean;
}

const HELP = `
A number that is given on the command line stays in the shell's history and is seen by other accounts while the command
runs. Give - instead and type it, or pipe it in:  countersign identity check -  < number.txt

Ends with 0 for a number that can be right, 1 for one that can't, 2 when none was given. Whether a number was ever
issued, and to whom, can't be told from the number.`;

/** `identity check`: what a number says by itself. */
export function registerIdentityCheck(identity: Command): void {
  const check = identity
    .command('check')
    .description('validity, kind, birth date, sex and region of an identity number')
    .argument('<number>', 'the number, or - to read it from standard input');
  withLanguageOption(check)
    .option('--json', 'one JSON value on standard output')
    .addHelpText('after', HELP)
    .action((number: string, options: CheckOptions) => checkNumber(number, options));
}

async function checkNumber(given: string, options: CheckOptions): Promise<void> {
  const json = options.json === true;
  const language = languageFrom(options);
  if (!language.ok) return emitError(language.error, json);
  const typed = given === '-' ? await fromStandardInput() : given;
  if (typed.trim() === '') return emitError(usageProblem('no number came', 'Type it, then Enter and Ctrl-D.'), json);
  // A local day: a number whose holder was born today is right from midnight here.
  const report = reportOnNumber(typed, localDay(systemClock.wallMs()));
  if (!report.ok) {
    const { kind, from, to } = report.error;
    const message = PROBLEM_WORDS[kind][language.value];
    if (json) emitJson({ valid: false, reason: kind, place: { from, to }, message });
    else process.stdout.write(`${language.value === 'en' ? 'not valid' : '无效'}: ${message}\n`);
    return setExitCode(1);
  }
  if (json) emitJson(reportJson(report.value));
  else emitLines(reportWords(report.value, language.value));
}

async function fromStandardInput(): Promise<string> {
  if (process.stdin.isTTY) emitText('Type the number, then Enter and Ctrl-D.');
  return readAll(process.stdin);
}

function localDay(wallMs: number): string {
  const now = new Date(wallMs);
  const part = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
}

function reportJson({ number, ageYears, country }: NumberReport): Record<string, unknown> {
  const { kind, birthDate, sex, region, nationality } = number;
  return { valid: true, type: kind, birthDate, ageYears, sex, region, nationality, country };
}

type Words = Readonly<Record<Language, string>>;

const KIND_WORDS: Readonly<Record<CardKind, Words>> = {
  resident: { en: 'resident identity card', 'zh-CN': '居民身份证' },
  hmt: { en: 'residence permit for Hong Kong, Macao and Taiwan residents', 'zh-CN': '港澳台居民居住证' },
  'foreigner-2017': { en: 'foreigner’s permanent residence card of 2017', 'zh-CN': '外国人永久居留身份证（2017版）' },
  'foreigner-2023': { en: 'foreigner’s permanent residence card of 2023', 'zh-CN': '外国人永久居留身份证（2023版）' },
};

const PROBLEM_WORDS: Readonly<Record<NumberProblemKind, Words>> = {
  length: { en: 'it has neither 18 nor 15 characters', 'zh-CN': '长度不是 18 位或 15 位' },
  characters: { en: 'a character stands where none may', 'zh-CN': '含有不允许的字符' },
  'first-generation': {
    en: 'a resident number of 15 digits, as cards had before 1999: no valid card has one',
    'zh-CN': '15 位旧号码（1999 年以前的第一代身份证）：现行证件没有这种号码',
  },
  region: { en: 'the region does not exist', 'zh-CN': '行政区划代码不存在' },
  'birth-date': { en: 'the birth date does not exist, or has not come yet', 'zh-CN': '出生日期不存在或尚未到来' },
  'check-digit': {
    en: 'the check character is wrong: a typing error, or not a real number',
    'zh-CN': '校验位不符：输入有误或号码不真实',
  },
};

const LABELS = {
  valid: { en: 'valid', 'zh-CN': '有效' },
  type: { en: 'type', 'zh-CN': '类型' },
  birthDate: { en: 'birth date', 'zh-CN': '出生日期' },
  ageYears: { en: 'age', 'zh-CN': '周岁' },
  sex: { en: 'sex', 'zh-CN': '性别' },
  region: { en: 'region', 'zh-CN': '地区' },
  nationality: { en: 'nationality', 'zh-CN': '国籍' },
} as const satisfies Record<string, Words>;

const SEX_WORDS = { male: { en: 'male', 'zh-CN': '男' }, female: { en: 'female', 'zh-CN': '女' } } as const;

function reportWords(report: NumberReport, language: Language): Record<string, string | number | undefined> {
  const { kind, birthDate, sex, region, nationality } = report.number;
  const country = language === 'en' ? report.country?.name.en : report.country?.name.zh;
  const said: Record<keyof typeof LABELS, string | number | undefined> = {
    valid: language === 'en' ? 'yes' : '是',
    type: KIND_WORDS[kind][language],
    birthDate,
    ageYears: report.ageYears,
    sex: sex && SEX_WORDS[sex][language],
    region: `${region.code} ${region.province}`,
    nationality: nationality === undefined || country === undefined ? nationality : `${nationality} ${country}`,
  };
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => [LABELS[name as keyof typeof LABELS][language], value]),
  );
}
