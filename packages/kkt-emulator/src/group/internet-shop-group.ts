import * as E from 'fp-ts/Either';
import { registrationNumberFor } from '@cloud-kassa/ffd';
import { USUAL_PROFILE } from '../admission/profile';
import type { AdmissionProfile } from '../admission/profile';
import type { DriveModel } from '../drive/drive-model';
import { INTERNET_SHOP } from '../kkt/registration';
import type { FfdVersion, Registration, UsageConditions } from '../kkt/registration';
import { deviceRefusal } from '../refusal';
import type { DeviceRefusal } from '../refusal';
import { USUAL_GROUP } from './settings';
import type { GroupSettings, UnitSettings } from './settings';

/** What differs between one shop and another; the rest is as cloud services set their registers up. */
export interface InternetShop {
  readonly inn: string;
  readonly name: string;
  readonly site: string;
  readonly seed: string;
  /** How many registers; they share the registration but for serial and number. */
  readonly units?: number;
  readonly ffd?: FfdVersion;
  /** Sum of taxation bits (1062); the general system when absent. */
  readonly taxation?: number;
  readonly conditions?: Partial<UsageConditions>;
  readonly agents?: number;
  readonly drive?: DriveModel;
  readonly capacity?: number;
  readonly pace?: number;
  readonly profile?: Partial<AdmissionProfile>;
  /** Numbers of the first register in the tax service's list; the serials of registers and drives follow it. */
  readonly firstNumber?: number;
  readonly group?: Partial<Omit<GroupSettings, 'units' | 'seed'>>;
}

const registrationOf = (shop: InternetShop, registrationNumber: string): Registration => ({
  ffd: shop.ffd ?? '1.2',
  organisation: { inn: shop.inn, name: shop.name },
  registrationNumber,
  taxation: shop.taxation ?? 1,
  conditions: { ...INTERNET_SHOP, ...shop.conditions },
  ...(shop.agents === undefined ? {} : { agents: shop.agents }),
  address: '115280, г. Москва, ул. Ленинская Слобода, д. 19, ЦОД',
  place: shop.site,
  ofd: { inn: '7728699517', name: 'ООО "Эмулятор ОФД"' },
  taxServiceSite: 'www.nalog.gov.ru',
  sender: 'no-reply@ofd.example',
  cashier: { name: 'Администратор' },
});

/**
 * Settings of a group for an Internet shop: registers `00106925…` with drives `9999 0789…`, registered under numbers whose check
 * digits belong to the shop's INN. `Left` when the INN is not one. The registration is by Moscow time.
 */
export const internetShopGroup = (shop: InternetShop): E.Either<DeviceRefusal, GroupSettings> => {
  const units: Array<UnitSettings> = [];
  const first = shop.firstNumber ?? 1;
  for (let number = first; number < first + (shop.units ?? 1); number += 1) {
    const serial = `00106925${String(number).padStart(6, '0')}`;
    const registrationNumber = registrationNumberFor(number, shop.inn, serial);
    if (E.isLeft(registrationNumber)) return E.left(deviceRefusal('registration-invalid', 'inn'));
    units.push({
      kkt: {
        serial,
        version: '1.0',
        zone: 2,
        pace: shop.pace ?? 1000,
        profile: { ...USUAL_PROFILE, ...shop.profile },
        shiftQuantities: { reports: true, corrections: true },
      },
      drive: {
        serial: `99990789${String(number).padStart(8, '0')}`,
        model: shop.drive ?? { months: 36, marking: true },
        ...(shop.capacity === undefined ? {} : { capacity: shop.capacity }),
      },
      registration: registrationOf(shop, registrationNumber.right),
    });
  }
  return E.right({ ...USUAL_GROUP, ...shop.group, units, seed: shop.seed });
};
