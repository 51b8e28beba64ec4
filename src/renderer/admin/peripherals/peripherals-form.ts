import { peripheralsSchema, type Peripherals, type ReaderForm } from '../../../shared/domain/peripherals.ts';
import type { PrinterChoice } from '../../../shared/ipc/admin-devices.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

/** The value of "no printer". */
export const NO_PRINTER = '';
/** The pace that is proposed when somebody turns the scan on. */
const USUAL_SCAN_SECONDS = '2';

export interface PeripheralsDraft {
  readonly volume: number;
  readonly printer: string;
  readonly paperWidthMm: string;
  readonly readerForm: ReaderForm;
  readonly scans: boolean;
  readonly scanSeconds: string;
}
export type PeripheralsField = 'paperWidthMm' | 'scanSeconds';

export function peripheralsDraft(saved: Peripherals): PeripheralsDraft {
  const { volume, printer, paperWidthMm, readerForm, scanSeconds } = saved;
  return {
    volume,
    printer: printer ?? NO_PRINTER,
    paperWidthMm: String(paperWidthMm),
    readerForm: readerForm ?? 'plate',
    scans: scanSeconds !== undefined,
    scanSeconds: scanSeconds === undefined ? USUAL_SCAN_SECONDS : String(scanSeconds),
  };
}

/** Reads the form: a plate and no scan are what a terminal has anyway, so they aren't kept. */
export function parsePeripherals(draft: PeripheralsDraft): Parsed<Peripherals, PeripheralsField> {
  const problems: { -readonly [Field in PeripheralsField]?: Problem } = {};
  const { shape } = peripheralsSchema;
  const paperWidthMm = numberOf(draft.paperWidthMm, /^\d{1,4}$/);
  const scanSeconds = numberOf(draft.scanSeconds, /^\d{1,2}(\.\d{1,2})?$/);
  if (!shape.paperWidthMm.safeParse(paperWidthMm).success) {
    problems.paperWidthMm = { key: 'peripherals.printer.problemWidth' };
  }
  if (draft.scans && !shape.scanSeconds.safeParse(scanSeconds).success) {
    problems.scanSeconds = { key: 'peripherals.scan.problem' };
  }
  return parsed(problems, () => ({
    volume: draft.volume,
    printer: draft.printer === NO_PRINTER ? null : draft.printer,
    paperWidthMm,
    ...(draft.readerForm === 'plate' ? {} : { readerForm: draft.readerForm }),
    ...(draft.scans ? { scanSeconds } : {}),
  }));
}

function numberOf(text: string, pattern: RegExp): number {
  return pattern.test(text.trim()) ? Number(text) : Number.NaN;
}

/** A saved printer that the system doesn't have now stays a choice, so that saving something else doesn't lose it. */
export function isGone(printer: string, found: readonly PrinterChoice[]): boolean {
  return printer !== NO_PRINTER && !found.some(({ name }) => name === printer);
}
