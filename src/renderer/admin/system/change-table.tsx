import type { ReactNode } from 'react';
import type { FieldChange, ShownValue } from '../../../shared/domain/settings-file.ts';
import { size } from '../outbox/outbox-figures.ts';
import { Empty } from '../parts/page.tsx';
import type { Translate } from '../translation.ts';
import { useWords } from '../words.tsx';
import { adminEn } from '../words/admin-words-en.ts';

type FieldName = keyof typeof adminEn.settingFields.field;

function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(adminEn.settingFields.field, name);
}

/** Where a field stands, from the setting down; ids of scenes and rules stay as they are. */
export function placeOf({ setting, path }: Pick<FieldChange, 'setting' | 'path'>, t: Translate): string {
  const parts = path.map((part) => (isFieldName(part) ? t(`settingFields.field.${part}`) : part));
  return [t(`settingFields.setting.${setting}`), ...parts].join(' › ');
}

export function valueText(shown: ShownValue, t: Translate): string {
  const plain = (value: string | number | boolean | null): string => {
    if (value === null) return t('settingsFile.import.absent');
    if (typeof value === 'boolean') return t(value ? 'settingsFile.import.yes' : 'settingsFile.import.no');
    return value === '' ? t('settingsFile.import.empty') : String(value);
  };
  switch (shown.kind) {
    case 'absent':
      return t('settingsFile.import.absent');
    case 'value':
      return plain(shown.value);
    case 'list':
      return shown.values.length === 0 ? t('settingsFile.import.empty') : shown.values.map(plain).join(', ');
    case 'picture':
      return t('settingsFile.import.picture', { size: size(shown.bytes) });
  }
}

/** What would change, field by field, before and after. */
export function ChangeTable({ changes }: { readonly changes: readonly FieldChange[] }): ReactNode {
  const { t } = useWords();
  if (changes.length === 0) return <Empty>{t('settingsFile.import.none')}</Empty>;
  return (
    <table className="changes">
      <caption>{t('settingsFile.import.changes', { n: changes.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('settingsFile.import.field')}</th>
          <th scope="col">{t('settingsFile.import.before')}</th>
          <th scope="col">{t('settingsFile.import.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={[change.setting, ...change.path].join('\n')}>
            <th scope="row">{placeOf(change, t)}</th>
            <td className="wrap muted">{valueText(change.before, t)}</td>
            <td className="wrap">{valueText(change.after, t)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
