/** The worked examples of ICAO Doc 9303 part 11 (8th edition): appendix D (BAC, secure messaging) and G.1 (PACE). */
import { describe, expect, it } from 'vitest';
import { accessPassword, type AccessPassword } from '../../../src/main/chip-document/access/access-password.ts';
import { bacKeys, openByBac } from '../../../src/main/chip-document/access/bac.ts';
import { openByPace } from '../../../src/main/chip-document/access/pace.ts';
import { readPaceOffers } from '../../../src/main/chip-document/access/security-infos.ts';
import { plainChannel } from '../../../src/main/chip-document/apdu/channel.ts';
import { securedChannel } from '../../../src/main/chip-document/apdu/secure-messaging.ts';
import { fromHex, toHex } from '../../../src/main/chip-document/bytes.ts';
import { curveOfParameterId } from '../../../src/main/chip-document/crypto/curves.ts';
import type { SessionKeys } from '../../../src/main/chip-document/access/session-keys.ts';
import { recordedLink } from './recorded-link.ts';

function password(documentNumber: string, birthDate: string, expiryDate: string): AccessPassword {
  const made = accessPassword({ kind: 'mrz', documentNumber, birthDate, expiryDate });
  if (!made.ok) throw new Error(made.error.detail);
  return made.value;
}

const inTurn = <T>(values: readonly T[]): (() => T) => {
  let at = 0;
  return () => values[at++]!;
};

const keysAsHex = ({ cipher, encryption, mac, counter }: SessionKeys): Record<string, string> => ({
  cipher,
  encryption: toHex(encryption),
  mac: toHex(mac),
  counter: toHex(counter),
});

describe('Appendix D', () => {
  const zone = password('L898902C', '690806', '940623');

  it('D.2: derives the document’s keys from the zone', () => {
    const { encryption, mac } = bacKeys(zone);
    expect([zone.secret.subarray(0, 16), encryption, mac].map(toHex)).toEqual([
      '239AB9CB282DAF66231DC5A4DF6BFBAE',
      'AB94FDECF2674FDFB9B391F85D7F76F2',
      '7962D9ECE03D1ACD4C76089DCE131543',
    ]);
  });

  it('D.3: authenticates and agrees on session keys', async () => {
    const link = recordedLink([
      ['0084000008', '4608F919887022129000'],
      [
        '0082000028 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2 5F1448EEA8AD90A7 28',
        '46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F 2F2D235D074D7449 9000',
      ],
    ]);
    const random = inTurn([fromHex('781723860C06C226'), fromHex('0B795240CB7049B01C19B33E32804F0B')]);
    const session = await openByBac(plainChannel(link), zone, random);
    expect(session.ok && keysAsHex(session.value)).toEqual({
      cipher: '3des',
      encryption: '979EC13B1CBFE9DCD01AB0FED307EAE5',
      mac: 'F1CB1F1FB5ADF208806B89DC579DC1F8',
      counter: '887022120C06C226',
    });
  });

  it('D.4: selects and reads EF.COM inside secure messaging', async () => {
    const link = recordedLink([
      ['0CA4020C15 8709016375432908C044F6 8E08BF8B92D635FF24F8 00', '99029000 8E08FA855A5D4C50A8ED 9000'],
      ['0CB000000D 970104 8E08ED6705417E96BA55 00', '8709019FF0EC34F9922651 99029000 8E08AD55CC17140B2DED 9000'],
      [
        '0CB000040D 970112 8E082EA28A70F3C7B535 00',
        '871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A 99029000 8E08C8B2787EAEA07D74 9000',
      ],
    ]);
    const channel = securedChannel(link, {
      cipher: '3des',
      encryption: fromHex('979EC13B1CBFE9DCD01AB0FED307EAE5'),
      mac: fromHex('F1CB1F1FB5ADF208806B89DC579DC1F8'),
      counter: fromHex('887022120C06C226'),
    });
    const selected = { classByte: 0, instruction: 0xa4, p1: 2, p2: 0x0c, data: fromHex('011E') };
    const read = (p2: number, expected: number) => ({ classByte: 0, instruction: 0xb0, p1: 0, p2, expected });
    const answers = [];
    for (const command of [selected, read(0, 4), read(4, 18)]) {
      const answer = await channel.send(command);
      answers.push(answer.ok ? `${toHex(answer.value.data)} ${answer.value.status.toString(16)}` : answer.error.detail);
    }
    expect(answers).toEqual([' 9000', '60145F01 9000', '04303130365F36063034303030305C026175 9000']);
    expect(link.left()).toBe(0);
  });
});

describe('Appendix G.1', () => {
  const zone = password('T22000129', '640812', '101031');

  it('opens a chip by PACE with ECDH, generic mapping and AES-128 on brainpoolP256r1', async () => {
    const offers = readPaceOffers(fromHex('31143012060A04007F0007020204020202010202010D'));
    const offer = offers.ok ? offers.value.usable[0]! : null;
    expect(offer).toMatchObject({ cipher: 'aes-128', parameterId: 13 });
    const link = recordedLink([
      ['0022C1A40F 800A04007F00070202040202 830101', '9000'],
      ['10860000027C0000', '7C12801095A3A016522EE98D01E76CB6B98B42C39000'],
      [
        `10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E
         544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00`,
        `7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F5730
         D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000`,
      ],
      [
        `10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C
         3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200`,
        `7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB
         7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F0949000`,
      ],
      ['008600000C7C0A8508C2B0BD78D94BA86600', '7C0A86083ABB9674BCE93C089000'],
    ]);
    const scalars = inTurn([
      0x7f4ef07b9ea82fd78ad689b38d0bc78cf21f249d953bc46f4c6e19259c010f99n,
      0xa73fb703ac1436a18e0cfa5abb3f7bec7a070e7a6788486bee230c4a22762595n,
    ]);
    const choice = { offer: offer!, curve: curveOfParameterId(13)!, ambiguous: false };
    const session = await openByPace(plainChannel(link), choice, zone, scalars);
    expect(session.ok ? keysAsHex(session.value) : session.error).toEqual({
      cipher: 'aes-128',
      encryption: 'F5F0E35C0D7161EE6724EE513A0D9A7F',
      mac: 'FE251C7858B356B24514B3BD5F4297D1',
      counter: '00000000000000000000000000000000',
    });
    expect(link.left()).toBe(0);
  });
});
