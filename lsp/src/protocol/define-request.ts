// How a request is entered into the table: its name in the protocol, and what answers it.
import type { CancellationToken, Connection, ProtocolRequestType } from "vscode-languageserver";
import type { ServerContext } from "./server-context.ts";

export interface RequestEntry {
  readonly method: string;
  readonly register: (connection: Connection, context: ServerContext) => void;
}

export type Handler<Params, Result> = (
  context: ServerContext,
  params: Params,
  token: CancellationToken,
) => Promise<Result>;

/** A request of the protocol. */
export const answer = <Params, Result, Partial, Problem, Options>(
  type: ProtocolRequestType<Params, Result, Partial, Problem, Options>,
  handle: Handler<Params, Result>,
): RequestEntry => answerOwn(type.method, handle);

/** A request of our own (`custom-requests.ts`). */
export const answerOwn = <Params, Result>(method: string, handle: Handler<Params, Result>): RequestEntry => ({
  method,
  register: (connection, context) => {
    connection.onRequest(method, (params: Params, token: CancellationToken) =>
      handle(context, params, token),
    );
  },
});
