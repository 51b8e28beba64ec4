/**
 * Every component and every screen of every window in every state: `node scripts/gallery.ts` serves a page to choose
 * them on. `--sheet FOLDER` makes contact sheets of all of them instead, or of those whose names
 * hold one of the words that follow: `--sheet /tmp/sheets admin kiosk-portrait`.
 */
import { parseArgs } from 'node:util';
import { builtGallery, galleryWindows, serveGallery } from '../tests/support/gallery/gallery-site.ts';
import { contactSheets } from './gallery-sheets.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sheet: { type: 'string' }, port: { type: 'string', default: '0' } },
});

if (values.sheet === undefined) {
  const { origin } = await serveGallery(await builtGallery(galleryWindows()), Number(values.port));
  console.log(`The gallery: ${origin}/ (end it with Ctrl+C)`);
} else {
  await contactSheets(values.sheet, positionals);
}
