import * as E from 'fp-ts/Either';
import { firstRefusal } from '../../codec/refusal';
import type { InputRefusal } from '../../codec/refusal';
import { readJson } from '../../json/read-json';
import { right } from '../../kkt/kkt.testing';
import type { FfdVersion } from '../../kkt/registration';
import type { ReceiptRequest } from '../../request';
import { receiptOf } from './receipt-of';
import { USUAL_ONE_C } from './settings';
import type { OneCSettings } from './settings';
import { submissionOf } from './wire-request';

/** What the register is asked for by the text of a body, or why nothing is. */
export const requestOf = (
  text: string,
  change: Partial<OneCSettings> = {},
  ffd: FfdVersion = '1.2',
): E.Either<InputRefusal, ReceiptRequest> => {
  const settings = { ...USUAL_ONE_C, ...change };
  const decoded = submissionOf(settings.reader).decode(right(readJson(text)));
  return E.isLeft(decoded)
    ? E.left(firstRefusal(decoded.left))
    : receiptOf(decoded.right.receiptRequest, ffd, settings);
};

const HEADER = { operationType: 1, taxationSystem: 1, customerEmail: 'buyer@example.ru' };
const ITEM = {
  name: 'Чайник',
  quantity: 3,
  priceWithDiscount: 269.1,
  amountWithDiscount: 807.3,
  VATRate: 22,
  paymentMethod: 4,
  calculationSubject: 1,
  measureOfQuantity: 0,
};

/** The text of a body with parts of it changed; `undefined` takes a member out. */
export const bodyText = (header: object = {}, item: object = {}, receipt: object = {}): string =>
  JSON.stringify({
    operationRequest: { operationId: '3f0f7f4a-7c1e-4d6a-9d6e-2f7a3b1c0d9e' },
    receiptRequest: {
      documentHeader: { ...HEADER, ...header },
      items: [{ ...ITEM, ...item }],
      payments: { cash: 0, electronic: 807.3, barter: 0, postPayment: 0, prePayment: 0 },
      ...receipt,
    },
  });
