/** A table inside a FlatBuffer: where it begins and where its list of field offsets begins. */
export interface FlatTable {
  readonly at: number;
  readonly fields: number;
}

/** Reads tables, vectors and scalars of a FlatBuffer by field number; an absent field gives the default. */
export interface FlatBuffer {
  root(): FlatTable;
  int8(table: FlatTable, field: number, otherwise?: number): number;
  int32(table: FlatTable, field: number, otherwise?: number): number;
  table(table: FlatTable, field: number): FlatTable | null;
  tables(table: FlatTable, field: number): readonly FlatTable[];
  int32s(table: FlatTable, field: number): readonly number[];
  bytes(table: FlatTable, field: number): Uint8Array;
}

/**
 * Opens the bytes of a FlatBuffer (https://flatbuffers.dev/internals): little-endian, each table begins with the
 * signed distance to its field offsets.
 */
export function flatBuffer(bytes: Uint8Array): FlatBuffer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tableAt = (at: number): FlatTable => ({ at, fields: at - view.getInt32(at, true) });
  const fieldAt = ({ at, fields }: FlatTable, field: number): number | null => {
    const slot = 4 + 2 * field;
    const offset = slot < view.getUint16(fields, true) ? view.getUint16(fields + slot, true) : 0;
    return offset === 0 ? null : at + offset;
  };
  const target = (at: number): number => at + view.getUint32(at, true);
  const elements = (table: FlatTable, field: number): { readonly first: number; readonly count: number } => {
    const at = fieldAt(table, field);
    return at === null ? { first: 0, count: 0 } : { first: target(at) + 4, count: view.getUint32(target(at), true) };
  };
  const scalar =
    (read: (at: number) => number) =>
    (table: FlatTable, field: number, otherwise = 0) => {
      const at = fieldAt(table, field);
      return at === null ? otherwise : read(at);
    };
  return {
    root: () => tableAt(view.getUint32(0, true)),
    int8: scalar((at) => view.getInt8(at)),
    int32: scalar((at) => view.getInt32(at, true)),
    table: (table, field) => {
      const at = fieldAt(table, field);
      return at === null ? null : tableAt(target(at));
    },
    tables: (table, field) => {
      const { first, count } = elements(table, field);
      return Array.from({ length: count }, (_, i) => tableAt(target(first + 4 * i)));
    },
    int32s: (table, field) => {
      const { first, count } = elements(table, field);
      return Array.from({ length: count }, (_, i) => view.getInt32(first + 4 * i, true));
    },
    bytes: (table, field) => {
      const { first, count } = elements(table, field);
      return bytes.subarray(first, first + count);
    },
  };
}
