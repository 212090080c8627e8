import { nodeDriver } from '@cloud-kassa/sqlite';

/**
 * Fills the file of a store with events that can be read but have no chain, quickly: of every 1,000 the first belongs to the
 * category `rare`, the others to `often`.
 */
export const fillWithEvents = (file: string, count: number): void => {
  const connection = nodeDriver.connect(file);
  connection
    .prepare(
      `INSERT INTO events (stream, revision, event_id, type, version, hash, text)
       WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?)
       SELECT iif(n % 1000 = 0, 'rare-', 'often-') || (n / 10), n % 10,
         printf('00000000-0000-4000-8000-%012x', n), 'sample.Happened', 1, printf('%064x', n),
         json_object('data', json_object('n', n), 'metadata', json(?))
       FROM numbers`,
    )
    .run(count, JSON.stringify(METADATA));
  connection.close();
};

const METADATA = {
  actor: 'test',
  at: '2026-01-01T00:00:00.000Z',
  causationId: 'c',
  commandHash: '0'.repeat(64),
  commandId: 'c',
  correlationId: 'c',
  organisation: '-',
};
