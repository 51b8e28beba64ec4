import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { BAUD_RATES } from '../shared/domain/reader-transport.ts';
import type { Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { applyChange, parseControlLine } from '../main/card-reader/simulator/control.ts';
import { loadDeck, type Deck } from '../main/card-reader/simulator/deck.ts';
import { FAULT_TABLE } from '../main/card-reader/simulator/fault.ts';
import { loadScript, runScript, type ScriptStep } from '../main/card-reader/simulator/script.ts';
import { servePty, serveTcp, type ServedReader } from '../main/card-reader/simulator/serve.ts';
import { SimulatedReader } from '../main/card-reader/simulator/simulated-reader.ts';
import { systemTiming } from '../main/card-reader/timing.ts';
import { describeProblem, emitError, emitJson, emitText, usageProblem, type UsageProblem } from './output.ts';

interface SimulateOptions {
  readonly link?: string;
  readonly tcp?: string;
  readonly card?: string;
  readonly deck?: string;
  readonly script?: string;
  readonly fault?: string;
  readonly listFaults?: boolean;
  readonly baud: string;
  readonly json?: boolean;
}

const HELP = `
JSON lines on standard input change what lies on the reader and how it misbehaves, while it runs:
  {"card":"FILE"}  {"card":null}  {"deck":"next"}  {"fault":"NAME"}

The simulated reader says of itself that it is one, and so does every card that is read from it.`;

/** `card simulate`: a reader without hardware, until it is interrupted. */
export function registerSimulate(card: Command): void {
  card
    .command('simulate')
    .description('a simulated reader at wire speed')
    .option('--link <path>', 'make a pseudo-terminal there (needs socat)')
    .option('--tcp <port>', 'listen on 127.0.0.1')
    .option('--card <file>', 'card that lies on the reader from the start')
    .option(
      '--deck <folder>',
      'cards that {"deck":"next"} puts on one after the other; the first lies there from the start',
    )
    .option('--script <file>', 'what happens when: a JSON list of {"atMs":0,"card":"FILE","fault":"NAME"}')
    .option('--fault <names>', 'how it misbehaves, several with commas between; see --list-faults')
    .option('--list-faults', 'list the faults and end')
    .option('--baud <speed>', `line speed: ${BAUD_RATES.join(', ')}`, '115200')
    .option('--json', 'JSON on standard output')
    .addHelpText('after', HELP)
    .action((options: SimulateOptions) => simulate(options));
}

async function simulate(options: SimulateOptions): Promise<void> {
  const json = options.json === true;
  if (options.listFaults) return listFaults(json);
  const baud = BAUD_RATES.find((rate) => String(rate) === options.baud);
  if (baud === undefined) {
    return emitError(usageProblem('--baud is not a line speed', `Give one of ${BAUD_RATES.join(', ')}.`), json);
  }
  const plan = await planFrom(options);
  if (!plan.ok) return emitError(plan.error, json);
  const reader = new SimulatedReader(systemTiming);
  const { deck, script } = plan.value;
  const first = options.card === undefined && deck ? { deck: 'next' as const } : { card: options.card };
  const changed = await applyChange(reader, { ...first, fault: options.fault }, deck);
  if (!changed.ok) return emitError(changed.error, json);
  const served = await serveWhere(reader, options, baud);
  if (!served.ok) return emitError(served.error, json);
  if (json) emitJson({ event: 'serving', address: served.value.address });
  else emitText(`A simulated reader answers at ${served.value.address}. Ctrl-C ends it.`);
  const stop = new AbortController();
  const playing = script === undefined ? null : runScript(reader, script, systemTiming, stop.signal, tellStep(json));
  await controlUntilStopped(reader, deck, json);
  stop.abort();
  await playing;
  await served.value.stop();
}

interface SimulationPlan {
  readonly deck?: Deck;
  readonly script?: readonly ScriptStep[];
}

async function planFrom(options: SimulateOptions): Promise<Result<SimulationPlan, Failure>> {
  const deck = options.deck === undefined ? null : await loadDeck(options.deck);
  if (deck && !deck.ok) return deck;
  const script = options.script === undefined ? null : await loadScript(options.script);
  if (script && !script.ok) return script;
  return ok({ ...(deck ? { deck: deck.value } : {}), ...(script ? { script: script.value } : {}) });
}

function tellStep(json: boolean): (step: ScriptStep) => void {
  return ({ atMs, card, cardName, fault }) => {
    const put = card === null ? null : cardName;
    if (json) return emitJson({ event: 'step', atMs, ...(put === undefined ? {} : { card: put }), fault });
    const words = [put === null ? 'card off' : put, fault].filter((word) => word !== undefined);
    emitText(`${(atMs / 1000).toFixed(1)} s  ${words.join('  ')}`);
  };
}

function listFaults(json: boolean): void {
  if (json) return emitJson({ faults: FAULT_TABLE });
  const width = Math.max(...FAULT_TABLE.map(({ form }) => form.length));
  for (const { form, does } of FAULT_TABLE) process.stdout.write(`${form.padEnd(width)}  ${does}\n`);
}

async function serveWhere(
  reader: SimulatedReader,
  options: SimulateOptions,
  baud: number,
): Promise<Result<ServedReader, Failure | UsageProblem>> {
  const serving = { timing: systemTiming, baud };
  if (options.link !== undefined && options.tcp === undefined) return servePty(reader, options.link, serving);
  const port = Number(options.tcp);
  if (options.link !== undefined || !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    return err(usageProblem('give either --link PATH or --tcp PORT', 'Port 0 lets the system pick one.'));
  }
  return serveTcp(reader, port, serving);
}

/** Obeys standard input; its end doesn't stop the reader, which also runs without a terminal. */
function controlUntilStopped(reader: SimulatedReader, deck: Deck | undefined, json: boolean): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  const obey = async (line: string): Promise<void> => {
    const change = parseControlLine(line);
    const changed = change.ok ? await applyChange(reader, change.value, deck) : change;
    if (changed.ok) return json ? emitJson({ event: 'changed', card: reader.hasCard }) : undefined;
    // A line that can't be obeyed is answered where the others are, and ends nothing.
    if (json) emitJson({ event: 'refused', error: describeProblem(changed.error) });
    else emitText(`refused: ${changed.error.detail ?? changed.error.code}`);
  };
  let turn: Promise<void> = Promise.resolve();
  lines.on('line', (line) => {
    turn = turn.then(() => obey(line));
  });
  return new Promise((resolve) => {
    const stop = (): void => {
      lines.close();
      process.stdin.destroy();
      resolve();
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
  });
}
