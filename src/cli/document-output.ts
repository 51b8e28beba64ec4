import { maskBankCardNumber } from '../shared/domain/bank-card.ts';
import type { DocumentReading, EncodedPicture, ReadField } from '../shared/domain/document-reading.ts';
import { DOCUMENT_WARNING_REASONS } from '../shared/domain/document-warning.ts';
import { reasonText } from '../shared/reason-texts.ts';

/** A reading for machines: pictures by their size only; a bank card's number masked unless asked for whole. */
export function readingJson(reading: DocumentReading, unmasked: boolean): Record<string, unknown> {
  const { page, quarterTurns, outline, picture, warnings, tookMs } = reading;
  const shared = { page, quarterTurns, outline, picture: sizeOf(picture), warnings, tookMs: Math.round(tookMs) };
  switch (reading.page) {
    case 'id-card-front':
      return { ...shared, fields: reading.fields, portrait: reading.portrait && sizeOf(reading.portrait) };
    case 'id-card-back':
      return { ...shared, fields: reading.fields };
    case 'bank-card':
      return {
        ...shared,
        fields: { ...reading.fields, number: shownNumber(reading.fields.number, unmasked) },
        issue: reading.issue,
        embossed: reading.embossed,
      };
    case 'travel-document':
      return { ...shared, zone: reading.zone, portrait: reading.portrait && sizeOf(reading.portrait) };
  }
}

function sizeOf({ width, height, bytes }: EncodedPicture) {
  return { width, height, bytes: bytes.byteLength };
}

function shownNumber(field: ReadField, unmasked: boolean): ReadField {
  return unmasked || field.text === null ? field : { ...field, text: maskBankCardNumber(field.text) };
}

/** A reading for people: a line a field, marked where it is unsure, and the warnings that are raised. */
export function readingText(file: string, reading: DocumentReading, unmasked: boolean): string {
  const raised = reading.warnings
    .filter((warning) => warning.raised)
    .map(({ kind, score, limit }) => {
      const what = reasonText(DOCUMENT_WARNING_REASONS[kind], 'en', 'clerk');
      return `  ! ${kind} ${score.toFixed(2)} (limit ${limit.toFixed(2)}): ${what}`;
    });
  const head = `${file}: ${reading.page}, turned by ${90 * reading.quarterTurns}°, ${Math.round(reading.tookMs)} ms`;
  return [head, ...fieldLines(reading, unmasked), ...raised].join('\n');
}

function fieldLines(reading: DocumentReading, unmasked: boolean): readonly string[] {
  if (reading.page === 'travel-document') {
    const { lines, failedChecks, repairs } = reading.zone;
    const checks =
      failedChecks.length === 0 ? 'all check digits agree' : `check digits fail: ${failedChecks.join(', ')}`;
    return [...lines.map((line) => `  ${line}`), `  ${checks}; ${repairs.length} characters repaired`];
  }
  const fields: Readonly<Record<string, ReadField>> =
    reading.page === 'bank-card'
      ? { ...reading.fields, number: shownNumber(reading.fields.number, unmasked) }
      : reading.fields;
  return Object.entries(fields).map(([name, { text, confidence, doubt }]) => {
    const mark = doubt === null ? `${Math.floor(100 * confidence)} %` : `UNSURE: ${doubt}`;
    return `  ${name.padEnd(10)} ${text ?? '—'}  [${mark}]`;
  });
}
