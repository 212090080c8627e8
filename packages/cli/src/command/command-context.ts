import type { CloudKassa, Outcome } from '@cloud-kassa/cloud-kassa';
import type { Runtime } from '@cloud-kassa/runtime';
import type { CommandResult } from './command-result';
import type { Language } from '../output/language';
import type { Progress } from '../output/progress';
import type { Ask } from '../output/prompts';
import type { StoreChoice } from '../store/store-choice';

/** What a command finds around it. */
export interface CommandContext {
  readonly runtime: Runtime;
  readonly language: Language;
  readonly store: StoreChoice;
  /** Who gives commands, as it will stand in the events. */
  readonly actor: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Opens the store; a command that does not need it never does. It is closed when the command ends. */
  readonly kassa: () => Promise<Outcome<CloudKassa>>;
  /** As {@link kassa}, with the read models brought to the head of the store; how far that has come is shown. */
  readonly reading: () => Promise<Outcome<CloudKassa>>;
  /** Ctrl-C was pressed, or the process was asked to end. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly isJson: boolean;
  /** Writes data to the standard output while the command works; its result has to say that it is printed. */
  readonly print: (text: string) => Promise<void>;
  /** Presents a result before the command ends: what programs and people need while it works on. */
  readonly announce: (result: CommandResult) => Promise<void>;
  /** A line for people while the command works; goes to the error output. */
  readonly say: (line: string) => void;
  /** Asks the person at the terminal; absent where nobody sits there, or `--json` was given. */
  readonly ask?: Ask;
}
