/** A person who finishes on their own phone. Nothing in it tells who that is. */
export interface HandOffTable {
  /** A UUID version 7; its check's session has the same id. */
  hand_off_id: string;
  device_id: string;
  /** One of `HAND_OFF_PAGES`. */
  page: string;
  /** One of `KEPT_STATES`. */
  state: string;
  /** The opening request without its identity, canonical JSON: what a repeated opening is compared with. */
  request: string;
  /** SHA-256 of the code in the page's address, hex; null for a vendor's page. */
  code_hash: string | null;
  /** SHA-256 of the secret of the one browser that opened the page, hex. */
  browser_hash: string | null;
  /** What was agreed to on the phone, JSON. */
  agreement: string | null;
  /** The content key under the verifier's; null once destroyed, and with it everything that it sealed. */
  wrapped_key: Buffer | null;
  identity_sealed: Buffer | null;
  /** What a vendor's page is asked about by. */
  vendor_sealed: Buffer | null;
  /** `CheckOutcome`, JSON; null until it has ended. */
  outcome: string | null;
  created_at_ms: number;
  expires_at_ms: number;
  opened_at_ms: number | null;
  ended_at_ms: number | null;
}
