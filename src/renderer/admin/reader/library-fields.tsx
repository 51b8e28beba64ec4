import type { ReactNode } from 'react';
import { PHOTO_LIBRARY_CALLS } from '../../../shared/domain/photo-decoding.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { useWords } from '../words.tsx';
import { givesRawPixels, takesVendorCode, type ReadingDraft, type ReadingField } from './reading-form.ts';

export interface ReadingProps {
  readonly draft: Draft<ReadingDraft>;
  readonly problems: Problems<ReadingField>;
}

const ADVANCED = { vendorCode: '0', channels: 'auto', rows: 'auto', helper: '' } as const;
const ADVANCED_FIELDS = ['vendorCode', 'channels', 'rows', 'helper'] as const;

/** Vendor's code, colours, rows and helper: folded away, because `auto` and 0 suit most libraries. */
function AdvancedFields(props: ReadingProps): ReactNode {
  const { t } = useWords();
  const { draft, problems } = props;
  const { call, channels, rows, helper, vendorCode } = draft.value;
  const changed = ADVANCED_FIELDS.filter((field) => draft.value[field] !== ADVANCED[field]).length;
  const wrong = ADVANCED_FIELDS.some((field) => problems[field] !== undefined);
  const raw = givesRawPixels(call);
  const notUsed = t('reader.reading.notUsed');
  const names = { auto: t('reader.reading.channelNames.auto') };
  return (
    <details className="advanced" open={wrong || undefined}>
      <summary>
        {t('reader.reading.advanced')}
        <span className="muted">
          {changed === 0 ? t('reader.reading.usual') : t('reader.reading.changed', { n: changed })}
        </span>
      </summary>
      <div className="pair-grid">
        <TextField
          label={t('reader.reading.vendorCode')}
          hint={takesVendorCode(call) ? t('reader.reading.vendorCodeHint') : notUsed}
          value={vendorCode}
          problem={problems.vendorCode}
          readOnly={!takesVendorCode(call) && problems.vendorCode === undefined}
          onEdit={(text) => draft.edit({ vendorCode: text })}
          numeric
          maxLength={5}
        />
        <TextField
          label={t('reader.reading.helper')}
          hint={t('reader.reading.helperHint')}
          value={helper}
          problem={problems.helper}
          onEdit={(text) => draft.edit({ helper: text })}
        />
        <SelectField
          label={t('reader.reading.channels')}
          hint={raw ? t('reader.reading.channelsHint') : notUsed}
          value={channels}
          disabled={!raw}
          options={{ ...names, rgb: t('reader.reading.channelNames.rgb'), bgr: t('reader.reading.channelNames.bgr') }}
          onChoose={(chosen) => draft.edit({ channels: chosen })}
        />
        <SelectField
          label={t('reader.reading.rows')}
          hint={raw ? t('reader.reading.rowsHint') : notUsed}
          value={rows}
          disabled={!raw}
          options={{
            auto: t('reader.reading.rowNames.auto'),
            'top-down': t('reader.reading.rowNames.top-down'),
            'bottom-up': t('reader.reading.rowNames.bottom-up'),
          }}
          onChoose={(chosen) => draft.edit({ rows: chosen })}
        />
      </div>
    </details>
  );
}

/** Where a vendor's library lies and how it is called. */
export function LibraryFields(props: ReadingProps): ReactNode {
  const { t } = useWords();
  const { draft, problems } = props;
  const calls = Object.fromEntries(
    PHOTO_LIBRARY_CALLS.map((call) => [call, t(`reader.reading.calls.${call}`)]),
  ) as Record<(typeof PHOTO_LIBRARY_CALLS)[number], string>;
  return (
    <>
      <TextField
        label={t('reader.reading.path')}
        hint={t('reader.reading.pathHint')}
        value={draft.value.path}
        problem={problems.path}
        onEdit={(path) => draft.edit({ path })}
        maxLength={1000}
      />
      <SelectField
        label={t('reader.reading.call')}
        hint={t('reader.reading.callHint')}
        value={draft.value.call}
        options={calls}
        onChoose={(call) => draft.edit({ call })}
      />
      <AdvancedFields {...props} />
    </>
  );
}
