import wordsEn from '../../resources/locales/en/receipt.json' with { type: 'json' };
import wordsZhCn from '../../resources/locales/zh-CN/receipt.json' with { type: 'json' };
import type { SettledBy } from './domain/review.ts';
import type { QrPath } from './qr-path.ts';
import { nextStepText, reasonText, type Language } from './reason-texts.ts';
import { REASONS, type ReasonCode, type VerdictState } from './reasons.ts';

/** The words of printed receipts. */
export const RECEIPT_WORDS = { 'zh-CN': wordsZhCn, en: wordsEn } as const satisfies Record<Language, object>;

/** What a receipt for a person says: nothing that isn't masked, and no score. */
export interface ReceiptFacts {
  readonly siteName: string;
  readonly contact: string | null;
  readonly sceneName: string;
  /** Local date and time of the decision, as it is to be read. */
  readonly time: string;
  readonly nameMasked: string | null;
  /** What holds now. */
  readonly state: VerdictState;
  readonly reason: ReasonCode;
  /** Whose word that is, and what the terminal itself had decided; absent where its own decision holds. */
  readonly settled?: { readonly by: SettledBy; readonly machine: VerdictState };
  readonly receiptNumber: string;
  /** The same as a code to be scanned. */
  readonly code: QrPath;
  readonly test: boolean;
  readonly simulated: boolean;
}

type Row = readonly [name: string, value: string];

/** A receipt as a page that a printer of this paper width can take; without any script or address. */
export function receiptPage(facts: ReceiptFacts, language: Language, paperWidthMm: number): string {
  const words = RECEIPT_WORDS[language];
  const rows: readonly Row[] = [
    [words.outcome, words[facts.state]],
    ['', reasonText(facts.reason, language, 'person')],
    ...settledRows(facts, language),
    [words.next, nextStepText(REASONS[facts.reason].next, language, 'person')],
    [words.name, facts.nameMasked ?? ''],
    [words.scene, facts.sceneName],
    [words.time, facts.time],
    [words.contact, facts.contact ?? ''],
  ];
  const notes = [...(facts.test ? [words.isTest] : []), ...(facts.simulated ? [words.simulated] : [])];
  const body = [
    `<h1>${escaped(facts.siteName)}</h1>`,
    `<h2>${escaped(words.title)} · ${escaped(words.copy)}</h2>`,
    tableOf(rows),
    `<p class="number"><small>${escaped(words.number)}</small>${escaped(facts.receiptNumber)}</p>`,
    codeOf(facts.code),
    ...notes.map((note) => `<p class="note">${escaped(note)}</p>`),
  ];
  return pageOf(body.join('\n'), language, paperWidthMm);
}

function settledRows({ settled }: ReceiptFacts, language: Language): readonly Row[] {
  const words = RECEIPT_WORDS[language];
  if (settled === undefined) return [];
  return [
    [words.decidedBy, words[settled.by]],
    [words.terminal, words[settled.machine]],
  ];
}

function codeOf({ side, path }: QrPath): string {
  return `<svg class="code" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path d="${escaped(path)}"/></svg>`;
}

/** A page that shows whether printer and paper width are right. */
export function printTestPage(language: Language, time: string, paperWidthMm: number): string {
  const words = RECEIPT_WORDS[language];
  const body = [
    `<h2>${escaped(words.testTitle)}</h2>`,
    `<p class="note">${escaped(words.testText)}</p>`,
    tableOf([
      [words.width, String(paperWidthMm)],
      [words.time, time],
    ]),
  ];
  return pageOf(body.join('\n'), language, paperWidthMm);
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<tr><th>${escaped(name)}</th><td>${escaped(value)}</td></tr>`);
  return `<table>${lines.join('')}</table>`;
}

/** Half a millimetre for a module of what a receipt says: four dots of a printer with 203 dots an inch. */
const CODE_MM = 24;

/** Paper has margins that printers can't reach. */
const MARGIN_MM = 3;

function pageOf(body: string, language: Language, paperWidthMm: number): string {
  const width = paperWidthMm - 2 * MARGIN_MM;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
@page { margin: ${MARGIN_MM}mm; }
body { box-sizing: border-box; width: ${width}mm; margin: 0; padding: 2mm; border: 0.3mm solid #000; color: #000;
  font: 3.6mm/1.45 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 4.6mm; margin: 0; } h2 { font-size: 3.8mm; margin: 0 0 2mm; font-weight: 400; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 400; padding-right: 2mm;
  white-space: nowrap; vertical-align: top; color: #000; } td { vertical-align: top; }
.number { font-size: 5.4mm; letter-spacing: 0.4mm; margin: 2mm 0 0; } .number small { display: block; font-size: 3.2mm;
  letter-spacing: 0; } .code { display: block; height: ${CODE_MM}mm; width: ${CODE_MM}mm; } .note { margin: 2mm 0 0; }
</style></head><body>
${body}
</body></html>`;
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
