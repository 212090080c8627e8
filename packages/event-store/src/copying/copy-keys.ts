import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { KeptKeyRing } from '../key-ring-home';
import type { KeysFailed } from './copy-report';

/**
 * Carries all keys of persons to another ring, erased ones as erased, and answers how many there were. Harmless when it is repeated. The
 * target has to be opened with the index key of the source, or its persons would be strangers.
 */
export const copyKeys =
  (
    from: KeptKeyRing,
    to: KeptKeyRing,
    progress: (keys: number) => void = () => undefined,
  ): TaskEither<KeysFailed, number> =>
  async () => {
    let keys = 0;
    for await (const page of from.records()) {
      if (page._tag === 'Failed') return E.left({ _tag: 'KeysFailed', side: 'from', error: page.error });
      const adopted = await to.adopt(page.records)();
      if (E.isLeft(adopted)) return E.left({ _tag: 'KeysFailed', side: 'to', error: adopted.left });
      keys += page.records.length;
      progress(keys);
    }
    return E.right(keys);
  };
