import * as E from 'fp-ts/Either';
import { instantOf, parseLocal } from '../arithmetic/calendar';
import type { FiscalDocument } from '../document/fiscal-document';
import { newDrive } from '../drive/fiscal-drive';
import type { FiscalDrive } from '../drive/fiscal-drive';
import { internetShopGroup } from '../group/internet-shop-group';
import type { InternetShop } from '../group/internet-shop-group';
import type { UnitSettings } from '../group/settings';
import type { Refusal } from '../refusal';
import type { ItemRequest, ReceiptRequest } from '../request';
import { confirmByOfd } from './drive-reports';
import { newKkt } from './kkt';
import type { Issued, Kkt } from './kkt';
import { registerDrive } from './register';

/** The instant of a Moscow wall time. */
export const moscow = (text: string): number => instantOf(parseLocal(text) ?? Number.NaN, 2);

/** The `Right` of something that must succeed; a test that gets a refusal fails with it. */
export const right = <L, R>(either: E.Either<L, R>): R => {
  if (E.isLeft(either)) throw new Error(`refused: ${JSON.stringify(either.left)}`);
  return either.right;
};

/** The rule that was broken, or `made`. */
export const ruleOf = (either: E.Either<Refusal, unknown>): string =>
  E.isLeft(either) ? either.left.rule : 'made';

export const shop: InternetShop = {
  inn: '7725327863',
  name: 'ООО "Ромашка"',
  site: 'https://shop.example.ru',
  seed: 'kkt',
};

export const unitOf = (change: Partial<InternetShop> = {}): UnitSettings => {
  const [unit] = right(internetShopGroup({ ...shop, ...change })).units;
  if (unit === undefined) throw new Error('no unit');
  return unit;
};

export const driveOf = ({ drive }: UnitSettings, seed = 'kkt'): FiscalDrive =>
  right(newDrive(drive.serial, drive.model, seed, drive.capacity));

/** A register registered at a Moscow time, its documents so far. */
export const registeredKkt = (at: string, change: Partial<InternetShop> = {}): Issued => {
  const unit = unitOf(change);
  return right(registerDrive(newKkt(unit.kkt), driveOf(unit), unit.registration, moscow(at)));
};

const item: ItemRequest = { name: 'Чайник', price: 26910, quantity: '3', vatCode: 11, method: 4, subject: 1 };

/** 269.10 × 3 at 22 %, cashless; with the measure where the version has it. */
export const saleFor = (ffd: '1.05' | '1.1' | '1.2' = '1.2'): ReceiptRequest => ({
  kind: 'receipt',
  settlementSign: 1,
  items: [ffd === '1.2' ? { ...item, measure: 0 } : item],
  payments: { cashless: 80730 },
});

/** Everything that waits is confirmed by the OFD. */
export const deliver = (kkt: Kkt, documents: ReadonlyArray<FiscalDocument>, now: number): Kkt => {
  let after = kkt;
  for (const [index, document] of documents.entries()) {
    if (document.fn !== after.drive?.serial || document.fd <= after.drive.queue.confirmed) continue;
    after = right(confirmByOfd(after, document, documents[index + 1], now)).kkt;
  }
  return after;
};
