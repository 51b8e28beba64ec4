import { connect } from 'node:net';
import { USUAL_SERVICE_ADDRESSES } from '../shared/domain/service-address.ts';
import { ok, type Check } from './doctor-check.ts';

/** Something on this machine either takes a connection at once or isn't there. */
const CONNECT_TIMEOUT_MS = 500;

/** Whether anything listens at an address of this machine. */
export type Listens = (host: string, port: number) => Promise<boolean>;

/**
 * Vendors' reader services, by their usual ports. Nothing is asked of them: another program may use the same port,
 * which only `card detect` finds out.
 */
export async function checkServices(listens: Listens = takesConnection): Promise<Check> {
  const usual = Object.entries(USUAL_SERVICE_ADDRESSES).map(([dialect, address]) => ({ dialect, address }));
  const answers = await Promise.all(
    usual.map(({ address }) => {
      const { hostname, port } = new URL(address);
      return listens(hostname, Number(port));
    }),
  );
  const there = usual.filter((_, at) => answers[at]).map(({ dialect, address }) => `${dialect} at ${address}`);
  if (there.length === 0) return ok('vendor services', 'nothing listens at their usual ports');
  return ok('vendor services', `something listens where these usually do: ${there.join(', ')}`);
}

function takesConnection(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (there: boolean): void => {
      socket.destroy();
      resolve(there);
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
