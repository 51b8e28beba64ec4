import type { ReactNode } from 'react';
import type { Cell, Column, TableModel } from './table-model.ts';

function classOf({ isNumber, isCode }: Column): string {
  return [isNumber ? 'number' : '', isCode ? 'code' : ''].filter(Boolean).join(' ');
}

function Row(props: { readonly columns: readonly Column[]; readonly cells: readonly Cell[] }): ReactNode {
  const [head, ...rest] = props.cells;
  return (
    <tr>
      <th scope="row">{head?.text}</th>
      {rest.map((cell, index) => (
        <td key={props.columns[index + 1]?.name} className={classOf(props.columns[index + 1]!)}>
          {cell.text}
        </td>
      ))}
    </tr>
  );
}

/** The numbers of a chart, with their sums. */
export function ReportTable({ table }: { readonly table: TableModel }): ReactNode {
  const { caption, columns, rows, foot } = table;
  return (
    <table className="report-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" className={column.isNumber ? 'number' : undefined}>
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <Row key={cells.map(({ text }) => text).join(' ')} columns={columns} cells={cells} />
        ))}
      </tbody>
      {foot === null ? null : (
        <tfoot>
          <Row columns={columns} cells={foot} />
        </tfoot>
      )}
    </table>
  );
}
