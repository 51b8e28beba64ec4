// Erases the sample subject and kills itself at a step: before the given destruction, counted from 0, or after the last.
import { systemClock } from '../../src/shared/clock.ts';
import { subjectVaults } from '../../src/main/composition/subject-vaults.ts';
import type { DestroyKept } from '../../src/main/composition/subject-desk.ts';
import { openSampleInstallation, SAMPLE_SUBJECT, sampleSubjects } from './sample-subject.ts';

const [folder, step] = process.argv.slice(2);
if (folder === undefined || step === undefined) throw new Error('usage: FOLDER STEP');
const installation = openSampleInstallation(folder, systemClock);
let left = Number(step);
const dying =
  (destroy: DestroyKept): DestroyKept =>
  async (id, why) => {
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    left -= 1;
    return destroy(id, why);
  };
const vaults = subjectVaults(installation, folder);
const destroy = Object.fromEntries(Object.entries(vaults).map(([kind, one]) => [kind, dying(one)])) as typeof vaults;
const erasing = sampleSubjects(installation, folder, systemClock, { destroy });
await erasing.desk.erase(SAMPLE_SUBJECT, 'withdrawn');
process.kill(process.pid, 'SIGKILL');
