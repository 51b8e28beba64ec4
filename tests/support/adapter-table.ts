import type { FakeVendor, ScriptedAnswer } from '../../src/fake-vendor/contract.ts';
import { checkOutcomeSchema, type CheckAnswer } from '../../src/shared/domain/verification.ts';

/** One operation of a vendor behind its adapter, asked in one way. */
export interface TableQuestion {
  readonly operation: string;
  /** What it is asked for, in our words. */
  readonly check: string;
  ask(): Promise<CheckAnswer>;
}

export interface TableRow {
  readonly operation: string;
  readonly check: string;
  readonly outcome: string;
  readonly retry: string;
  readonly billed: string;
  /** Codes, statuses and faults that end so. */
  readonly after: readonly string[];
}

/** Transport faults that need no waiting, with the words that they stand under. */
const FAULTS: readonly (readonly [string, ScriptedAnswer])[] = [
  ['answer lost', { fault: 'drop' }],
  ['answer cut', { fault: 'cut' }],
  ['a page', { fault: 'html' }],
  ['a redirect', { fault: 'redirect' }],
  ['not JSON', { fault: 'nonsense' }],
  ['HTTP 429', { httpStatus: 429, body: '' }],
  ['HTTP 503', { httpStatus: 503, body: '' }],
];

/** Asks once with every code of the operation and with every fault, and groups what ends the same. */
export async function rowsOf(vendor: FakeVendor, question: TableQuestion): Promise<readonly TableRow[]> {
  const { operation, check } = question;
  const steps: readonly (readonly [string, ScriptedAnswer])[] = [
    ...vendor.codesOf(operation).map((code) => [`\`${code}\``, { code }] as const),
    ...FAULTS,
  ];
  const rows = new Map<string, Omit<TableRow, 'after'> & { after: string[] }>();
  for (const [name, step] of steps) {
    vendor.script(operation, [step]);
    const row = { operation, check, ...wordsOf(await question.ask()), after: [] };
    const key = JSON.stringify(row);
    const known = rows.get(key) ?? row;
    known.after.push(name);
    rows.set(key, known);
  }
  vendor.script(operation, []);
  return [...rows.values()];
}

function wordsOf(answer: CheckAnswer): Pick<TableRow, 'outcome' | 'retry' | 'billed'> {
  if (answer.kind === 'pending') return { outcome: 'pending', retry: '', billed: '' };
  const { state, reason, retry, vendor } = checkOutcomeSchema.parse(answer.outcome);
  const billed = vendor?.billed ?? null;
  return { outcome: `${state} \`${reason}\``, retry, billed: billed === null ? 'unknown' : billed ? 'yes' : 'no' };
}

/** Passes first, then what was refused, then what people and machines do about the rest. */
const ORDER = ['passed', 'failed', 'review', 'pending', 'error'];

export function tableAsMarkdown(title: string, rows: readonly TableRow[]): string {
  const place = ({ outcome }: TableRow) => ORDER.indexOf(outcome.split(' ')[0] ?? '');
  const operations = [...new Set(rows.map(({ operation, check }) => `${operation} (${check})`))];
  const sections = operations.map((name) => {
    const own = rows.filter(({ operation, check }) => `${operation} (${check})` === name);
    const lines = own
      .toSorted((one, other) => place(one) - place(other) || (one.outcome < other.outcome ? -1 : 1))
      .map(({ outcome, retry, billed, after }) => `| ${outcome} | ${retry} | ${billed} | ${after.join(', ')} |`);
    return [`### ${name}`, '', '| outcome | retry | billed | after |', '| --- | --- | --- | --- |', ...lines].join(
      '\n',
    );
  });
  return [`## ${title}`, ...sections].join('\n\n');
}
