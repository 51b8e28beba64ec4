import type { MeterRow, Reconciliation } from '../../../shared/domain/metering.ts';
import type { GalleryCase } from './gallery-case.ts';
import { NOW_MS } from './fixture-records.ts';

const ROWS: readonly MeterRow[] = [
  ['counter', 'CounterCard', 'countersign', 'face-authority', 312, 309, 301, 309, 0],
  ['registration', 'ID_PRO', 'aliyun', 'ContrastFaceVerify', 87, 85, 79, 85, 2],
  ['registration', 'IdentityCheck', 'aliyun', 'Id2MetaVerify', 14, 14, 13, 14, 0],
  ['coupon-2026', 'RPMin', 'tencent', 'ImageRecognition', 1_204, 1_198, 1_020, 1_198, 0],
].map(([sceneId, scheme, verifier, operation, calls, successful, passes, billed, unknown]) => ({
  sceneId,
  scheme,
  verifier,
  operation,
  calls,
  successful,
  passes,
  billed,
  unknown,
})) as readonly MeterRow[];

export function fixtureMetering(which: GalleryCase): readonly MeterRow[] {
  if (which === 'empty') return [];
  return which === 'troubled' ? ROWS : ROWS.map((row) => ({ ...row, unknown: 0 }));
}

export function fixtureExport(which: GalleryCase): { readonly csv: string; readonly lines: number } {
  const rows = fixtureMetering(which);
  const lines = rows.map((row) => Object.values(row).join(','));
  return {
    csv: ['scene,scheme,verifier,operation,calls,successful,passes,billed,unknown', ...lines].join('\r\n'),
    lines: rows.length,
  };
}

function order(index: number): string {
  return `9e02c4d7a1${String(index).padStart(22, '0')}`;
}

export function fixtureReconciliation(which: GalleryCase): Reconciliation {
  const same: Reconciliation = { matched: 1_613, onlyThere: [], onlyHere: [], differing: [], resolved: [], unread: [] };
  if (which !== 'troubled') return same;
  return {
    ...same,
    matched: 1_604,
    onlyThere: [
      {
        orderId: order(4001),
        requestId: null,
        atMs: NOW_MS - 8e7,
        operation: 'ContrastFaceVerify',
        count: 1,
        line: 212,
      },
    ],
    onlyHere: [
      {
        orderId: order(4102),
        certifyId: '019aa0c0-0000-7000-8000-000000004102',
        sceneId: 'registration',
        scheme: 'ID_PRO',
        verifier: 'aliyun',
        operation: 'ContrastFaceVerify',
        number: 1,
        startedAtMs: NOW_MS - 3_600_000,
        requestId: '5A6229C0-E156-48E4-B6EC-0F528BDF60D2',
        code: '200',
        billed: true,
      },
    ],
    differing: [{ orderId: order(4203), expected: 1, billed: 2 }],
    resolved: [
      { orderId: order(4304), billed: true },
      { orderId: order(4305), billed: false },
    ],
    unread: [{ line: 877, why: 'order id is empty' }],
  };
}
