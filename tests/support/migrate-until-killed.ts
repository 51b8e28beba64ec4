// Brings a database of before up to date and kills itself when so many steps are done, inside of a version's transaction.
import { openDatabase } from '../../src/main/store/database.ts';
import { deriveKeys } from '../../src/main/store/key-source.ts';
import { SAMPLE_MASTER_KEY } from './sample-store.ts';

const [path, steps] = process.argv.slice(2);
if (path === undefined || steps === undefined) throw new Error('usage: PATH STEPS');
let left = Number(steps);
openDatabase(path, deriveKeys(SAMPLE_MASTER_KEY).database, {
  onMigration: () => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
