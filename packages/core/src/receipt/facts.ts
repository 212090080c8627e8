import * as t from 'io-ts';
import type { FfdVersion, LocalDate, Taxation, VatRule, ZoneCode } from '@cloud-kassa/ffd';
import {
  FfdVersionCodec,
  LocalDateCodec,
  TaxationCodec,
  VatRuleCodec,
  ZoneCodeCodec,
  literalCodec,
  recordCodec,
} from '@cloud-kassa/ffd';
import type { LegalGround } from '../policy/legal-ground';
import { LegalGroundCodec } from '../policy/legal-ground';
import type { RegisterPolicy } from '../policy/register-policy';
import { RegisterPolicyCodec } from '../policy/register-policy';
import type { PaymentInstrument, ReceiptOrigin } from './origin';

export type { LegalGround, PaymentInstrument, ReceiptOrigin, RegisterPolicy };

/** A register card (Касса ККМ) as it was read when the command was made. */
export interface RegisterFacts {
  readonly registerId: string;
  readonly deviceId: string;
  readonly organisation: string;
  readonly policy: RegisterPolicy;
  readonly legalGround: LegalGround;
  readonly vatRule: VatRule;
  readonly zone: ZoneCode;
}

/** A cloud device (облачная ККТ) as it was read when the command was made. */
export interface DeviceFacts {
  readonly deviceId: string;
  /** Revision of the device's stream the facts were read at. */
  readonly revision: number;
  readonly organisation: string;
  readonly ffd: FfdVersion;
  readonly taxations: ReadonlyArray<Taxation>;
  /** Registered for settlements in the Internet only (tag 1108, bit 5 of 1290). */
  readonly internetOnly: boolean;
}

/** What admission looks at besides the content. Facts are slightly stale by design: they are recorded with the receipt. */
export interface AdmissionFacts {
  readonly origin: ReceiptOrigin;
  readonly instrument: PaymentInstrument;
  readonly register: RegisterFacts;
  readonly device: DeviceFacts;
  /** The book-keeping shift that is open on the register, if any. */
  readonly shiftId?: string;
  /** The date in the register's zone at which dated rules are applied; a rehearsal of old receipts gives the document's own date. */
  readonly rulesOn: LocalDate;
  readonly policyVersion: string;
}

const registerFacts: t.Type<RegisterFacts, unknown> = recordCodec('RegisterFacts', {
  registerId: t.string,
  deviceId: t.string,
  organisation: t.string,
  policy: RegisterPolicyCodec,
  legalGround: LegalGroundCodec,
  vatRule: VatRuleCodec,
  zone: ZoneCodeCodec,
});

const deviceFacts: t.Type<DeviceFacts, unknown> = recordCodec('DeviceFacts', {
  deviceId: t.string,
  revision: t.number,
  organisation: t.string,
  ffd: FfdVersionCodec,
  taxations: t.readonlyArray(TaxationCodec),
  internetOnly: t.boolean,
});

/** {@link AdmissionFacts} in stored events. */
export const AdmissionFactsCodec: t.Type<AdmissionFacts, unknown> = recordCodec(
  'AdmissionFacts',
  {
    origin: literalCodec<ReceiptOrigin>(['manual', 'payment', 'exchange'], 'ReceiptOrigin'),
    instrument: literalCodec<PaymentInstrument>(
      ['sbp', 'card', 'bank-transfer', 'other'],
      'PaymentInstrument',
    ),
    register: registerFacts,
    device: deviceFacts,
    rulesOn: LocalDateCodec,
    policyVersion: t.string,
  },
  { shiftId: t.string },
);
