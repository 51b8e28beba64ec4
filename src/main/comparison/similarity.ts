/**
 * Cosine of the angle between two embeddings that already have length 1, -1..1.
 *
 * @throws when the lengths differ: embeddings of different models can't be compared.
 */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new Error(`embeddings of ${a.length} and ${b.length} values can't be compared`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return Math.max(-1, Math.min(1, sum));
}
