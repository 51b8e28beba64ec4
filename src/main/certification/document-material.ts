import type { RequestInputs } from '../../shared/domain/certification-request.ts';
import type { Run } from './run.ts';
import type { DocumentMaterial } from './ports/evidence-keeper.ts';
import type { ReadIdentity } from './read-identity.ts';
import { givenIdentity } from './run-facts.ts';

/** What a certification learned of documents. Where several sources name a field, the chip comes before all others. */
export function documentMaterialOf(run: Run): DocumentMaterial {
  const { document, typed, read } = run;
  const given = givenIdentity(run);
  const fields: Record<string, string> = {
    ...(given && { name: given.name, number: given.number }),
    ...(typed && { name: typed.name, number: typed.number }),
    ...(read && readFields(read)),
  };
  for (const [field, value] of Object.entries(document?.fields ?? {})) fields[field] = String(value);
  return { fields, front: read?.card?.front ?? null, back: read?.card?.back ?? null };
}

function readFields({ card, name, number, birthDate, validFrom, validTo }: ReadIdentity): Record<string, string> {
  if (card) return { ...card.fields };
  return { name, number, birthDate, ...(validFrom === undefined ? {} : { validFrom }), validTo };
}

/** Overwrites the pictures of a photographed card, and what a caller gave. */
export function erasePictures({ read, request }: Run): void {
  read?.card?.front.fill(0);
  read?.card?.back.fill(0);
  if (request) eraseGiven(request.inputs);
}

/** Overwrites the pictures and the clip that a caller gave. */
export function eraseGiven({ face, reference, clip, cardFront, cardBack, bankCardPicture }: RequestInputs): void {
  for (const file of [face, reference, clip, cardFront, cardBack, bankCardPicture]) file?.bytes.fill(0);
}
