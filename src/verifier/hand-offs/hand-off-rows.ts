import { canonicalJson } from '../../shared/canonical-json.ts';
import { checkOutcomeSchema, type CheckOutcome } from '../../shared/domain/verification.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import type { Row } from '../storage/tables.ts';
import { agreementSchema, KEPT_STATES, keptRequestSchema, type Agreement, type HandOff } from './hand-off.ts';

export type NewHandOff = Omit<HandOff, 'state' | 'browserHash' | 'agreement' | 'outcome'>;

/** Hand-offs in the database. What changes a state says whether it did: of two that try, one succeeds. */
export interface HandOffRows {
  /** False when the id is taken. */
  insert(handOff: NewHandOff): Promise<boolean>;
  find(handOffId: string): Promise<HandOff | null>;
  findByCode(codeHash: string): Promise<HandOff | null>;
  /** Those of a device that haven't ended. */
  running(deviceId: string): Promise<number>;
  /** Those about a person that haven't ended. @param deviceId null: at all devices */
  runningOf(subjectKey: string, deviceId: string | null): Promise<readonly HandOff[]>;
  keepVendor(handOffId: string, vendor: Buffer): Promise<boolean>;
  /** The first browser gets it. */
  bind(handOffId: string, browserHash: string, nowMs: number): Promise<boolean>;
  agree(handOffId: string, agreement: Agreement): Promise<boolean>;
  /** The person is done. */
  toChecking(handOffId: string): Promise<boolean>;
  /** Keeps the outcome and destroys the rest, once. */
  end(handOffId: string, outcome: CheckOutcome, nowMs: number): Promise<boolean>;
  /** Ids of those whose time is over, and of those that are being checked. */
  due(nowMs: number): Promise<readonly string[]>;
  /** Forgets those that ended before. */
  forget(endedBeforeMs: number): Promise<void>;
}

const MOST_AT_ONCE = 100;

/** Each change is one statement with its condition in it; several processes can work on one database. */
export function createHandOffRows(database: VerifierDatabase): HandOffRows {
  const { queries } = database;
  const update = (handOffId: string) => queries.updateTable('hand_offs').where('hand_off_id', '=', handOffId);
  const select = () => queries.selectFrom('hand_offs').selectAll();
  return {
    insert: (handOff) => insertHandOff(database, handOff),
    find: async (handOffId) => toHandOff(await select().where('hand_off_id', '=', handOffId).executeTakeFirst()),
    findByCode: async (codeHash) => toHandOff(await select().where('code_hash', '=', codeHash).executeTakeFirst()),
    running: async (deviceId) => {
      const { count } = await queries
        .selectFrom('hand_offs')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('device_id', '=', deviceId)
        .where('state', '!=', 'ended')
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    runningOf: async (subjectKey, deviceId) => {
      const open = select().where('state', '!=', 'ended');
      const rows = await (deviceId === null ? open : open.where('device_id', '=', deviceId)).execute();
      // They live for minutes: there are never many.
      return rows.flatMap((row) => toHandOff(row) ?? []).filter(({ request }) => request.subjectKey === subjectKey);
    },
    keepVendor: async (handOffId, vendor) =>
      changed(await update(handOffId).set({ vendor_sealed: vendor }).where('state', '=', 'waiting').executeTakeFirst()),
    bind: async (handOffId, browserHash, nowMs) =>
      changed(
        await update(handOffId)
          .set({ browser_hash: browserHash, state: 'opened', opened_at_ms: nowMs })
          .where('state', '=', 'waiting')
          .where('browser_hash', 'is', null)
          .executeTakeFirst(),
      ),
    agree: async (handOffId, agreement) =>
      changed(
        await update(handOffId)
          .set({ agreement: canonicalJson(agreement) })
          .where('state', '=', 'opened')
          .where('agreement', 'is', null)
          .executeTakeFirst(),
      ),
    toChecking: async (handOffId) =>
      changed(await update(handOffId).set({ state: 'checking' }).where('state', '=', 'opened').executeTakeFirst()),
    end: async (handOffId, outcome, nowMs) =>
      changed(
        await update(handOffId)
          .set({ state: 'ended', outcome: canonicalJson(outcome), ended_at_ms: nowMs })
          .set({ wrapped_key: null, identity_sealed: null, vendor_sealed: null })
          .where('state', '!=', 'ended')
          .executeTakeFirst(),
      ),
    due: async (nowMs) => {
      const rows = await queries
        .selectFrom('hand_offs')
        .select('hand_off_id')
        .where('state', '!=', 'ended')
        .where((where) => where.or([where('expires_at_ms', '<', nowMs), where('state', '=', 'checking')]))
        .orderBy('expires_at_ms')
        .limit(MOST_AT_ONCE)
        .execute();
      return rows.map(({ hand_off_id }) => hand_off_id);
    },
    forget: async (endedBeforeMs) => {
      await queries.deleteFrom('hand_offs').where('ended_at_ms', '<', endedBeforeMs).execute();
    },
  };
}

async function insertHandOff({ queries }: VerifierDatabase, handOff: NewHandOff): Promise<boolean> {
  const { request, secrets } = handOff;
  const inserted = await queries
    .insertInto('hand_offs')
    .values({
      hand_off_id: request.handOffId,
      device_id: handOff.deviceId,
      page: request.page,
      state: 'waiting',
      request: canonicalJson(request),
      code_hash: handOff.codeHash,
      browser_hash: null,
      agreement: null,
      wrapped_key: secrets.wrappedKeys,
      identity_sealed: secrets.identity,
      vendor_sealed: secrets.vendor,
      outcome: null,
      created_at_ms: handOff.createdAtMs,
      expires_at_ms: handOff.expiresAtMs,
      opened_at_ms: null,
      ended_at_ms: null,
    })
    .onConflict((conflict) => conflict.column('hand_off_id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

function toHandOff(row: Row<'hand_offs'> | undefined): HandOff | null {
  if (row === undefined) return null;
  const state = KEPT_STATES.find((each) => each === row.state);
  if (state === undefined) throw new Error('a hand-off has a state that nobody writes');
  return {
    deviceId: row.device_id,
    request: keptRequestSchema.parse(JSON.parse(row.request)),
    state,
    codeHash: row.code_hash,
    browserHash: row.browser_hash,
    agreement: row.agreement === null ? null : agreementSchema.parse(JSON.parse(row.agreement)),
    outcome: row.outcome === null ? null : checkOutcomeSchema.parse(JSON.parse(row.outcome)),
    createdAtMs: Number(row.created_at_ms),
    expiresAtMs: Number(row.expires_at_ms),
    secrets: { wrappedKeys: row.wrapped_key, identity: row.identity_sealed, vendor: row.vendor_sealed },
  };
}

function changed(result: { readonly numUpdatedRows: bigint }): boolean {
  return result.numUpdatedRows === 1n;
}
