import { useEffect, useRef, type ReactNode } from 'react';
import type { Problems } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import { Mark } from '../parts/mark.tsx';
import { useWords } from '../words.tsx';
import type { FaceKeysDraft, FaceReturnField } from './face-return-form.ts';

/** Longer than any key, so that one that is too long is named instead of cut. */
const ROOM = 1_000;

/** The store's key: typed once, then only told to be kept. The focus goes along. */
export function FaceKeys(props: {
  readonly kept: boolean;
  readonly replacing: boolean;
  readonly keys: FaceKeysDraft;
  readonly problems: Problems<FaceReturnField>;
  readonly onReplace: (replacing: boolean) => void;
  readonly onEdit: (keys: Partial<FaceKeysDraft>) => void;
}): ReactNode {
  const { t } = useWords();
  const { kept, replacing, keys, problems } = props;
  const group = useRef<HTMLFieldSetElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) group.current?.querySelector<HTMLElement>('input, button')?.focus();
    moved.current = false;
  }, [replacing]);
  const replace = (next: boolean): void => {
    moved.current = true;
    props.onReplace(next);
  };
  return (
    <fieldset className="direct-group" ref={group}>
      <legend>{t('privacy.face.keys')}</legend>
      {kept && !replacing ? (
        <p className="direct-kept">
          <Mark tone="good">{t('privacy.face.keysKept')}</Mark>
          <button type="button" className="button" onClick={() => replace(true)}>
            {t('privacy.face.replace')}
          </button>
        </p>
      ) : (
        <>
          <TextField
            label={t('privacy.face.keyId')}
            hint={t('privacy.face.keyHint')}
            value={keys.id}
            problem={problems.keyId}
            onEdit={(id) => props.onEdit({ id })}
            maxLength={ROOM}
          />
          <TextField
            label={t('privacy.face.keySecret')}
            hint={t('privacy.face.keyHint')}
            value={keys.secret}
            problem={problems.keySecret}
            onEdit={(secret) => props.onEdit({ secret })}
            secret
            maxLength={ROOM}
          />
          {replacing ? (
            <button type="button" className="button" onClick={() => replace(false)}>
              {t('privacy.face.keepOld')}
            </button>
          ) : null}
        </>
      )}
    </fieldset>
  );
}
