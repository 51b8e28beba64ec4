import type { ReactNode } from 'react';
import type { Problems } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import { KEY_ROOM, KeptKeys } from '../parts/kept-keys.tsx';
import { useWords } from '../words.tsx';
import type { DirectField, KeysDraft, VendorChoice } from './direct-form.ts';

/** Longer than any token of temporary keys. */
const TOKEN_ROOM = 5_000;

/** The vendor's keys. */
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
  const { vendor, keys, problems } = props;
  const words = {
    legend: t('direct.keys'),
    kept: t('direct.keysKept'),
    replace: t('direct.replace'),
    keepOld: t('direct.keepOld'),
  };
  return (
    <KeptKeys words={words} kept={props.kept} replacing={props.replacing} onReplace={props.onReplace}>
      <p className="muted">{t('direct.keysNote')}</p>
      {vendor === 'uni' ? null : (
        <TextField
          label={t(`direct.keyId.${vendor}`)}
          hint={t('direct.keyIdHint')}
          value={keys.keyId}
          problem={problems.keyId}
          onEdit={(keyId) => props.onEdit({ keyId })}
          maxLength={KEY_ROOM}
        />
      )}
      <TextField
        label={t(`direct.keySecret.${vendor}`)}
        hint={t(vendor === 'uni' ? 'direct.sharedSecretHint' : 'direct.keySecretHint')}
        value={keys.keySecret}
        problem={problems.keySecret}
        onEdit={(keySecret) => props.onEdit({ keySecret })}
        secret
        maxLength={KEY_ROOM}
      />
      {vendor === 'uni' ? null : (
        <TextField
          label={t(`direct.keyToken.${vendor}`)}
          hint={t('direct.keyTokenHint')}
          value={keys.keyToken}
          problem={problems.keyToken}
          onEdit={(keyToken) => props.onEdit({ keyToken })}
          secret
          maxLength={TOKEN_ROOM}
        />
      )}
    </KeptKeys>
  );
}
