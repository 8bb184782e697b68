import { CsmsInputError } from "../errors.ts";
import { show } from "../parameters.ts";

// https, or http to loopback; no user, query or fragment.
const ENDPOINT =
  /^(https:\/\/([\w.-]+|\[[\da-f:.]+\])|http:\/\/(localhost|127(\.\d+){3}|\[::1\]))(:\d+)?(\/[\w.~/-]*)?$/i;

/** Where a service is: `endpoint`, or the server URL with the region put in. Without a slash at its end. */
export function resolveEndpoint(
  { region, endpoint }: { region?: string | undefined; endpoint?: string | undefined },
  serverUrl: string,
): string {
  const url = endpoint ?? serverUrl.replace("{region}", `${region}`);
  if (endpoint == null && url !== serverUrl && !/^[a-z\d]+(-[a-z\d]+)*$/.test(region ?? "")) {
    throw new CsmsInputError(
      region
        ? `region must be small letters, digits and hyphens, such as cn-north-4, got ${show(region)}`
        : "region or endpoint is required",
    );
  }
  if (ENDPOINT.test(url) && URL.canParse(url)) return new URL(url).href.replace(/\/+$/, "");
  const must = url ? "begin with https:// (http:// only to loopback), with no user, query or fragment" : "not be empty";
  // What stands before an @ may be a password.
  throw new CsmsInputError(`endpoint must ${must}, got ${show(url.replace(/.*@/, "***@"))}`);
}
