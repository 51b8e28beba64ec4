import { useEffect, useRef, type ReactNode } from 'react';
import type { Problems } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import { Mark } from '../parts/mark.tsx';
import { useWords } from '../words.tsx';
import type { DirectField, KeysDraft, VendorChoice } from './direct-form.ts';

/** Longer than any key, so that one that is too long is named instead of cut. */
const ROOM = 1_000;

/**
 * The vendor's keys: typed once, then only told to be kept. Going from the one to the other takes the focus along.
 */
export function KeyFields(props: {
  readonly vendor: Exclude<VendorChoice, 'none'>;
  /** Whether keys of this vendor are kept. */
  readonly kept: boolean;
  readonly replacing: boolean;
  readonly onReplace: (replacing: boolean) => void;
  readonly keys: KeysDraft;
  readonly problems: Problems<DirectField>;
  readonly onEdit: (keys: Partial<KeysDraft>) => void;
}): ReactNode {
  const { t } = useWords();
  const { vendor, kept, replacing, keys, problems } = props;
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
      <legend>{t('direct.keys')}</legend>
      {kept && !replacing ? (
        <p className="direct-kept">
          <Mark tone="good">{t('direct.keysKept')}</Mark>
          <button type="button" className="button" onClick={() => replace(true)}>
            {t('direct.replace')}
          </button>
        </p>
      ) : (
        <>
          <p className="muted">{t('direct.keysNote')}</p>
          {vendor === 'uni' ? null : (
            <TextField
              label={t(`direct.keyId.${vendor}`)}
              hint={t('direct.keyIdHint')}
              value={keys.keyId}
              problem={problems.keyId}
              onEdit={(keyId) => props.onEdit({ keyId })}
              maxLength={ROOM}
            />
          )}
          <TextField
            label={t(`direct.keySecret.${vendor}`)}
            hint={t(vendor === 'uni' ? 'direct.sharedSecretHint' : 'direct.keySecretHint')}
            value={keys.keySecret}
            problem={problems.keySecret}
            onEdit={(keySecret) => props.onEdit({ keySecret })}
            secret
            maxLength={ROOM}
          />
          {replacing ? (
            <button type="button" className="button" onClick={() => replace(false)}>
              {t('direct.keepOld')}
            </button>
          ) : null}
        </>
      )}
    </fieldset>
  );
}
