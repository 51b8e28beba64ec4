/** Something that keeps a scene or a scheme from working, named so that an administrator can put it right. */
export interface SceneProblem {
  /** Path of the field, by dots. */
  readonly field: string;
  /** Which rule it breaks; `sceneProblemText` has its sentence. */
  readonly rule: string;
  /** Limit or other field, technical. */
  readonly detail?: string;
}
