// Commits pairs of rows to the database in argv[2], the second long after the first, and tells each pair that is kept.
import { openVerifierDatabase } from '../../src/verifier/storage/open-database.ts';

const [, , folder = '', address = ''] = process.argv;
const database = await openVerifierDatabase(folder, address === '' ? null : address);
for (let pair = 0; ; pair += 1) {
  await database.transaction(async (queries) => {
    for (const half of ['a', 'b']) {
      const row = { name: `${pair}${half}`, value: Buffer.alloc(2_000, pair), created_at_ms: pair };
      await queries.insertInto('secrets').values(row).execute();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  });
  process.stdout.write(`${pair}\n`);
}
