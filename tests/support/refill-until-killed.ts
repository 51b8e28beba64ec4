// Tells records of before apart for reports and kills itself in the page after the given number, inside its transaction.
import { createReportRefill } from '../../src/main/store/report-refill.ts';
import { openSampleStore } from './sample-store.ts';

const [folder, pages] = process.argv.slice(2);
if (folder === undefined || pages === undefined) throw new Error('usage: FOLDER PAGES');
const { database } = openSampleStore(folder);
let left = Number(pages) * 200 + 50;
database.function('die_in_the_middle', () => {
  left -= 1;
  if (left < 0) process.kill(process.pid, 'SIGKILL');
  return 1;
});
database.exec(`CREATE TEMP TRIGGER dying AFTER UPDATE OF tally ON main.records BEGIN SELECT die_in_the_middle(); END`);
const next = createReportRefill(database, () => 0);
for (;;) {
  const progress = next();
  if (!progress.ok) throw new Error(progress.error.code);
  if (progress.value === null) break;
}
