import type { ReactNode } from 'react';
import type { Problems } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import { KEY_ROOM, KeptKeys } from '../parts/kept-keys.tsx';
import { useWords } from '../words.tsx';
import type { FaceKeysDraft, FaceReturnField } from './face-return-form.ts';

/** The store's key. */
export function FaceKeys(props: {
  readonly kept: boolean;
  readonly replacing: boolean;
  readonly keys: FaceKeysDraft;
  readonly problems: Problems<FaceReturnField>;
  readonly onReplace: (replacing: boolean) => void;
  readonly onEdit: (keys: Partial<FaceKeysDraft>) => void;
}): ReactNode {
  const { t } = useWords();
  const { keys, problems } = props;
  const words = {
    legend: t('privacy.face.keys'),
    kept: t('privacy.face.keysKept'),
    replace: t('privacy.face.replace'),
    keepOld: t('privacy.face.keepOld'),
  };
  return (
    <KeptKeys words={words} kept={props.kept} replacing={props.replacing} onReplace={props.onReplace}>
      <TextField
        label={t('privacy.face.keyId')}
        hint={t('privacy.face.keyHint')}
        value={keys.id}
        problem={problems.keyId}
        onEdit={(id) => props.onEdit({ id })}
        maxLength={KEY_ROOM}
      />
      <TextField
        label={t('privacy.face.keySecret')}
        hint={t('privacy.face.keyHint')}
        value={keys.secret}
        problem={problems.keySecret}
        onEdit={(secret) => props.onEdit({ secret })}
        secret
        maxLength={KEY_ROOM}
      />
    </KeptKeys>
  );
}
