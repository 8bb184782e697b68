import { CsmsInputError } from "../errors.ts";
import { show } from "../parameters.ts";

/** Where the service is, and IAM, in the regions whose names begin so; each address may hold `{region}`. */
export interface Server {
  regionPrefix: string;
  url: string;
  iamUrl?: string;
}

// https, or http to loopback; no user, query or fragment.
const ENDPOINT =
  /^(https:\/\/([\w.-]+|\[[\da-f:.]+\])|http:\/\/(localhost|127(\.\d+){3}|\[::1\]))(:\d+)?(\/[\w.~/-]*)?$/i;

/**
 * Where the service and IAM are: at the endpoint, or where the region's server has them.
 *
 * @param servers Of all whose region it may be, the first counts.
 */
export function resolveEndpoints(
  { region, endpoint }: { region?: string | undefined; endpoint?: string | undefined },
  servers: Server[],
): { endpoint: string; iamEndpoint: string | undefined } {
  const { url = "", iamUrl } = servers.find(({ regionPrefix }) => `${region ?? ""}`.startsWith(regionPrefix)) ?? {};
  if (region ? !/^[a-z\d]+(-[a-z\d]+)*$/.test(region) : endpoint == null && url.includes("{region}")) {
    throw new CsmsInputError(
      region
        ? `region must be small letters, digits and hyphens, such as cn-north-4, got ${show(region)}`
        : "region or endpoint is required",
    );
  }
  const fill = (address: string) => address.replace("{region}", `${region}`);
  return {
    endpoint: checkEndpoint(endpoint ?? fill(url)),
    iamEndpoint: region && iamUrl && checkEndpoint(fill(iamUrl)),
  };
}

/** An address to which credentials may be sent, without a slash at its end. */
export function checkEndpoint(url: string): string {
  if (ENDPOINT.test(url) && URL.canParse(url)) return new URL(url).href.replace(/\/+$/, "");
  const must = url ? "begin with https:// (http:// only to loopback), with no user, query or fragment" : "not be empty";
  // What stands before an @ may be a password.
  throw new CsmsInputError(`endpoint must ${must}, got ${show(url.replace(/.*@/, "***@"))}`);
}
