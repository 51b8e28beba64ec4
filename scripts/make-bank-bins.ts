// Writes the table of card issuers' prefixes. Run it after a change and commit what it writes.
// The package is taken as data: its file is read as text and never run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BANK_CARD_DIGITS } from '../src/shared/domain/bank-card.ts';
import { bankPrefixTableSchema, type BankPrefixTable } from '../src/shared/domain/bank-issuers.ts';
import { readPackageFile } from './package-file.ts';
import { cacheFolderOf } from './prepare-models.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FILE = join(ROOT, 'resources/bank/bins.json');

const SOURCE = {
  package: 'bankcardinfo',
  version: '2.0.6',
  integrity: 'sha512-rNmLJv/yyD5uiwYjJ3nPmPxhxFvcvvnfkU0ae6fYD/li/DtqxlCvM1u9cBDicNActW7hx04yus/kwKyQB3gK+w==',
  path: 'index.js',
  sha256: '1c1b18b426b3f9fa8dc48e89fa479c31d45f23d486e98fb1daeda773dda225f9',
} as const;

const TYPES: Readonly<Record<string, string>> = { DC: 'debit', CC: 'credit', SCC: 'semi-credit', PC: 'prepaid' };

interface Row {
  readonly issuer: string;
  readonly code: string;
  readonly type: string;
  readonly digits: number;
  readonly prefix: string;
}

function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  const list = text.slice(text.indexOf('bankcardList'), text.indexOf('];', text.indexOf('bankcardList')));
  let [issuer, code] = ['', ''];
  const tokens =
    /bankName: "([^"]+)"|bankCode: "([^"]+)"|reg: \/\^\(([\d|]+)\)\\d\{(\d+)\}\$\/g?,\s*cardType: "(\w+)"/g;
  for (const [, name, abbreviation, prefixes, rest, type] of list.matchAll(tokens)) {
    if (name !== undefined) issuer = name;
    if (abbreviation !== undefined) code = abbreviation;
    for (const prefix of new Set(prefixes?.split('|') ?? [])) {
      rows.push({ issuer, code, type: TYPES[type!]!, digits: prefix.length + Number(rest), prefix });
    }
  }
  const patterns = list.split('reg:').length - 1;
  const taken = list.match(tokens)!.filter((token) => token.startsWith('reg')).length;
  if (patterns !== taken) throw new Error(`${patterns - taken} of ${patterns} patterns have another form`);
  return rows;
}

/**
 * One row for each prefix and length. Where the source gives a length that no card has, or several issuers or types for
 * one prefix, it can't be told, so none is taken.
 */
function unambiguous(rows: readonly Row[]): Row[] {
  const possible = rows.filter(({ digits }) => digits >= BANK_CARD_DIGITS.least && digits <= BANK_CARD_DIGITS.most);
  const byNumber = Map.groupBy(possible, ({ prefix, digits }) => `${digits}:${prefix}`);
  return [...byNumber.values()]
    .filter((same) => new Set(same.map(({ code, type }) => `${code} ${type}`)).size === 1)
    .map((same) => same[0]!);
}

function tableOf(rows: readonly Row[]): BankPrefixTable {
  const issuers = [...Map.groupBy(rows, ({ code }) => code)].map(([code, own]) => ({
    code,
    name: own[0]!.issuer,
    cards: Object.fromEntries(
      [...Map.groupBy(own, ({ type, digits }) => `${type}-${digits}`)].map(([key, same]) => [
        key,
        same
          .map(({ prefix }) => prefix)
          .sort()
          .join(' '),
      ]),
    ),
  }));
  return {
    version: 1,
    source: { ...SOURCE, licence: 'ISC', about: 'Prefixes of cards issued in China up to 2013, as Alipay tells them.' },
    issuers,
  };
}

const text = new TextDecoder().decode(await readPackageFile(SOURCE, cacheFolderOf(ROOT)));
const all = rowsOf(text);
const taken = unambiguous(all);
const table = bankPrefixTableSchema.parse(tableOf(taken));
mkdirSync(dirname(FILE), { recursive: true });
writeFileSync(FILE, `${JSON.stringify(table, null, 2)}\n`);
console.log(`${taken.length} prefixes of ${table.issuers.length} issuers; ${all.length - taken.length} left out`);
