/** The base of every error that this client raises itself. */
export class CsmsError extends Error {
  /** The error's class, by name. */
  declare name: string;
  /** The operation that failed, by its `operationId`; undefined for calls made with `csms.http`. */
  declare readonly operationId?: string;
  /** Whether the same call may succeed later. The client has already tried again as often as it was told to. */
  declare readonly retryable?: boolean;

  constructor(message: string, operationId?: string, details?: object) {
    super(operationId ? `${operationId}: ${message}` : message, details);
    Object.assign(this, { operationId, retryable: false }, details);
  }
}

/** The service, or the gateway in front of it, answered with an error status. */
export class CsmsApiError extends CsmsError {
  /** The error's class, by name. */
  declare name: "CsmsApiError";
  /** HTTP status code. */
  declare readonly status: number;
  /** Error code, such as `CSMS.0106` or `APIGW.0301`; undefined when the answer has none. */
  declare readonly code?: string;
  /** The id to quote when asking Huawei Cloud for support; undefined when the answer has none. */
  declare readonly requestId?: string;
  /** How long the server wants a caller to wait before the next call, in milliseconds; undefined when it says nothing. */
  declare readonly retryAfter?: number;
}

/** No answer arrived, or it was cut off: the connection could not be made, or broke. `cause` says how. */
export class CsmsConnectionError extends CsmsError {
  /** The error's class, by name. */
  declare name: "CsmsConnectionError";
}

/** An attempt took longer than `timeout`: the message says whether it waited for the credentials or for the service. */
export class CsmsTimeoutError extends CsmsError {
  /** The error's class, by name. */
  declare name: "CsmsTimeoutError";
  /** The limit of each attempt, in milliseconds. */
  declare readonly timeout: number;
  /** Which attempt ran out of time, from 1. */
  declare readonly attempt: number;
}

/** A parameter or an option is not valid. Nothing was sent. */
export class CsmsInputError extends CsmsError {
  /** The error's class, by name. */
  declare name: "CsmsInputError";
}

/** The answer is not what the contract says: not JSON, no list where one belongs, a redirect. */
export class CsmsResponseError extends CsmsError {
  /** The error's class, by name. */
  declare name: "CsmsResponseError";
  /** HTTP status code; 0 where a browser hides a redirect's. */
  declare readonly status: number;
  /** Where the body is not what the contract says, such as `/secrets/3/state`: told by `holdToContract`. */
  declare readonly place?: string;
}

/** The markers of a listing lead nowhere: one came back a second time, or a full page brought nothing new. */
export class CsmsPaginationError extends CsmsError {
  /** The error's class, by name. */
  declare name: "CsmsPaginationError";
}

const classes = {
  CsmsError,
  CsmsApiError,
  CsmsConnectionError,
  CsmsTimeoutError,
  CsmsInputError,
  CsmsResponseError,
  CsmsPaginationError,
};
// Literal, so that a minifier doesn't change it; on the prototype, so that the stack has it.
for (const [name, { prototype }] of Object.entries(classes)) prototype.name = name;
