import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';

/** Something that was made ready for a commit, which has no time to wait; what no commit takes is destroyed. */
export interface PreparedMaterial<Material> {
  /** Makes it for this certification. What was made for one that has ended meanwhile is destroyed at once. */
  make(certifyId: string, make: () => Promise<Result<Material, Failure>>): Promise<Result<null, Failure>>;
  /** The certification ends: hands out what is its own where it is wanted, and destroys everything else. */
  take(certifyId: string, wanted: boolean): Material | undefined;
}

/** @param discard destroys what was made for a certification. */
export function createPreparedMaterial<Material>(
  discard: (certifyId: string) => Promise<void>,
): PreparedMaterial<Material> {
  let prepared: { readonly certifyId: string; readonly material: Material } | null = null;
  /** The certification that was committed last. */
  let ended: string | null = null;

  function drop(): void {
    if (prepared) void discard(prepared.certifyId);
    prepared = null;
  }

  return {
    make: async (certifyId, make) => {
      drop();
      const made = await make();
      if (!made.ok) return made;
      if (ended === certifyId) {
        void discard(certifyId);
        return ok(null);
      }
      prepared = { certifyId, material: made.value };
      return ok(null);
    },
    take: (certifyId, wanted) => {
      ended = certifyId;
      const mine = prepared?.certifyId === certifyId ? prepared.material : undefined;
      if (mine === undefined || !wanted) {
        drop();
        return undefined;
      }
      prepared = null;
      return mine;
    },
  };
}
