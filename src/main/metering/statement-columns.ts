/** What a column of a vendor's statement is for. */
export type StatementColumn = 'order' | 'request' | 'time' | 'operation' | 'count';

/**
 * Heads as Tencent's and Aliyun's consoles, bills and APIs call them, in both languages, and those of our own export.
 * The first that a statement has counts: our own order number before the vendor's id of the flow.
 */
const HEADS: Readonly<Record<StatementColumn, readonly string[]>> = {
  order: [
    'orderid',
    'outerorderno',
    'outerorderid',
    'merchantorderno',
    'extra',
    'ticketid',
    'bizid',
    '外部订单号',
    '商户订单号',
    '商户请求号',
    '商户请求的唯一标识',
    '业务订单号',
    '订单号',
    '业务流水号',
    '业务id',
    '透传信息',
    'certifyid',
    'biztoken',
    '认证id',
    '流水号',
  ],
  request: ['requestid', '请求id', '请求编号', 'traceid'],
  time: [
    'startedat',
    'requesttime',
    'reqtime',
    'calltime',
    'createtime',
    'createdat',
    'time',
    'timestamp',
    'date',
    '请求时间',
    '调用时间',
    '认证时间',
    '核验时间',
    '核身时间',
    '消费时间',
    '开始时间',
    '创建时间',
    '时间',
    '日期',
  ],
  operation: [
    'operation',
    'productcode',
    'action',
    'api',
    'apiname',
    'interface',
    'chargetype',
    '产品码',
    '产品代码',
    '产品编码',
    '认证方案',
    '接口名称',
    '接口',
    '计费项',
    '组件名称',
    '产品名称',
  ],
  count: [
    'count',
    'quantity',
    'usage',
    'chargecount',
    'billed',
    'isneedcharge',
    '计费次数',
    '计费量',
    '收费次数',
    '调用次数',
    '用量',
    '数量',
    '次数',
    '是否计费',
    '是否收费',
  ],
};

export type StatementColumns = Readonly<Record<StatementColumn, readonly number[]>>;

/** Where each column stands, the preferred first; a column of other heads is nowhere. */
export function findColumns(heads: readonly string[]): StatementColumns {
  const plain = heads.map(plainHead);
  const places = (column: StatementColumn): readonly number[] =>
    HEADS[column].map((head) => plain.indexOf(head)).filter((place) => place >= 0);
  return {
    order: places('order'),
    request: places('request'),
    time: places('time'),
    operation: places('operation'),
    count: places('count'),
  };
}

/** A statement without an id can't be matched line by line. */
export function hasIds({ order, request }: StatementColumns): boolean {
  return order.length > 0 || request.length > 0;
}

/** `Outer Order No.` and `outer_order_no` are the same; what stands in brackets is a remark. */
function plainHead(head: string): string {
  return head
    .toLowerCase()
    .replace(/[（(].*[)）]/u, '')
    .replaceAll(/[\s_.:：-]/gu, '');
}
