import type { WebContents } from 'electron';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** What the admin window shows, as the pages of a PDF. */
export interface AdminPaper {
  /** The window that is open from now on. */
  of(contents: WebContents): void;
  /** @returns `request.invalid` while no window is open, `printer.failed` where the page can't be laid out */
  print(): Promise<Result<Uint8Array, Failure>>;
}

/** Prints the window that was named last, until it is closed; paper and margins come from the page's style sheet. */
export function createAdminPaper(): AdminPaper {
  let open: WebContents | null = null;
  return {
    of: (contents) => {
      open = contents;
      contents.once('destroyed', () => {
        if (open === contents) open = null;
      });
    },
    print: async () => {
      if (open === null) return err(failure('request.invalid', 'no window is open'));
      try {
        // The page's own style sheet for paper says how: size, margins, colours.
        return ok(new Uint8Array(await open.printToPDF({ printBackground: true, preferCSSPageSize: true })));
      } catch {
        return err(failure('printer.failed', 'the page can not be laid out'));
      }
    },
  };
}
