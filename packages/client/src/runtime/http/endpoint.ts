import { CsmsInputError } from "../errors.ts";
import { show } from "../parameters.ts";

/** Where the service of a region is, and its IAM. It takes no region where there is but one address. */
export type Servers = (region: string) => readonly [url: string, iamUrl?: string];

// https, or http to loopback; no user, query or fragment.
const ENDPOINT =
  /^(https:\/\/([\w.-]+|\[[\da-f:.]+\])|http:\/\/(localhost|127(\.\d+){3}|\[::1\]))(:\d+)?(\/[\w.~/-]*)?$/i;

/** Where the service is, the endpoint or the region's own address, and where the region's IAM is. */
export function resolveEndpoints(
  { region, endpoint }: { region?: string | undefined; endpoint?: string | undefined },
  servers: Servers,
): { endpoint: string; iamEndpoint: string | undefined } {
  if (region ? !/^[a-z\d]+(-[a-z\d]+)*$/.test(region) : endpoint == null && servers.length) {
    throw new CsmsInputError(
      region
        ? `region must be small letters, digits and hyphens, such as cn-north-4, got ${show(region)}`
        : "region or endpoint is required",
    );
  }
  const [url, iamUrl] = servers(`${region}`);
  return { endpoint: checkEndpoint(endpoint ?? url), iamEndpoint: region && iamUrl };
}

/** An address to which credentials may be sent, without a slash at its end. */
export function checkEndpoint(url: string): string {
  if (ENDPOINT.test(url) && URL.canParse(url)) return new URL(url).href.replace(/\/+$/, "");
  const must = url ? "begin with https:// (http:// only to loopback), with no user, query or fragment" : "not be empty";
  // What stands before an @ may be a password.
  throw new CsmsInputError(`endpoint must ${must}, got ${show(url.replace(/.*@/, "***@"))}`);
}
