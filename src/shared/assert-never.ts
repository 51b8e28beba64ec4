/** Ends an exhaustive `switch`: reaching it is a bug, and the type checker proves it can't be reached. */
export function assertNever(value: never): never {
  throw new Error(`unreachable case: ${JSON.stringify(value)}`);
}
