import type { FfdVersion, ZoneCode } from '@cloud-kassa/ffd';
import { FFD_VERSION_LIST } from '@cloud-kassa/ffd';
import type { AddressRule, Purpose } from '@cloud-kassa/provider';
import type { CodeTable } from './request/code-table';
import { VAT_RATES } from './request/vat-rates';
import type { WireVatRate } from './request/vat-rates';

/** How a programme names itself to the gateway (headers `X-Program-Nick` and so on). Absent parts are not sent. */
export interface ProgramNames {
  readonly nick: string;
  readonly configurationName?: string;
  readonly configurationVersion?: string;
  /** Id of the information base. */
  readonly baseId?: string;
  readonly userName?: string;
}

/** Everything about the protocol that its public description leaves open, and the times. Every unconfirmed fact is here. */
export interface OneCSettings {
  /** For one send or ask as a whole, token and repetition included. 1C's own client waits 30 s. */
  readonly timeoutMs: number;
  readonly connectMs: number;
  /**
   * Whether `REJECTED` proves that no document was made and that the provider remembers it. 1C's client takes it so: it makes a new
   * operation id after it.
   */
  readonly rejectedIs: 'proved' | 'ambiguous';
  /**
   * What `receiptNumber` of a result is: the number of the fiscal document (tag 1040) or that within the shift (tag 1042). Not documented;
   * the default claims less, and no QR text is made from it: a QR with a wrong number in the buyer's hands is worse than none. The emulator
   * of `kkt-emulator` has the same setting and the same default.
   */
  readonly receiptNumberMeans: 'fiscal-document' | 'number-in-shift';
  /** What `KKTSerialNumber` of a result is. 1C's client stores it as the registration number (tag 1037) in spite of its name. */
  readonly kktSerialNumberMeans: 'registration-number' | 'serial';
  /** How the marking code of an item is written. Not documented; 1C's protocol for devices has it in Base64. */
  readonly markingCodeAs: 'base64' | 'text';
  /** VAT codes and what the protocol calls them. */
  readonly vatRates: CodeTable<number, WireVatRate>;
  /** The protocol names no format version: the register's own holds. Receipts of other versions are not sent. */
  readonly formats: ReadonlyArray<FfdVersion>;
  /** Zone of the registers (tag 1011), for times of documents that come with an offset. */
  readonly zone: ZoneCode;
  /** For so long the provider is taken to remember an operation id. Not documented; one day is the least anybody promises. */
  readonly horizonMs: number;
  /** 429: the provider blocks for 30 minutes after wrong credentials. */
  readonly throttledPauseMs: number;
  /** 401, 402 and 403: somebody has to do something; asking at once would only lead to the block. */
  readonly accountPauseMs: number;
  readonly program: ProgramNames;
  readonly connections: Readonly<Record<Purpose, number>>;
  /** Default: public addresses; for an emulator this machine too. */
  readonly addressRule?: AddressRule;
}

const MINUTE = 60_000;

export const ONE_C_SETTINGS: OneCSettings = {
  timeoutMs: 30_000,
  connectMs: 10_000,
  rejectedIs: 'proved',
  receiptNumberMeans: 'number-in-shift',
  kktSerialNumberMeans: 'registration-number',
  markingCodeAs: 'base64',
  vatRates: VAT_RATES,
  formats: FFD_VERSION_LIST,
  zone: 2,
  horizonMs: 24 * 60 * MINUTE,
  throttledPauseMs: 30 * MINUTE,
  accountPauseMs: 10 * MINUTE,
  program: { nick: 'cloud-kassa' },
  connections: { send: 8, ask: 4, token: 1 },
};
