import { keyRingConformance } from '@cloud-kassa/event-store/conformance';
import { openOn, startServer } from '../test-server.testing';

keyRingConformance({
  name: 'A database of EventStoreDB',
  open: async () => {
    const server = await startServer();
    const [one, other] = [await openOn(server), await openOn(server)];
    return {
      homes: [one.keyRing, other.keyRing],
      close: async () => {
        await one.close();
        await other.close();
        await server.close();
      },
    };
  },
});
