import { createHash } from 'node:crypto';
import type { Clip, RecordedClip } from '../../shared/domain/clip.ts';
import type { ClipReceiver } from '../../shared/domain/clip-receiver.ts';
import {
  checkMaterialsSchema,
  MATERIAL_FIELDS,
  NEEDED_MATERIALS,
  type Check,
  type CheckMaterials,
  type ClipMaterial,
  type Picture,
} from '../../shared/domain/verification.ts';
import type { NewCheck } from '../../shared/protocol/check-delivery.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AskedConfirmation, ConfirmationDesk } from '../certification/ports/verifier.ts';
import { fitRecordedClip } from '../clip/clip-fit.ts';
import type { ClipProgram } from '../clip/ffmpeg.ts';
import type { VerifierPicture } from '../inference/verifier-picture.ts';

export interface ConfirmationDeskParts {
  /** The best picture of a capture, cut as verifiers take it. */
  readonly bestPicture: (certifyId: string) => Promise<Result<VerifierPicture, Failure>>;
  /** A portrait in whatever form, as a JPEG file. */
  readonly portraitPicture: (portrait: Uint8Array) => Promise<Result<VerifierPicture, Failure>>;
  /** Encodes what the page can't; null where this machine has none. */
  readonly clipProgram: () => ClipProgram | null;
  /** What the clip of this check has to be like for those who answer it; fails where they take none that is made here. */
  readonly clipTarget: (check: Check) => Result<ClipReceiver, Failure>;
  /** Keeps materials encrypted until they were acknowledged; gives their size in bytes. */
  readonly keep: (certifyId: string, materials: CheckMaterials) => Promise<Result<number, Failure>>;
  readonly discard: (certifyId: string) => Promise<Result<unknown, Failure>>;
  readonly refusal: () => Failure | null;
  /** A UUID version 7. */
  readonly newSessionId: () => string;
  readonly log: (event: string, failure: Failure) => void;
}

/** Collects what a scene's check needs of a certification, and hands it to the store in one piece. */
export function createConfirmationDesk(parts: ConfirmationDeskParts): ConfirmationDesk {
  return {
    refusal: parts.refusal,
    prepare: async (asked) => {
      const collected = await collect(asked, parts);
      if (!collected.ok) return collected;
      const materials = checkMaterialsSchema.safeParse(collected.value);
      if (!materials.success) {
        eraseMaterials(collected.value);
        // An 18-digit number that a chip holds always fits; a typed passport number doesn't.
        return err(failure('material.missing', materials.error.issues[0]?.path.join('.') ?? ''));
      }
      const kept = await parts.keep(asked.certifyId, materials.data);
      eraseMaterials(materials.data);
      if (!kept.ok) return kept;
      return ok({
        sessionId: parts.newSessionId(),
        check: asked.check,
        orderId: orderIdOf(asked.certifyId, asked.check),
        bytes: kept.value,
      } satisfies NewCheck);
    },
    discard: async (certifyId) => {
      const gone = await parts.discard(certifyId);
      if (!gone.ok) parts.log('materials', gone.error);
    },
  };
}

/** The same question has the same order id, whoever asks again and when: 32 letters and digits. */
export function orderIdOf(certifyId: string, check: string): string {
  return createHash('sha256').update(`order ${certifyId} ${check}`).digest('hex').slice(0, 32);
}

/** Undefined: there is none. */
type Gathered<Material> = Result<Material | undefined, Failure>;

/** What the check can't do without, each from the capture or, where that has nothing of the kind, from the caller. */
async function collect(
  asked: AskedConfirmation,
  parts: ConfirmationDeskParts,
): Promise<Result<CheckMaterials, Failure>> {
  let materials: CheckMaterials = {};
  for (const needed of NEEDED_MATERIALS[asked.check]) {
    const field = MATERIAL_FIELDS[needed];
    const made = await GATHER[field](asked, parts);
    if (!made.ok || made.value === undefined) {
      eraseMaterials(materials);
      return made.ok ? err(failure('material.missing', needed)) : made;
    }
    materials = { ...materials, [field]: made.value };
  }
  return ok(materials);
}

type Gather<Field extends keyof CheckMaterials> = (
  asked: AskedConfirmation,
  parts: ConfirmationDeskParts,
) => Gathered<CheckMaterials[Field]> | Promise<Gathered<CheckMaterials[Field]>>;

/** How each material is come by. */
const GATHER: { readonly [Field in keyof CheckMaterials]-?: Gather<Field> } = {
  identity: ({ identity, given }) => ok(identity ?? identityGiven(given)),
  validity: ({ validity, given }) => ok(validity ?? given?.validity),
  phone: ({ phone, given }) => ok(phone ?? given?.phone),
  bankCard: ({ bankCard, given }) => ok(bankCard ?? given?.bankCard),
  face: async ({ certifyId, given }, { bestPicture }) => {
    if (given?.face) return ok(copyOf(given.face));
    const best = await bestPicture(certifyId);
    return best.ok ? ok(pictureOf(best.value)) : best;
  },
  reference: async ({ portrait, given }, { portraitPicture }) => {
    if (!portrait) return ok(given?.reference && copyOf(given.reference));
    const picture = await portraitPicture(portrait);
    return picture.ok ? ok(pictureOf(picture.value)) : picture;
  },
  clip: async (asked, parts) =>
    asked.given?.clip
      ? ok({ ...asked.given.clip, bytes: new Uint8Array(asked.given.clip.bytes) })
      : clipMaterial(asked, parts),
  cardFront: ({ given }) => ok(given?.cardFront && copyOf(given.cardFront)),
  cardBack: ({ given }) => ok(given?.cardBack && copyOf(given.cardBack)),
  bankCardPicture: ({ given }) => ok(given?.bankCardPicture && copyOf(given.bankCardPicture)),
};

function identityGiven(given: AskedConfirmation['given']): CheckMaterials['identity'] {
  return given?.name !== undefined && given.number !== undefined
    ? { name: given.name, number: given.number }
    : undefined;
}

/** What is collected is overwritten after it was kept; what a caller gave is still needed. */
function copyOf(picture: Picture): Picture {
  return { ...picture, bytes: new Uint8Array(picture.bytes) };
}

/**
 * A clip is always told as a silent one: the digits and actions of our own challenges are none that a vendor gave, and
 * it would refuse them.
 */
async function clipMaterial(
  { check, clip, blink }: AskedConfirmation,
  { clipTarget, clipProgram }: ConfirmationDeskParts,
): Promise<Result<ClipMaterial, Failure>> {
  const receiver = clipTarget(check);
  if (!receiver.ok) return receiver;
  const recorded = clip && (await clip());
  if (!recorded) return err(failure('material.clip-unfit', 'no clip was recorded'));
  // Two copies may be wanted, one here and one as evidence; fitting one overwrites it.
  const copy = structuredClone(recorded);
  const made = await fitRecordedClip(copy, { receiver: receiver.value, blink: blink ?? null, program: clipProgram() });
  eraseRecording(copy, made.ok ? made.value.bytes : null);
  return made.ok ? ok(materialOf(made.value)) : made;
}

function materialOf({ bytes, audioCodec, width, height, durationMs }: Clip): ClipMaterial {
  const file = { bytes, container: 'mp4', videoCodec: 'h264', audioCodec, width, height, durationMs } as const;
  return { ...file, challenge: { kind: 'silent' } };
}

function pictureOf({ jpeg, width, height }: VerifierPicture): Picture {
  return { bytes: jpeg, format: 'jpeg', width, height };
}

/** What came out of a recording may be its own bytes: those stay. */
function eraseRecording(recorded: RecordedClip, kept: Uint8Array | null): void {
  if (recorded.kind === 'mp4') {
    if (recorded.bytes !== kept) recorded.bytes.fill(0);
    return;
  }
  for (const { jpeg } of recorded.frames) jpeg.fill(0);
  recorded.pcm?.fill(0);
}

function eraseMaterials({ face, reference, clip, cardFront, cardBack, bankCardPicture }: CheckMaterials): void {
  for (const material of [face, reference, clip, cardFront, cardBack, bankCardPicture]) material?.bytes.fill(0);
}
