import {
  BANK_CARD_FIELDS,
  ID_CARD_BACK_FIELDS,
  ID_CARD_FRONT_FIELDS,
  type BankCardField,
  type DocumentReading,
  type IdCardField,
  type ReadField,
} from '../../../shared/domain/document-reading.ts';

export type FieldName = IdCardField | BankCardField;

export interface ShownField extends ReadField {
  readonly name: FieldName;
}

/** The fields of a reading in the order of the document; none for a machine-readable zone. */
export function shownFields(reading: DocumentReading): readonly ShownField[] {
  switch (reading.page) {
    case 'id-card-front':
      return ID_CARD_FRONT_FIELDS.map((name) => ({ name, ...reading.fields[name] }));
    case 'id-card-back':
      return ID_CARD_BACK_FIELDS.map((name) => ({ name, ...reading.fields[name] }));
    case 'bank-card':
      return BANK_CARD_FIELDS.map((name) => ({ name, ...reading.fields[name] }));
    case 'travel-document':
      return [];
  }
}
