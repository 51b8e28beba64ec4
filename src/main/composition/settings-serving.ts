import { changedMeanwhile, readChangedMeanwhile } from '../../shared/changed-meanwhile.ts';
import type { Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import { editingFrom } from '../settings/settings-edit.ts';
import type { Installation } from './installation.ts';

/** An answer with the revision of the settings that its values are of; absent where it couldn't be told. */
export type RevisedAnswer = Result<unknown, Failure> & { readonly revision?: number };

/**
 * Serves one request so that whatever it writes is refused where somebody was faster.
 *
 * @param basedOn the revision of the values that the request was made from; null: the window doesn't say.
 */
export type ServeSettings = (
  basedOn: number | null,
  serve: () => Result<unknown, Failure> | Promise<Result<unknown, Failure>>,
) => Promise<RevisedAnswer>;

/** A refusal as `settings.changed-meanwhile` names whoever was faster by the name that the staff goes by here. */
export function createSettingsServing(installation: Pick<Installation, 'settingRevision' | 'staff'>): ServeSettings {
  return (basedOn, serve) =>
    editingFrom(basedOn, async (edit) => {
      // From before the values are read: rather a question too many than a change that is lost.
      const before = installation.settingRevision();
      const answer = await serve();
      if (!answer.ok) return err(withName(answer.error, installation));
      const revision = edit.newest() ?? (before.ok ? before.value : null);
      return revision === null ? answer : { ...answer, revision };
    });
}

/** Whoever was faster is told by the name that the staff goes by here. */
function withName(refused: Failure, { staff }: Pick<Installation, 'staff'>): Failure {
  const change = readChangedMeanwhile(refused);
  if (change === null || change.by === null) return refused;
  const names = staff.names();
  const name = names.ok ? names.value.get(change.by) : undefined;
  return name === undefined ? refused : changedMeanwhile({ ...change, by: name });
}
