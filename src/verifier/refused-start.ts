/**
 * Why the verifier doesn't start, for whoever starts it: a sentence that names an option, a field, a variable or a file,
 * and never a value.
 */
export class RefusedStart extends Error {
  override readonly name = 'RefusedStart';
}
