import * as E from 'fp-ts/Either';
import type { FfdVersion, TlvNode } from '@cloud-kassa/ffd';
import { FFD_VERSION_LIST, encodedLength, obligation, tagByNumber, tlv } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import { contentToTlv, formOf } from './content-to-tlv';
import {
  day,
  money,
  pieces,
  saleOf,
  sampleContent,
  sampleCorrection,
  sampleDraft,
  sampleItem,
} from './sample-receipt.arbitrary';

const nodesOf = (content: ReceiptContent): ReadonlyArray<TlvNode> => {
  const nodes = contentToTlv(content);
  return E.isRight(nodes) ? nodes.right : [];
};

const children = (nodes: ReadonlyArray<TlvNode>, tag: number): ReadonlyArray<TlvNode> => {
  const value = nodes.find((node) => node.tag === tag)?.value;
  return value?.kind === 'nodes' ? value.nodes : [];
};

/** What the register and its drive write themselves. */
const REGISTER_TAGS = new Set([1012, 1018, 1037, 1038, 1040, 1041, 1042, 1048, 1060, 1077, 1209]);

const strayIn = (
  nodes: ReadonlyArray<TlvNode>,
  table: 3 | 31 | 1059 | 1174 | 1256,
  ffd: FfdVersion,
): ReadonlyArray<number> =>
  nodes.filter(({ tag }) => (obligation(table, tag, ffd)?.electronic ?? 0) === 0).map(({ tag }) => tag);

const contactsIn = (content: ReceiptContent): ReadonlyArray<TlvNode> =>
  nodesOf(content).filter(({ tag }) => tag === 1008);

describe('the elements of a document (order ЕД-7-20/662@)', () => {
  test.each(FFD_VERSION_LIST)(
    'FFD %s: every obligatory tag of receipt and correction that is no matter of the register is there',
    (ffd) => {
      for (const content of [sampleContent(ffd), sampleContent(ffd, sampleCorrection(ffd))]) {
        const withPlace = { ...content, place: { address: 'Москва', place: 'shop.example.ru' } };
        const present = new Set(nodesOf(withPlace).map(({ tag }) => tag));
        const obligatory = Array.from({ length: 2200 }, (_, tag) => tag).filter(
          (tag) => obligation(formOf(content), tag, ffd)?.electronic === 1 && !REGISTER_TAGS.has(tag),
        );
        expect(obligatory.filter((tag) => !present.has(tag))).toEqual([]);
        expect(obligatory.length).toBeGreaterThan(6);
      }
    },
  );

  test.each(FFD_VERSION_LIST)('FFD %s: every obligatory tag of a line is there', (ffd) => {
    const present = new Set(children(nodesOf(sampleContent(ffd)), 1059).map(({ tag }) => tag));
    const obligatory = [...Array(2200).keys()].filter((tag) => obligation(1059, tag, ffd)?.electronic === 1);
    expect(obligatory.filter((tag) => !present.has(tag))).toEqual([]);
  });

  test('every tag has a place in its table, whatever fields are given', () => {
    const rich = nodesOf(
      sampleContent(
        '1.2',
        sampleDraft('1.2', {
          cashier: { name: 'Петрова', inn: '500100732259' },
          buyer: {
            keyId: 'buyer-1',
            person: { phone: '+79123456789', name: 'Иванов', birthDate: '1980-02-29' },
          },
          items: [
            sampleItem('1.2', {
              subject: 33,
              quantity: pieces('1'),
              marking: { code: '4601234567893', checkResult: 15 },
            }),
          ],
        }),
      ),
    );
    expect(strayIn(rich, 3, '1.2')).toEqual([]);
    expect(strayIn(children(rich, 1059), 1059, '1.2')).toEqual([]);
    expect(strayIn(children(rich, 1256), 1256, '1.2')).toEqual([]);
    const corrected = nodesOf(sampleContent('1.2', sampleCorrection('1.2')));
    expect(strayIn(corrected, 31, '1.2')).toEqual([]);
    expect(strayIn(children(corrected, 1174), 1174, '1.2')).toEqual([]);
  });

  test('E09: 22 % stands in 1115 and not in 1102, rates of the first six in tags of their own', () => {
    const content = saleOf('1.2', [
      sampleItem('1.2'),
      sampleItem('1.2', { vatCode: 2 }),
      sampleItem('1.2', { vatCode: 6 }),
    ]);
    const nodes = nodesOf(content);
    expect(nodes).toContainEqual(
      tlv.nodes(1115, [tlv.nodes(1119, [tlv.integer(1120, 14_558), tlv.integer(1199, 11)])]),
    );
    expect(nodes).toContainEqual(tlv.integer(1103, 7339));
    expect(nodes).toContainEqual(tlv.integer(1105, 80_730));
    expect(nodes.some(({ tag }) => tag === 1102)).toBe(false);
  });

  test('of two contacts tag 1008 holds the e-mail, of an erased buyer nothing', () => {
    const both = { keyId: 'buyer-1', person: { phone: '+79123456789', email: 'buyer@example.ru' } };
    expect(contactsIn({ ...sampleContent('1.2'), buyer: both })).toEqual([
      tlv.string(1008, 'buyer@example.ru'),
    ]);
    expect(
      contactsIn({ ...sampleContent('1.2'), buyer: { keyId: 'buyer-1', person: { erased: true } } }),
    ).toEqual([]);
  });

  test('the corrected day is written as its midnight (tag 1178), dates of texts as DD.MM.YYYY (tag 1243)', () => {
    const correction = {
      type: 1,
      settledOn: day('2026-01-15'),
      reason: 'not-applied',
      orderNumber: '7',
    } as const;
    const nodes = nodesOf({ ...sampleContent('1.2', sampleCorrection('1.2')), correction });
    expect(children(nodes, 1174)).toEqual([tlv.unixtime(1178, 1_768_435_200), tlv.string(1179, '7')]);
    const buyer = { keyId: 'buyer-1', person: { email: 'x@x', birthDate: '1980-02-29' } };
    expect(children(nodesOf({ ...sampleContent('1.2'), buyer }), 1256)).toEqual([
      tlv.string(1243, '29.02.1980'),
    ]);
  });

  test('the buyer stands on the receipt before FFD 1.2 (tags 1227, 1228)', () => {
    const buyer = { keyId: 'buyer-1', person: { email: 'x@x', name: 'Иванов', inn: '500100732259' } };
    const tags = nodesOf({ ...sampleContent('1.05'), buyer }).map(({ tag }) => tag);
    expect([1227, 1228, 1256].map((tag) => tags.includes(tag))).toEqual([true, true, false]);
  });

  test('a block that exceeds its tag is found by the encoder (tag 1059: 1024 bytes)', () => {
    const attribute = {
      authority: '030',
      documentDate: day('2023-11-21'),
      documentNumber: '1944',
      value: 'x'.repeat(256),
    };
    const content = sampleContent('1.2');
    const items = content.items.map((item) => ({
      ...item,
      industry: [attribute, attribute, attribute, attribute],
      excise: money(1),
    }));
    expect(encodedLength(nodesOf({ ...content, items }))).toMatchObject({
      left: { rule: 'too-long', path: [1059] },
    });
    expect(tagByNumber(1059)?.maxLength).toBe(1024);
  });
});
