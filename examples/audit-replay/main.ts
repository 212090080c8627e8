/*
 * What an auditor does: looks at the fiscal state of a past moment, replays one receipt, takes a proof of it that stands without the store,
 * and has everything verified.
 *
 *   npm start
 *   npm start -- --store esdb
 */
import { verifyProof } from '@cloud-kassa/audit';
import { INN, openEmulatedShop, storageFrom, sure } from '@cloud-kassa/example-emulated-shop';
import type { Instant } from '@cloud-kassa/ffd';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';

const main = async (): Promise<void> => {
  const { kassa, close } = await openEmulatedShop(await storageFrom(process.argv.slice(2)));
  const runtime = systemRuntime();
  const worker = sure(kassa.startWorker());

  const sell = async (number: number): Promise<string> => {
    const { receiptId } = sure(
      await kassa.receipts.register({
        organisation: INN,
        document: `order-${number}`,
        settlementId: `payment-${number}`,
        taxation: 1,
        items: [{ name: 'Качели', price: 458_333, quantity: '1', vatCode: 11, measure: 0 }],
        buyer: { email: 'buyer@example.ru' },
        place: { place: 'https://sad.example' },
      }),
    );
    sure(await worker.untilIdle());
    return receiptId;
  };

  const receiptId = await sell(1);
  await sell(2);
  // Events bear milliseconds: the moment lies between those of the second and of the third receipt.
  await runtime.sleep(5);
  const moment = runtime.wall() as Instant;
  await runtime.sleep(5);
  await sell(3);

  const past = sure(await kassa.audit.stateAt(moment));
  const now = sure(await kassa.audit.stateAt(runtime.wall() as Instant));
  console.log(
    `fiscalised then: ${past.receipts.byStatus.fiscalized}, now: ${now.receipts.byStatus.fiscalized}`,
  );

  const replayed = sure(await kassa.audit.replay(`receipt-${receiptId}`));
  for (const { revision, english } of replayed.timeline) console.log(`${revision} ${english}`);

  const proof = sure(await kassa.audit.proofOf(receiptId));
  console.log('the proof stands by itself:', E.isRight(await verifyProof(proof)()));
  const forged = proof.replace('458333', '458334');
  console.log('a forged proof:', E.isRight(await verifyProof(forged)()) ? 'passes' : 'is found out');

  const report = sure(await kassa.audit.run());
  console.log(
    `audit: ${report.verdict}, ${report.findingCount} findings, ${report.receipts.registered} receipts`,
  );
  await close();
};

void main();
