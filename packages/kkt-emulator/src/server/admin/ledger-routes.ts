import * as E from 'fp-ts/Either';
import type { FastifyInstance } from 'fastify';
import { qrText } from '../../document/qr-text';
import { fieldCodec, textField } from '../../codec/field-codec';
import { objectCodec } from '../../codec/object-codec';
import { firstRefusal } from '../../codec/refusal';
import type { GroupRoom } from '../../emulator/group-room';
import type { Machine } from '../../emulator/machine';
import type { LedgerEntry } from '../../ledger/ledger';
import { groupLedgerLine } from '../../ledger/ledger-line';
import { ledgerTlv } from '../../ledger/ledger-tlv';
import { namedGroup, refused, sendSafe } from './admin-reply';
import type { Named } from './admin-reply';
import { ledgerHead } from './reports';

const LARGEST_PAGE = 10_000;
const USUAL_PAGE = 1000;

const digits = (most: number) =>
  fieldCodec('not-a-natural', (input) =>
    typeof input === 'string' && /^\d{1,15}$/u.test(input) && Number(input) <= most
      ? Number(input)
      : undefined,
  );

const natural = digits(Number.MAX_SAFE_INTEGER);
const pageCodec = objectCodec({}, { after: natural, limit: digits(LARGEST_PAGE) }, 'strict');
const totalsCodec = objectCodec({ fn: textField }, { shift: natural }, 'strict');
const searchCodec = objectCodec({}, { key: textField, tag: textField }, 'strict');

const lines = (entries: ReadonlyArray<LedgerEntry>, { id }: GroupRoom): string =>
  entries.map((entry) => `${groupLedgerLine(id, entry)}\n`).join('');

const oneDocument = ({ id, registers }: GroupRoom, entry: LedgerEntry): object => {
  const { document } = entry;
  const tlv = ledgerTlv(registers.ledger, entry);
  const confirmation = registers.ledger.confirmationOf(document.fn, document.fd);
  return {
    document: JSON.parse(groupLedgerLine(id, entry)),
    tlv: E.isRight(tlv) ? Buffer.from(tlv.right).toString('hex') : undefined,
    qr: document.content.kind === 'receipt' ? qrText(document) : undefined,
    confirmation:
      confirmation === undefined ? undefined : { sign: confirmation.sign, ofdInn: confirmation.ofdInn },
  };
};

/**
 * The ledger, the truth about every document, as an audit reads it:
 *
 * - `GET /ledger` → `[{ group, organisation, head }]`, where `head` is the number of documents so far;
 * - `GET /ledger/:group/head` → `{ group, organisation, head }`;
 * - `GET /ledger/:group/documents?after=N&limit=M` → NDJSON, one document a line (`groupLedgerLine`), in the order of `sequence` (1, 2, 3 …
 *   without gaps), those after N, at most M (1000 when absent, 10 000 at most). The header `ledger-head` tells the head at this moment. A line never changes.
 * - `GET /ledger/:group/documents/:fn/:fd` → one document with its TLV (hexadecimal), QR text and the OFD's confirmation;
 *   the TLV is the document itself, the buyer's contact in it;
 * - `GET /ledger/:group/search?key=` or `?tag=` → NDJSON: what was made under a key, or bears a trace tag (1192);
 * - `GET /ledger/:group/totals?fn=&shift=` → counters of a shift, or of a drive without `shift`.
 */
export const ledgerRoutes = (admin: FastifyInstance, machine: Machine): void => {
  admin.get('/ledger', (_, reply) => {
    machine.advance();
    return sendSafe(machine, reply, machine.groups().map(ledgerHead));
  });

  admin.get<{ Params: Named }>('/ledger/:group/head', (request, reply) => {
    const room = namedGroup(machine, request, reply);
    return room === undefined ? reply : sendSafe(machine, reply, ledgerHead(room));
  });

  admin.get<{ Params: Named }>('/ledger/:group/documents', (request, reply) => {
    const room = namedGroup(machine, request, reply);
    if (room === undefined) return reply;
    const page = pageCodec.decode(request.query);
    if (E.isLeft(page)) return refused(reply, 422, firstRefusal(page.left));
    const { ledger } = room.registers;
    const { after = 0, limit = USUAL_PAGE } = page.right;
    void reply.header('ledger-head', ledger.size()).type('application/x-ndjson');
    return sendSafe(machine, reply, lines(ledger.page(after, limit), room));
  });

  admin.get<{ Params: Named & { readonly fn: string; readonly fd: string } }>(
    '/ledger/:group/documents/:fn/:fd',
    (request, reply) => {
      const room = namedGroup(machine, request, reply);
      if (room === undefined) return reply;
      const entry = room.registers.ledger.find(request.params.fn, Number(request.params.fd));
      return entry === undefined
        ? refused(reply, 404, { rule: 'no-such-document' })
        : sendSafe(machine, reply, oneDocument(room, entry));
    },
  );

  admin.get<{ Params: Named }>('/ledger/:group/search', (request, reply) => {
    const room = namedGroup(machine, request, reply);
    if (room === undefined) return reply;
    const search = searchCodec.decode(request.query);
    if (E.isLeft(search)) return refused(reply, 422, firstRefusal(search.left));
    const { key, tag } = search.right;
    const { ledger } = room.registers;
    if (key === undefined && tag === undefined) return refused(reply, 422, { rule: 'key-or-tag' });
    const found = key === undefined ? ledger.byTraceTag(tag ?? '') : ledger.byKey(key);
    void reply.type('application/x-ndjson');
    return sendSafe(machine, reply, lines(found, room));
  });

  admin.get<{ Params: Named }>('/ledger/:group/totals', (request, reply) => {
    const room = namedGroup(machine, request, reply);
    if (room === undefined) return reply;
    const asked = totalsCodec.decode(request.query);
    if (E.isLeft(asked)) return refused(reply, 422, firstRefusal(asked.left));
    const { fn, shift } = asked.right;
    const { ledger } = room.registers;
    return sendSafe(
      machine,
      reply,
      shift === undefined ? ledger.driveTotals(fn) : ledger.shiftTotals(fn, shift),
    );
  });
};
