import { holdAdviceOf } from '@cloud-kassa/cloud-kassa';
import { explainCode } from './explain';

describe('the code beside the reason of a held receipt', () => {
  it('has a text of its own, and the advice speaks of the protocol and not of the provider', () => {
    const code = 'not-expressible:total-of-items';
    expect(explainCode(code)).toHaveLength(1);
    expect(holdAdviceOf({ reason: 'invalid', code }).meaning.russian).toContain('Ничего не отправлено');
    expect(holdAdviceOf({ reason: 'invalid', code: '400' }).meaning.english).toContain(
      'The provider refused',
    );
  });
});
