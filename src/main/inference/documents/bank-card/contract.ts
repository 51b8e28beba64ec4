import type { BankCardField, BankCardIssue, ReadFields } from '../../../../shared/domain/document-reading.ts';
import type { ReadLine, RectifiedCard, TextEngine } from '../contract.ts';

/** An upright card whose text has been read. */
export interface SeenBankCard {
  readonly card: RectifiedCard;
  readonly lines: readonly ReadLine[];
  readonly engine: TextEngine;
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
