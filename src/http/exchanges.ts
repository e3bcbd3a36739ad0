import { performance } from 'node:perf_hooks';
import { nextTick } from 'node:process';
import type { Call, Reply } from '../dialects/dialect.ts';
import { errorFields, type Log } from '../lib/log.ts';
import { GONE, type Dispatched, type Dispatcher } from './dispatcher.ts';
import type { IncomingCall } from './incoming-call.ts';
import { hasOneHost } from './refusals.ts';
import { piecesOf, smallBody } from './transport/body.ts';
import type { Connection, Message, Request } from './transport/connection.ts';
import { isCompressed } from './transport/inflate.ts';
import type { Intake } from './transport/intake.ts';
import type { Destination, Sender } from './transport/sender.ts';
import type { Traffic } from './transport/traffic.ts';

/** What carries requests out. */
export interface ExchangesParts {
  readonly dispatcher: Dispatcher;
  readonly traffic: Traffic;
  readonly intake: Intake;
  readonly sender: Sender;
  /** Makes a call of a request. */
  readonly callOf: (request: Request) => IncomingCall;
  readonly hostCheck: ((call: Call) => Reply | null) | null;
  readonly log: Log;
}

/** A request that came, and where its answer goes. */
interface Arrival {
  readonly connection: Connection;
  readonly message: Message;
  /** Whether its caller waits to be asked for the body. */
  readonly waits: boolean;
  readonly startedAt: number;
}

/** A request that is being carried out. */
interface Exchange extends Destination, Dispatched {
  readonly call: IncomingCall;
  /** Filled in with the answer. */
  reply: Reply;
}

/** So many requests are answered together. The replies of all of them are in memory at once. */
const AT_ONCE = 64;
/** Larger replies are sent at once: others would pile up meanwhile. */
const MAX_TOGETHER = 64 * 1024;

/**
 * Carries requests out. Those that came in one turn of the event loop take each step together: all begin, all are
 * answered, all replies are finished, all are sent. A processor runs the same code for many requests much sooner than
 * all of the code for each of them, and to wake a caller takes longer than to find most answers out.
 */
export class Exchanges {
  readonly #parts: ExchangesParts;
  #arrived: Arrival[] = [];
  /** Those that are there with their bodies. */
  #complete: Exchange[] = [];
  /** Those that have their answers. */
  #answered: Exchange[] = [];

  constructor(parts: ExchangesParts) {
    this.#parts = parts;
  }

  /** Takes a request in; it waits for those before it on its connection. */
  serve(message: Message, waits: boolean): void {
    const { traffic } = this.#parts;
    const connection = traffic.of(message.req.socket);
    if (connection === null) return;
    const enter = (): void => {
      const startedAt = performance.now();
      traffic.enter(connection, message, startedAt);
      this.#arrived.push({ connection, message, waits, startedAt });
    };
    if (traffic.isFree(connection)) enter();
    else traffic.wait(connection, message, enter);
  }

  /**
   * Begins all that came until now, so that no body comes in without a claim on the room for it, and answers those that are
   * there; what is more than goes together waits for the next turn.
   */
  carryOut(): void {
    const arrived = this.#arrived;
    this.#arrived = [];
    for (const arrival of arrived) this.#begin(arrival);
    for (const exchange of this.#complete.splice(0, AT_ONCE)) this.#answerTo(exchange);
    if (this.#complete.length > 0) this.#parts.traffic.openTurn();
  }

  #begin({ connection, message, waits, startedAt }: Arrival): void {
    const request = message.req;
    const { sender, dispatcher, intake, hostCheck, callOf } = this.#parts;
    if (!hasOneHost(request.rawHeaders, request.httpVersion === '1.0')) {
      sender.refuse({ connection, message }, 400);
      return;
    }
    const call = callOf(request);
    const { headers } = call;
    const { group, route, meter } = dispatcher.find(call);
    const exchange: Exchange = { connection, message, call, group, route, meter, startedAt, reply: GONE };

    const length = headers['content-length'];
    const hasBody = (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined;
    const early = hostCheck?.(call) ?? dispatcher.early(exchange, Number(length ?? 0));
    if (early !== null) {
      const reply = dispatcher.finish(exchange, early);
      if (hasBody) sender.sendEarly(exchange, reply);
      else this.#send(exchange, reply);
      return;
    }
    if (!hasBody) {
      this.#complete.push(exchange);
      return;
    }
    if (waits) message.writeContinue();
    if (route?.streamsBody === true) {
      call.stream = piecesOf(request);
      call.whole = (limit) => intake.whole(exchange, limit);
      this.#complete.push(exchange);
      return;
    }
    const small = isCompressed(headers['content-encoding']) ? null : smallBody(request, group.bodyBytes);
    if (small !== null) {
      call.body = small;
      this.#complete.push(exchange);
    } else this.#collect(exchange);
  }

  /** Waits for a body that is not there yet, or needs room. */
  #collect(exchange: Exchange): void {
    const { traffic, sender, dispatcher, intake } = this.#parts;
    const { connection, call, group, meter } = exchange;
    intake.collect(exchange, group.bodyBytes, (collected, claim) => {
      connection.claim = claim;
      if (collected === 'aborted') {
        meter.aborted++;
        traffic.leave(connection);
      } else if (typeof collected === 'string') {
        if (collected === 'no-room') dispatcher.meters.noRoom++;
        const reply = group.fallback(call, collected === 'no-room' ? 'busy' : collected);
        sender.sendEarly(exchange, dispatcher.finish(exchange, reply));
      } else {
        call.body = collected;
        const encoding = call.headers['content-encoding'];
        if (isCompressed(encoding)) void this.#inflate(exchange, encoding);
        else this.#completed(exchange);
      }
    });
  }

  /** The body came later than its request. */
  #completed(exchange: Exchange): void {
    this.#complete.push(exchange);
    this.#parts.traffic.openTurn();
  }

  /** Goes on with the body as it was before it was compressed. What is no such thing is judged as it came. */
  async #inflate(exchange: Exchange, encoding: string): Promise<void> {
    const { dispatcher, intake } = this.#parts;
    const { call, group } = exchange;
    const body = await intake.inflated(exchange, call.body, encoding, group.bodyBytes);
    if (typeof body === 'string') {
      if (body === 'no-room') dispatcher.meters.noRoom++;
      const reply = group.fallback(call, body === 'no-room' ? 'busy' : body);
      this.#send(exchange, dispatcher.finish(exchange, reply));
      return;
    }
    if (body !== null) call.body = body;
    this.#completed(exchange);
  }

  #answerTo(exchange: Exchange): void {
    const { dispatcher, traffic, log } = this.#parts;
    const { connection, message, meter } = exchange;
    dispatcher.answer(exchange).then(
      (answer) => {
        if (answer === GONE) {
          meter.aborted++;
          message.destroy();
          traffic.leave(connection);
          return;
        }
        const changed = dispatcher.changed(exchange, answer);
        if (changed === null) this.#finishSoon(exchange, answer);
        else
          void changed.then((other) => {
            this.#finishSoon(exchange, other);
          });
      },
      (error: unknown) => {
        // Only a dialect that cannot even say that something failed comes here.
        log.error('speechless', { group: exchange.group.name, ...errorFields(error) });
        message.destroy();
        traffic.leave(connection);
      },
    );
  }

  /** Finishes an answer with those that are found out together with it. */
  #finishSoon(exchange: Exchange, answer: Reply): void {
    exchange.reply = answer;
    if (answer.body.length > MAX_TOGETHER) {
      this.#finish(exchange);
      this.#sendFinished(exchange);
      return;
    }
    // It runs when all that can be answered now is answered.
    if (this.#answered.length === 0) nextTick(this.#finishAll);
    this.#answered.push(exchange);
  }

  readonly #finishAll = (): void => {
    const answered = this.#answered;
    this.#answered = [];
    for (const exchange of answered) this.#finish(exchange);
    for (const exchange of answered) this.#sendFinished(exchange);
  };

  #finish(exchange: Exchange): void {
    exchange.reply = this.#parts.dispatcher.finish(exchange, exchange.reply);
  }

  #sendFinished(exchange: Exchange): void {
    const { sender } = this.#parts;
    const { call, message, reply } = exchange;
    if (reply.transport !== undefined) sender.sendCarried(exchange, reply, reply.transport);
    else if (reply.stream !== undefined) sender.sendPieces(exchange, reply, reply.stream);
    else if (call.stream !== undefined && !message.req.complete) sender.sendEarly(exchange, reply);
    else this.#send(exchange, reply);
  }

  #send(exchange: Exchange, reply: Reply): void {
    try {
      this.#parts.sender.send(exchange, reply);
    } catch (error) {
      const { call, group } = exchange;
      this.#parts.log.error('unsendable', { group: group.name, request: call.requestId, ...errorFields(error) });
    }
  }
}
