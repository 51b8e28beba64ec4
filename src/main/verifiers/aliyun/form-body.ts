/** Parameters of one operation by the vendor's names; undefined ones are left out. */
export type FormFields = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * A form body with its fields in the order of their names, as the vendor's own client writes them (half a surrogate pair becomes
 * the replacement character). Everything about a
 * person travels here: addresses end up in the logs of every proxy on the way.
 */
export function formBody(fields: FormFields): string {
  return Object.entries(fields)
    .filter((field): field is [string, string | number | boolean] => field[1] !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value).toWellFormed())}`)
    .join('&');
}

/** RFC 3986: everything but letters, digits and `-_.~`. `encodeURIComponent` leaves `!'()*` alone. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
