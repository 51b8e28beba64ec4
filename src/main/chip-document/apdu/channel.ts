import type { Failure } from '../../../shared/reasons.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ChipLink } from '../chip-link.ts';
import { decodeResponse, encodeCommand, type Command, type Response } from './command.ts';

/** How commands reach a chip: plainly, or inside secure messaging. */
export interface Channel {
  /** Whether what is sent is encrypted and authenticated. */
  readonly secured: boolean;
  send(command: Command): Promise<Result<Response, Failure>>;
}

/** Commands as they are. `61xx` and `6Cxx` of contact chips are followed. */
export function plainChannel(link: ChipLink): Channel {
  const exchange = async (command: Command): Promise<Result<Response, Failure>> => {
    const answer = await link.transmit(encodeCommand(command));
    return answer.ok ? decodeResponse(answer.value) : answer;
  };
  return {
    secured: false,
    async send(command) {
      const response = await exchange(command);
      if (!response.ok) return response;
      const { status, data } = response.value;
      if (status >> 8 === 0x6c) return exchange({ ...command, expected: status & 0xff || 256 });
      if (status >> 8 !== 0x61 || data.length > 0) return ok(response.value);
      return exchange({ classByte: 0, instruction: 0xc0, p1: 0, p2: 0, expected: status & 0xff || 256 });
    },
  };
}
