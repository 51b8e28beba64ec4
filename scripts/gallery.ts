import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DOCUMENT_FIXTURES } from '../src/renderer/kiosk/gallery/document-fixtures.ts';
import { FIXTURE_NAMES } from '../src/renderer/kiosk/gallery/fixtures.ts';
import { REASON_FIXTURES } from '../src/renderer/kiosk/gallery/reason-fixtures.ts';
import { openKioskGallery } from '../tests/support/kiosk-gallery.ts';

/**
 * Pictures of every kiosk screen: `node scripts/gallery.ts [FOLDER] [QUERY] [SCREEN…]`. `reasons` as the only screen:
 * every reason of a card, a reader or a photo decoder on each screen where it can come up; `documents`: every hint,
 * problem, doubt and step of documents.
 */
const [folder = 'test-output/gallery', query = '', ...wanted] = process.argv.slice(2);
const SERIES = { reasons: REASON_FIXTURES, documents: DOCUMENT_FIXTURES } as const;
const [series] = wanted;
const names = series === 'reasons' || series === 'documents' ? SERIES[series] : FIXTURE_NAMES;
const sizes = { portrait: { width: 1080, height: 1920 }, landscape: { width: 1366, height: 768 } };

const gallery = await openKioskGallery();
if (!gallery) throw new Error('no browser is installed');
mkdirSync(folder, { recursive: true });
for (const [orientation, size] of Object.entries(sizes)) {
  const page = await gallery.newPage(size);
  for (const name of names) {
    if (names === FIXTURE_NAMES && wanted.length > 0 && !wanted.includes(name)) continue;
    await gallery.show(page, `screen=${name}&${query}`);
    await page.waitForTimeout(
      /^(position|light|action|digits|silent|card-photo|document|hint|picture)/.test(name) ? 900 : 100,
    );
    await page.screenshot({ path: path.join(folder, `${name.replace(':', '-')}-${orientation}.png`) });
  }
}
for (const complaint of gallery.complaints) console.error(complaint);
await gallery.close();
