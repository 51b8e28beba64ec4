import { describe, expect, it } from 'vitest';
import { fieldChanges } from '../../../src/main/settings/field-changes.ts';

const LOGO = (content: string) => `data:image/png;base64,${Buffer.from(content).toString('base64')}`;

describe('the fields in which two values differ', () => {
  it('name a picture that only weighs the same', () => {
    expect(fieldChanges('brand', { logo: LOGO('ours') }, { logo: LOGO('fake') })).toEqual([
      { setting: 'brand', path: ['logo'], before: { kind: 'picture', bytes: 6 }, after: { kind: 'picture', bytes: 6 } },
    ]);
    expect(fieldChanges('brand', { logo: LOGO('ours') }, { logo: LOGO('ours') })).toEqual([]);
  });

  it('name every field of an entry that comes, goes or changes', () => {
    const rule = { id: 'a', enabled: true, sceneIds: null };
    expect(fieldChanges('risk', { rules: [rule] }, { rules: [{ ...rule, enabled: false }, { id: 'b' }] })).toEqual([
      {
        setting: 'risk',
        path: ['rules', 'a', 'enabled'],
        before: { kind: 'value', value: true },
        after: { kind: 'value', value: false },
      },
      { setting: 'risk', path: ['rules', 'b', 'id'], before: { kind: 'absent' }, after: { kind: 'value', value: 'b' } },
    ]);
    expect(fieldChanges('risk', { rules: [rule] }, { rules: [] }).map(({ path }) => path.join('.'))).toEqual([
      'rules',
      'rules.a.id',
      'rules.a.enabled',
      'rules.a.sceneIds',
    ]);
  });
});
