import * as t from 'io-ts';
import { exactRecordCodec, recordCodec } from '@cloud-kassa/ffd';
import type { Personal } from '../event-family';

/** The buyer's telephone (`+` and 7 to 18 digits) or e-mail, and who the buyer is where the format asks for it (tags 1008, 1227, 1228, 1256). */
export interface Person {
  readonly phone?: string;
  readonly email?: string;
  readonly name?: string;
  readonly inn?: string;
  readonly birthDate?: string;
  readonly citizenship?: string;
  readonly documentCode?: string;
  readonly documentData?: string;
  readonly address?: string;
}

/**
 * The buyer (покупатель). `keyId` names the key of this person: personal data are sealed with it before anything is hashed or stored,
 * and read as erased once the key is gone.
 */
export interface Buyer {
  readonly keyId: string;
  readonly person: Personal<Person>;
}

const PersonCodec = exactRecordCodec(
  'Person',
  {},
  {
    phone: t.string,
    email: t.string,
    name: t.string,
    inn: t.string,
    birthDate: t.string,
    citizenship: t.string,
    documentCode: t.string,
    documentData: t.string,
    address: t.string,
  },
);

const ErasedCodec = exactRecordCodec('Erased', { erased: t.literal(true) }, {});

export const BuyerCodec: t.Type<Buyer, unknown> = recordCodec(
  'Buyer',
  { keyId: t.string, person: t.union([ErasedCodec, PersonCodec]) },
  {},
);
