import { answered } from '../wire/wire';
import type { WireAnswer, WireOutcome } from '../wire/wire';
import type { Alteration, HttpFault } from './http-fault';

/** What a fault needs of the exchange it strikes. */
export interface StruckExchange {
  /** Carries the request out; the answer may leave. */
  readonly carryOut: () => Promise<WireAnswer>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** The dialect's body for a status, of its own type or the one that is named. */
  readonly problem: (status: number, type: string | undefined) => WireAnswer;
  /** Moves the clock of the service ahead. */
  readonly jump: (milliseconds: number) => void;
  /** Ends the token of the request. */
  readonly expireToken: () => void;
  /** Makes one part of a right answer wrong. */
  readonly alter: (answer: WireAnswer, what: Alteration) => WireAnswer;
}

const gatewayPage = (status: number): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
});

const half = ({ body }: WireAnswer): number => Math.floor(Buffer.byteLength(body) / 2);

/** The exchange as the fault makes it. */
export const underFault = async (fault: HttpFault, exchange: StruckExchange): Promise<WireOutcome> => {
  const { carryOut, sleep, problem } = exchange;
  const instead = async (answer: WireAnswer, effect: boolean | undefined): Promise<WireOutcome> => {
    if (effect === true) await carryOut();
    return answered(answer);
  };
  switch (fault.do) {
    case 'slow': {
      if (fault.where === 'before') await sleep(fault.milliseconds);
      const answer = await carryOut();
      if (fault.where !== 'before') await sleep(fault.milliseconds);
      return answered(answer);
    }
    case 'hang':
      if (fault.effect === true) await carryOut();
      return { _tag: 'hanging' };
    case 'refuse':
      return { _tag: 'refused', milliseconds: fault.milliseconds };
    case 'reset-before':
      return { _tag: 'reset' };
    case 'reset-after':
      await carryOut();
      return { _tag: 'reset' };
    case 'status':
      return instead(problem(fault.status, fault.type), fault.effect);
    case 'gateway-page':
      return instead(gatewayPage(fault.status ?? 502), fault.effect);
    case 'retry-after': {
      const answer = problem(fault.status, undefined);
      const headers = { ...answer.headers, 'retry-after': String(fault.seconds) };
      return instead({ ...answer, headers }, fault.effect);
    }
    case 'redirect':
      return answered({ status: 307, headers: { location: fault.location }, body: '' });
    case 'clock-jump':
      exchange.jump(fault.milliseconds);
      return answered(await carryOut());
    case 'expire-token':
      exchange.expireToken();
      return answered(await carryOut());
    case 'invalid-json': {
      const answer = await carryOut();
      return answered({
        ...answer,
        body: Buffer.from(answer.body).subarray(0, half(answer)).toString('latin1'),
      });
    }
    case 'truncate': {
      const answer = await carryOut();
      return { _tag: 'broken-off', ...answer, bytes: half(answer) };
    }
    case 'empty':
      return answered({ ...(await carryOut()), body: '' });
    case 'endless':
      return { _tag: 'endless', ...(await carryOut()), bytes: fault.bytes };
    case 'trickle':
      return { _tag: 'trickled', ...(await carryOut()), milliseconds: fault.milliseconds };
    case 'alter':
      return answered(exchange.alter(await carryOut(), fault.what));
  }
};
