import { createReadStream, statSync } from 'node:fs';
import type { CloudKassa, KassaError, Outcome, RegisteredReceipt } from '@cloud-kassa/cloud-kassa';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../command/command-context';
import { inLanguage } from '../output/language';
import type {
  ImportFailure,
  ImportReport,
  LineReader,
  RefusedLine,
  RegisterSettlement,
  RegistrationAnswer,
  RegistrationOrder,
} from '../receipts-import';
import { importReceipts, refundOfOrder } from '../receipts-import';

const MOST_KEPT = 10_000;

const IMPORTED = { english: 'import, KiB', russian: 'загрузка, КиБ' };

/** What the library said, in the terms of an import. */
const answerOf = (outcome: Outcome<RegisteredReceipt>): RegistrationAnswer => {
  if (outcome.ok) {
    const { receiptId, duplicate } = outcome.value;
    return { _tag: duplicate ? 'Known' : 'Registered', receiptId };
  }
  return refusalOf(outcome.error);
};

const refusalOf = (error: KassaError): RegistrationAnswer => {
  if (error.code === 'refused') {
    const { rule, field, detail } = error;
    return { _tag: 'Refused', refusal: { rule, field, ...(detail === undefined ? {} : { detail }) } };
  }
  return error.code === 'no-route'
    ? { _tag: 'Refused', refusal: { rule: error.reason, field: 'organisation' } }
    : { _tag: 'Failed', code: error.code };
};

/** Registers orders of an import through the library; a refund of a receipt kept here takes its part of the sale first. */
export const registerThrough =
  (kassa: CloudKassa, actor: string): RegisterSettlement =>
  async (order: RegistrationOrder) => {
    const refund = refundOfOrder(order);
    if (refund === undefined) return answerOf(await kassa.receipts.order({ ...order, actor }));
    return E.isLeft(refund)
      ? { _tag: 'Refused', refusal: refund.left }
      : answerOf(await kassa.receipts.refundOrder({ ...refund.right, actor }));
  };

/** Imports a file through an open library; what the command and the demonstration have in common. */
export const importFile = async (
  file: string,
  read: LineReader,
  register: RegisterSettlement,
  { progress, signal, language }: Pick<CommandContext, 'progress' | 'signal' | 'language'>,
  onRefused: (line: RefusedLine) => void = () => undefined,
): Promise<
  E.Either<ImportFailure, { readonly report: ImportReport; readonly refused: ReadonlyArray<RefusedLine> }>
> => {
  const refused: RefusedLine[] = [];
  const bar = progress.begin(inLanguage(IMPORTED, language), Math.ceil(sizeOf(file) / 1024));
  const imported = await importReceipts({
    chunks: createReadStream(file),
    read,
    register,
    signal,
    onRefused: (line) => {
      onRefused(line);
      if (refused.length < MOST_KEPT) refused.push(line);
    },
    onProgress: ({ bytes }) => bar.to(Math.ceil(bytes / 1024)),
  })();
  bar.end();
  return E.map((report: ImportReport) => ({ report, refused }))(imported);
};

const sizeOf = (file: string): number => {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
};
