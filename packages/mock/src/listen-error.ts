// EAI_AGAIN: a name that nobody could be asked about.
const addressCodes = ["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"];

/** Makes a `RangeError` of Node's error at an address that this machine does not have; any other stays as it is. */
export function toListenError(error: unknown, host: string, option: string): unknown {
  if (!addressCodes.includes(Object(error).code)) return error;
  const message = `"${host}" is no address of this machine: choose one with ${option}, for example 127.0.0.1.`;
  return new RangeError(message, { cause: error });
}
