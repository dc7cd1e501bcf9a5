/** Why the control API refuses a request: an answer's status, a code for programs, and a message for people. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly code: ControlRefusal;
  readonly details: ControlErrorDetails;

  constructor(code: ControlRefusal, message: string, details: ControlErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** What an answer tells besides code and message. */
interface ControlErrorDetails {
  /** What is wrong at which places of a seed. */
  readonly faults?: readonly { readonly path: string; readonly message: string }[];
}

/** What may be wrong with a request, by the codes of the answers: their status, and what they mean. */
export const controlRefusals = {
  invalid_body: { status: 400, meaning: "the body is not JSON, or not what is asked for" },
  invalid_query: { status: 400, meaning: "a parameter of the query is unknown or not what is asked for" },
  unauthorized: { status: 401, meaning: "the bearer secret of the control API is missing or wrong" },
  cross_origin: { status: 403, meaning: "a web page sent the request" },
  unknown_host: { status: 403, meaning: "the header Host names another machine" },
  unknown_path: { status: 404, meaning: "there is nothing at this path" },
  method_not_allowed: { status: 405, meaning: "the path does not take this method" },
  foreign_clock: { status: 409, meaning: "the clock belongs to the program that started the simulator" },
  body_too_large: { status: 413, meaning: "the body is larger than the path takes" },
  unsupported_media_type: { status: 415, meaning: "the body is not announced as application/json" },
  invalid_seed: { status: 422, meaning: "no cluster can be made from the seed" },
  defect: { status: 500, meaning: "the simulator itself failed" },
  not_stored: { status: 507, meaning: "the data folder could not take the change" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly meaning: string }>>;

/** The code of a refusal. */
export type ControlRefusal = keyof typeof controlRefusals;
