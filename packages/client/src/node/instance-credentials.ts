import {
  type AccessKey,
  accessKeyCredentials,
  type Credentials,
  CsmsConnectionError,
  CsmsInputError,
  CsmsResponseError,
} from "../index.ts";
import { checkEndpoint } from "../runtime/http/endpoint.ts";
import { type Answer, exchange } from "../runtime/http/exchange.ts";
import { parseJson } from "../runtime/http/parse-json.ts";
import { checkNames } from "../runtime/parameters.ts";

/** Options of `instanceCredentials`. */
export interface InstanceOptions {
  /** Where the metadata is. Default: `http://169.254.169.254`. Any other address is https, or loopback. */
  endpoint?: string | undefined;
}

interface TemporaryKey extends AccessKey {
  /** Milliseconds since 1970. */
  end: number;
}

const METADATA = "http://169.254.169.254";
const RENEW_BEFORE = 5 * 60_000;
const TIMEOUT = 3_000;
const TOKEN_LIFE = "21600";

/**
 * Signs with the temporary keys of the agency of the ECS that this runs on, from the instance's metadata. They are got
 * when they are needed, once for all calls that wait, and others five minutes before they end or when the service refuses
 * a signature. The metadata is asked with the global `fetch`, not the client's, which may be a proxy's; each request ends
 * after 3 seconds.
 *
 * A call rejects with a `CsmsConnectionError` where there is no metadata, and with a `CsmsInputError` on an instance that
 * has no agency.
 *
 * @throws {CsmsInputError} An option is unknown, or the endpoint is not valid.
 */
export function instanceCredentials({ endpoint = METADATA, ...others }: InstanceOptions = {}): Credentials {
  checkNames(["endpoint"], others);
  const base = endpoint.replace(/\/+$/, "") === METADATA ? METADATA : checkEndpoint(endpoint);
  let current: TemporaryKey | undefined;
  const signer = accessKeyCredentials(async () => {
    current = await getKey(base, current !== undefined);
    return current;
  });
  return {
    ...signer,
    authorize(attempt) {
      // What is about to end is as good as refused.
      if (current && current.end - RENEW_BEFORE < Date.now()) {
        signer.refused?.({ Authorization: `Access=${current.accessKeyId},` });
      }
      return signer.authorize(attempt);
    },
  };
}

/** @param isRenewal Whether there was a key before: then it is worth trying again. */
async function getKey(base: string, isRenewal: boolean): Promise<TemporaryKey> {
  for (let tries = 1; ; tries++) {
    const { response, text } = await askForKey(base, isRenewal);
    const { status } = response;
    if (status === 401) {
      if (/configure Cloud Service Agency/i.test(text)) {
        throw new CsmsInputError("instanceCredentials: this instance has no agency, so no keys: give it one");
      }
      // The metadata token was stale.
      if (tries === 1) continue;
    }
    const { access, secret, securitytoken, expires_at } = Object(Object(parseJson(text)).credential);
    const end = Date.parse(expires_at);
    if (status === 200 && access && secret && end) {
      return { accessKeyId: access, secretAccessKey: secret, securityToken: securitytoken, end };
    }
    // What it holds may be a key.
    const message = `instanceCredentials: no metadata here that has keys: ${base} answers with status ${status}`;
    throw new CsmsResponseError(message, undefined, { status, retryable: status >= 500 });
  }
}

async function askForKey(base: string, isRenewal: boolean): Promise<Answer> {
  const ask = (method: string, path: string, headers: Record<string, string>, secret: Record<string, string> = {}) =>
    exchange(
      {
        operationId: undefined,
        method,
        url: new URL(base + path),
        headers,
        body: undefined,
        fetch: (url, init) => globalThis.fetch(url, init),
      },
      secret,
      AbortSignal.timeout(TIMEOUT),
    );
  try {
    const life = { "X-Metadata-Token-Ttl-Seconds": TOKEN_LIFE };
    const { response, text } = await ask("PUT", "/meta-data/latest/api/token", life);
    // An instance without such tokens answers with 404 or 405.
    const token = response.status === 200 ? text.trim() : "";
    return await ask("GET", "/openstack/latest/securitykey", {}, token ? { "X-Metadata-Token": token } : {});
  } catch (error) {
    if (!(error instanceof CsmsConnectionError)) throw error;
    throw new CsmsConnectionError(`instanceCredentials: no metadata here: ${error.message}`, undefined, {
      cause: error.cause,
      retryable: isRenewal,
    });
  }
}
