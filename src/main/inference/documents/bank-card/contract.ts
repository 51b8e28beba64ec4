import type { BankIssuers } from '../../../../shared/domain/bank-issuers.ts';
import type { BankCardField, BankCardIssue, ReadFields } from '../../../../shared/domain/document-reading.ts';
import type { TextEngine } from '../contract.ts';

/** What reading a bank card takes besides the picture. */
export interface BankCardReading {
  readonly engine: TextEngine;
  readonly issuers: BankIssuers;
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly today: string;
}

/** What an upright bank card says. */
export interface BankCardContent {
  readonly fields: ReadFields<BankCardField>;
  readonly issue: BankCardIssue;
  /** Whether the number is raised; null when it can't be told. */
  readonly embossed: boolean | null;
}
