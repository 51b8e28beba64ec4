import type { PrintToPDFOptions } from 'electron';
import { notProvided } from './not-provided.ts';

/** What the stand-in can print with; everything else is the page's own style sheet's business. */
export type PrintOptions = Pick<
  PrintToPDFOptions,
  'printBackground' | 'preferCSSPageSize' | 'landscape' | 'scale' | 'pageRanges'
>;

const PROVIDED = ['printBackground', 'preferCSSPageSize', 'landscape', 'scale', 'pageRanges'];

/** Electron's options as the DevTools protocol names them; they mean the same. */
export function paperParameters(options: PrintOptions): PrintOptions & { readonly transferMode: 'ReturnAsBase64' } {
  const absent = Object.keys(options).find((name) => !PROVIDED.includes(name));
  if (absent !== undefined) throw notProvided(`webContents.printToPDF with ${absent}`);
  return { ...options, transferMode: 'ReturnAsBase64' };
}
