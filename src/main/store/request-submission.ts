import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { StoreDatabase } from './database.ts';

/**
 * Marks the request of a record as submitted, in the transaction of the record. Only the certification that the request
 * was given to does that, or the one that carries it on; another attempt of the same visitor leaves the request as it is.
 */
export function prepareSubmission(database: StoreDatabase): (record: CertificationRecord) => void {
  const submit = database.prepare(
    `UPDATE requests SET state = 'submitted', certify_id = @certifyId, name_masked = NULL
     WHERE request_id = @requestId AND certify_id IN (@certifyId, @follows)`,
  );
  return ({ certifyId, order, follows }) => {
    if (order) submit.run({ certifyId, requestId: order.requestId, follows: follows ?? certifyId });
  };
}
