/** What records are found by when their time is over. */
export const recordEndsSchema = `
CREATE INDEX receipts_by_end ON receipts (json_extract(receipt, '$.body.eraseAfterMs'), seq);
`;
