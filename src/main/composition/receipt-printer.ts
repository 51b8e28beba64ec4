import type { PrinterChoice } from '../../shared/ipc/admin-devices.ts';
import { printTestPage, receiptPage } from '../../shared/receipt-page.ts';
import { siteTexts } from '../../shared/domain/site.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import { receiptCode } from '../certification/receipt-text.ts';
import type { Installation } from './installation.ts';
import { qrPathOf } from './qr-path.ts';

/** The system's printers, as the windows' side reaches them. */
export interface PagePrinter {
  list(): Promise<Result<readonly PrinterChoice[], Failure>>;
  /** Prints a page without asking anybody. Resolves when the system's queue has taken it, not when paper has come out. */
  print(page: {
    readonly html: string;
    readonly printer: string;
    readonly paperWidthMm: number;
  }): Promise<Result<null, Failure>>;
}

/** Where there are no windows there is nothing to print with. */
export const NO_PRINTERS: PagePrinter = {
  list: () => Promise.resolve({ ok: true, value: [] }),
  print: () => Promise.resolve(err(failure('printer.missing', 'no windows'))),
};

export interface ReceiptPrinter {
  list: PagePrinter['list'];
  printTest(printer: string, paperWidthMm: number): Promise<Result<null, Failure>>;
  /**
   * Prints the receipt of a record on the printer that the settings name, masked as on the screen.
   *
   * @returns `printer.missing` where none is chosen, `printer.failed` where it doesn't take the page, or why the record
   *   can't be read
   */
  printReceipt(certifyId: string, language?: 'zh-CN' | 'en'): Promise<Result<null, Failure>>;
}

export interface ReceiptPrinterParts {
  readonly installation: Pick<Installation, 'settings' | 'queries' | 'scenes'>;
  readonly pages: PagePrinter;
  readonly wallMs: () => number;
}

/** Prints receipts and test pages. */
export function createReceiptPrinter({ installation, pages, wallMs }: ReceiptPrinterParts): ReceiptPrinter {
  const { settings, queries, scenes } = installation;
  return {
    list: () => pages.list(),
    printTest: (printer, paperWidthMm) => {
      const html = printTestPage('zh-CN', readableTime(wallMs()), paperWidthMm);
      return pages.print({ html, printer, paperWidthMm });
    },
    printReceipt: async (certifyId, language = 'zh-CN') => {
      const peripherals = settings.read('peripherals');
      if (!peripherals.ok) return peripherals;
      const { printer, paperWidthMm } = peripherals.value;
      if (printer === null) return err(failure('printer.missing', 'none is chosen'));
      const shown = queries.show(certifyId);
      if (!shown.ok) return shown;
      const site = settings.read('site');
      if (!site.ok) return site;
      const { record, receipt, receiptHash, settled } = shown.value;
      const { receiptNumber: number, receiptCode: code } = receiptCode({ receipt, receiptHash });
      const scene = scenes.scene(record.sceneId);
      const html = receiptPage(
        {
          siteName: siteTexts(site.value, language).siteName,
          contact: site.value.contact ?? null,
          sceneName: scene.ok && scene.value !== undefined ? scene.value.name : record.sceneId,
          time: readableTime(record.decidedAtMs),
          nameMasked: record.subject?.nameMasked ?? null,
          state: settled?.state ?? record.verdict.state,
          reason: settled?.reason ?? record.verdict.reason,
          ...(settled && { settled: { by: settled.by, machine: record.verdict.state } }),
          receiptNumber: number,
          code: qrPathOf(code),
          test: record.test === true,
          simulated: record.simulated,
        },
        language,
        paperWidthMm,
      );
      return pages.print({ html, printer, paperWidthMm });
    },
  };
}

/** Local date and time, `YYYY-MM-DD HH:MM`. */
function readableTime(atMs: number): string {
  const at = new Date(atMs);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
