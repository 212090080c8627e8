import { createHash } from 'node:crypto';

/** SHA-256 of a stream of bytes as 64 hexadecimal digits. One pass, flat memory. */
export const sha256Of = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
};
