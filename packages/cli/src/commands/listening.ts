import * as E from 'fp-ts/Either';
import type { CommandResult } from '../command/command-result';
import { wrongUse } from '../command/command-result';
import type { Given, OptionSpec } from '../command/command-spec';
import { wholeNumber } from './values';

const HIGHEST_PORT = 65_535;

/** Where a server of a command listens. */
export const listeningOptions = (port: number): ReadonlyArray<OptionSpec> => [
  {
    name: 'host',
    kind: 'value',
    placeholder: 'HOST',
    preset: '127.0.0.1',
    text: { english: 'address to listen on', russian: 'адрес' },
  },
  {
    name: 'port',
    kind: 'value',
    placeholder: 'PORT',
    preset: String(port),
    text: { english: 'port to listen on; 0 takes a free one', russian: 'порт; 0 — любой свободный' },
  },
];

export interface Listening {
  readonly port: number;
  readonly host?: string;
}

/** @param preset the port, unless one is given. */
export const listeningOf = (given: Given, preset: number): E.Either<CommandResult, Listening> => {
  const host = given.value('host');
  const port = wholeNumber(given.value('port') ?? String(preset));
  if (port === undefined || port > HIGHEST_PORT)
    return E.left(
      wrongUse('port', 'port', {
        english: 'A port is a whole number up to 65535; 0 takes a free one.',
        russian: 'Порт — целое число до 65535; 0 — любой свободный.',
      }),
    );
  return E.right({ port, ...(host === undefined ? {} : { host }) });
};
