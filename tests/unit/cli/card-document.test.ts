import { describe, expect, test } from 'vitest';
import { documentJson, maskedFields } from '../../../src/cli/card-document.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { CARDS } from '../../support/card-reader/cards.ts';

const PERSONAL = ['name', 'englishName', 'number', 'formerNumber', 'passNumber', 'address', 'birthDate'] as const;

describe('a card that is shown', () => {
  test.each(CARD_KINDS)('%s: everything that names a person is masked', (kind) => {
    const { fields } = CARDS[kind];
    const masked = maskedFields({ ...fields, appendedAddress: fields.address ?? 'somewhere' });
    for (const field of PERSONAL) {
      if (fields[field] === undefined) expect(masked[field]).toBeUndefined();
      else expect(masked[field]).toContain('*');
    }
    const shown = JSON.stringify(masked);
    const hidden = [fields.name, fields.number, fields.birthDate, fields.address, fields.formerNumber];
    for (const text of hidden) if (text !== undefined) expect(shown).not.toContain(text);
    // The day of birth is also a part of the number.
    expect(shown).not.toContain(fields.birthDate.replaceAll('-', '').slice(2));
  });

  test('the whole JSON, masked and full', () => {
    const document = {
      ...CARDS.hmt,
      portrait: { state: 'not-decoded', bytes: 1024, reason: 'decoder.none', detail: 'none' } as const,
      fingerprintBytes: 512,
      simulated: true,
    };
    const photo = { bytes: 1024, decoded: false, reason: 'decoder.none' };
    const rest = { photo, fingerprint: { bytes: 512 }, simulated: true };
    expect(documentJson(document, true)).toEqual({ type: 'hmt', fields: CARDS.hmt.fields, ...rest });
    expect(documentJson(document, false)).toEqual({
      type: 'hmt',
      fields: {
        ...CARDS.hmt.fields,
        name: '样*乙',
        birthDate: '1985-**-**',
        address: '***',
        number: '810***********0019',
        passNumber: 'H00**0000',
      },
      masked: true,
      ...rest,
    });
  });
});
