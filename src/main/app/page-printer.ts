import { BrowserWindow } from 'electron';
import type { PagePrinter } from '../composition/receipt-printer.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { restrictContents } from './session-policy.ts';

/** The queue of a printer that hangs is given up after this. */
const PRINT_TIMEOUT_MS = 30_000;
/** Receipts are short; what is longer goes on a second piece of paper. */
const PAGE_HEIGHT_MM = 297;
const MICRONS_PER_MM = 1_000;

/** A window that nobody sees, for one page that runs nothing. */
function hiddenWindow(): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  restrictContents(window.webContents);
  return window;
}

/** The system's printers through Electron. */
export function electronPrinter(): PagePrinter {
  return {
    list: async () => {
      const window = hiddenWindow();
      try {
        const found = await window.webContents.getPrintersAsync();
        return ok(
          found.map(({ name, displayName, options }) => ({
            name,
            displayName: displayName || name,
            isDefault: Reflect.get(options, 'printer-is-default') === 'true' || false,
          })),
        );
      } catch {
        return err(failure('printer.missing', 'the printers can not be listed'));
      } finally {
        window.destroy();
      }
    },
    print: async ({ html, printer, paperWidthMm }) => {
      const window = hiddenWindow();
      try {
        const known = await window.webContents.getPrintersAsync();
        if (!known.some(({ name }) => name === printer)) return err(failure('printer.missing', 'it is gone'));
        await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`);
        return await printed(window, printer, paperWidthMm);
      } catch {
        return err(failure('printer.failed', 'the page does not load'));
      } finally {
        window.destroy();
      }
    },
  };
}

function printed(window: BrowserWindow, deviceName: string, paperWidthMm: number): Promise<Result<null, Failure>> {
  const pageSize = { width: paperWidthMm * MICRONS_PER_MM, height: PAGE_HEIGHT_MM * MICRONS_PER_MM };
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(err(failure('printer.failed', 'timeout'))), PRINT_TIMEOUT_MS);
    window.webContents.print(
      { silent: true, deviceName, pageSize, margins: { marginType: 'none' } },
      (success, reason) => {
        clearTimeout(timer);
        resolve(success ? ok(null) : err(failure('printer.failed', reason.slice(0, 80))));
      },
    );
  });
}
