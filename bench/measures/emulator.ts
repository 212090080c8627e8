import { oneCGroup, startEmulator, type Durability } from '@cloud-kassa/kkt-emulator';
import { systemRuntime } from '@cloud-kassa/runtime';
import { DEVICES, SHOP_SECRET, type EmulatorSays, type EmulatorTask } from '../emulated-devices';
import { given } from '../given';
import { processorMs } from '../processor-time';

const say = (what: EmulatorSays): void => void process.send?.(what);

/** A process that serves emulated registers without pace out of a directory, until whoever started it is gone. */
const main = async (): Promise<void> => {
  const { folder, durability } = JSON.parse(process.argv[2] ?? '') as EmulatorTask;
  const groups = DEVICES.map(({ deviceId, organisation }, index) =>
    given(
      oneCGroup(
        deviceId,
        {
          inn: organisation,
          name: 'ООО "Сад"',
          site: 'https://sad.example',
          seed: deviceId,
          pace: 0,
          firstNumber: index + 1,
          group: { resultDelay: 0 },
        },
        { kind: 'sales-register-group', shopId: 'shop-1', shopSecret: SHOP_SECRET },
      ),
    ),
  );
  const { url, emulator } = given(
    await startEmulator({
      runtime: systemRuntime(),
      settings: { groups },
      directory: folder,
      durability: durability satisfies Durability,
    })(),
  );
  process.on('disconnect', () => process.exit());
  const tell = (): void => {
    const receipts = emulator.machine
      .groups()
      .flatMap(({ registers }) => registers.ledger.entries().flatMap(({ key }) => key ?? []));
    const [documents, keys] = [receipts.length, new Set(receipts).size];
    say({ url, documents, keys, processorMs: processorMs() });
  };
  process.on('message', tell);
  tell();
};

void main();
