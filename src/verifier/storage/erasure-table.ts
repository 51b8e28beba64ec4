/** What was destroyed of a session; written in the commit that destroyed its keys. */
export interface ErasureTable {
  session_id: string;
  why: string;
  /** `DeletionBody['erased']`, JSON: all that ever was destroyed of this session. */
  erased: string;
  /** Keys of objects that are still to be removed, JSON. */
  objects: string;
  begun_at_ms: number;
  /** When a receipt told of it and no object was left; null before that. */
  settled_at_ms: number | null;
}
