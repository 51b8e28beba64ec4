import table from '../../../../resources/bank/bins.json' with { type: 'json' };
import { bankPrefixTableSchema, createBankIssuers, type BankIssuers } from '../../../shared/domain/bank-issuers.ts';

let issuers: BankIssuers | null = null;

/** The issuers that come with the program. A table that doesn't parse is a fault of the build. */
export function shippedIssuers(): BankIssuers {
  return (issuers ??= createBankIssuers(bankPrefixTableSchema.parse(table)));
}
