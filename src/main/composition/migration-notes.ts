import type { MigrationProgress } from '../store/migration-steps.ts';

/** Passes on the first step of a version and then one each time that another tenth of the records is prepared. */
export function everyTenth(note: (progress: MigrationProgress) => void): (progress: MigrationProgress) => void {
  let noted = '';
  return (progress) => {
    const tenth = `${progress.version} ${Math.floor((10 * progress.done) / progress.records)}`;
    if (tenth === noted) return;
    noted = tenth;
    note(progress);
  };
}
