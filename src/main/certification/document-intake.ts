import type { DocumentGuidance, DocumentReading } from '../../shared/domain/document-reading.ts';
import type { MachineReadableZone } from '../../shared/domain/machine-readable-zone.ts';
import { accessKeyOf } from '../../shared/domain/mrz-access-key.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { DocumentStep, FlowState } from './flow-state.ts';
import type { FlowEvent } from './flow-event.ts';
import { confirmedIdentity, type IdCardSides, type IdCardValues } from './id-card-confirmation.ts';
import type { DocumentInference } from './ports/document-inference.ts';
import { identityOfZone, ruleOnRead } from './read-identity.ts';

/** What the page and the readers bring of a document; everything that isn't asked for is dropped. */
export interface DocumentIntake {
  /** One small live picture of the document. */
  documentFrame(
    certifyId: string,
    frame: { readonly jpeg: Uint8Array; readonly capturedAtMs: number },
  ): Promise<Result<DocumentGuidance, Failure>>;
  /** The picture that is read. */
  documentPicture(certifyId: string, jpeg: Uint8Array): Promise<Result<null, Failure>>;
  /** A travel document was drawn through a reader. */
  zoneSwiped(swiped: Result<MachineReadableZone, Failure>): void;
}

export interface DocumentWork {
  readonly intake: DocumentIntake;
  /** What was read is sure: takes it as it is. */
  accept(certifyId: string, sides: IdCardSides): void;
  /** The person has looked at what was read. */
  confirm(values: IdCardValues): void;
}

export interface DocumentIntakeParts {
  readonly documents: DocumentInference;
  readonly dispatch: (event: FlowEvent) => void;
  readonly state: () => FlowState;
  readonly today: () => string;
  /** A document was seen: somebody is there. */
  readonly onDocument: () => void;
}

const NOTHING: DocumentGuidance = { outline: null, hint: null, progress: 0, take: false };

/**
 * What comes of pictures is dispatched, and only while their certification captures that page; one that can't be read
 * is `document-unread`. `today` is the local calendar day, `YYYY-MM-DD`.
 */
export function createDocumentIntake({
  documents,
  dispatch,
  state,
  today,
  onDocument,
}: DocumentIntakeParts): DocumentWork {
  const capturing = (certifyId: string): DocumentStep | null => {
    const now = state();
    return now.step === 'document-capture' && now.run.certifyId === certifyId ? now : null;
  };

  function take(certifyId: string, sides: IdCardSides, values: IdCardValues, shown: boolean): void {
    const confirmed = confirmedIdentity(sides, values, { shown, today: today() });
    if (!confirmed.ok) return dispatch({ type: 'document-doubted', certifyId, sides, problem: confirmed.error });
    dispatch({
      type: 'identity-read',
      certifyId,
      identity: confirmed.value,
      ruling: ruleOnRead(confirmed.value, today()),
    });
  }

  function takeZone(
    certifyId: string,
    zone: MachineReadableZone,
    portrait: Uint8Array | null,
    raised: DocumentReading['warnings'],
  ): void {
    const identity = identityOfZone(zone, portrait);
    if (!identity.ok) return dispatch({ type: 'document-unread', certifyId, failure: identity.error });
    const key = accessKeyOf(zone);
    if (!key.ok) return dispatch({ type: 'document-unread', certifyId, failure: key.error });
    const warnings = raised.filter((each) => each.raised).map(({ kind }) => kind);
    const read = { ...identity.value, warnings };
    dispatch({ type: 'zone-read', certifyId, identity: read, ruling: ruleOnRead(read, today()), key: key.value });
  }

  const intake: DocumentIntake = {
    documentFrame: async (certifyId, frame) => {
      const at = capturing(certifyId);
      if (!at || at.reading) return ok(NOTHING);
      const seen = await documents.watch(certifyId, at.page, frame);
      if (capturing(certifyId)?.page !== at.page) return ok(NOTHING);
      if (!seen.ok) {
        dispatch({ type: 'step-failed', certifyId, failure: seen.error });
        return seen;
      }
      if (seen.value.outline) onDocument();
      dispatch({ type: 'document-hint', certifyId, hint: seen.value.hint });
      // The watch says it once; whether the page takes it is the page's to know.
      if (seen.value.take) void documents.endWatch(certifyId);
      return seen;
    },
    documentPicture: async (certifyId, jpeg) => {
      const at = capturing(certifyId);
      if (!at || at.reading) return ok(null);
      onDocument();
      dispatch({ type: 'document-picture', certifyId });
      const read = await documents.read(jpeg, at.page, today());
      void documents.endWatch(certifyId);
      if (capturing(certifyId)?.page !== at.page) return ok(null);
      onDocument();
      if (!read.ok) dispatch({ type: 'document-unread', certifyId, failure: read.error });
      else if (read.value.page === 'travel-document') {
        const { zone, portrait, warnings } = read.value;
        takeZone(certifyId, zone, portrait?.bytes ?? null, warnings);
      } else dispatch({ type: 'document-read', certifyId, reading: read.value });
      return ok(null);
    },
    zoneSwiped: (swiped) => {
      const now = state();
      if (now.step !== 'document-capture' || now.page !== 'travel-document' || now.reading) return;
      const { certifyId } = now.run;
      onDocument();
      if (swiped.ok) takeZone(certifyId, swiped.value, null, []);
      else dispatch({ type: 'document-unread', certifyId, failure: swiped.error });
    },
  };
  return {
    intake,
    accept: (certifyId, sides) => take(certifyId, sides, {}, false),
    confirm: (values) => {
      const now = state();
      if (now.step === 'document-confirm') take(now.run.certifyId, now.sides, values, true);
    },
  };
}
