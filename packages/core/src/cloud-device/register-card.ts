import * as t from 'io-ts';
import type { Inn, VatRule, ZoneCode } from '@cloud-kassa/ffd';
import { InnCodec, literalCodec, recordCodec, VatRuleCodec, ZoneCodeCodec } from '@cloud-kassa/ffd';
import { LegalGroundCodec } from '../policy/legal-ground';
import { RegisterPolicyCodec } from '../policy/register-policy';
import type { LegalGround, RegisterPolicy } from '../receipt/facts';

/** Kind of a register card (вид кассы): with transfer to an operator of fiscal data, off-line, or autonomous. Only the first may be cloud. */
export type RegisterType = 'kkt-with-ofd' | 'offline-kkm' | 'autonomous-kkm';

/** To whom and what the register belongs (реквизиты принадлежности кассы, S20). Fiscal sums are in roubles, whatever else is kept. */
export interface Ownership {
  readonly organisation: Inn;
  readonly currency: 'RUB';
  /** Outlet (торговый объект). */
  readonly outlet?: string;
  readonly department?: string;
}

/** What of a card decides which settlements it takes and how. */
export interface CardPolicy {
  readonly policy: RegisterPolicy;
  readonly legalGround: LegalGround;
  /** VAT totals per line or per total. */
  readonly vatRule: VatRule;
}

/** A register card (Касса ККМ, S19 to S21). */
export interface RegisterCard extends CardPolicy {
  readonly registerId: string;
  readonly name: string;
  readonly type: RegisterType;
  readonly ownership: Ownership;
  /** Zone of the place of settlement (tag 1011). */
  readonly zone: ZoneCode;
}

export const cardPolicyFields = {
  policy: RegisterPolicyCodec,
  legalGround: LegalGroundCodec,
  vatRule: VatRuleCodec,
};

export const RegisterCardCodec: t.Type<RegisterCard, unknown> = recordCodec('RegisterCard', {
  registerId: t.string,
  name: t.string,
  type: literalCodec<RegisterType>(['kkt-with-ofd', 'offline-kkm', 'autonomous-kkm'], 'RegisterType'),
  ownership: recordCodec(
    'Ownership',
    { organisation: InnCodec, currency: literalCodec<'RUB'>(['RUB'], 'Currency') },
    { outlet: t.string, department: t.string },
  ),
  ...cardPolicyFields,
  zone: ZoneCodeCodec,
});
