import { findEmpty, findLoneMarkers, findMistyped, findUnknown } from "./check-query.ts";
import { credentialHeaders, type Operation } from "./contract.ts";
import type { Credentials } from "./credentials.ts";
import { findUnknownPreferences } from "./preferences.ts";
import { checkRequest as checkByPrism, type Diagnostic, type IHttpRequest } from "./prism.ts";
import type { ReceivedRequest } from "./received-request.ts";

/** All that is wrong with a request to an operation: what Prism finds, and what it lets pass. */
export function checkRequest(operation: Operation, request: ReceivedRequest, credentials: Credentials): Diagnostic[] {
  const { bodyFault } = request;
  // First, because Prism fails at a path that can't be decoded.
  const mistyped = findMistyped(operation, request);
  const placeOf = ({ path = [] }: Diagnostic) => path.slice(0, 2).join();
  const isIn = (list: Diagnostic[], fault: Diagnostic) => list.some((each) => placeOf(each) === placeOf(fault));
  const found = checkByPrism(operation, toPrism(request)).filter(
    (fault) => !isIn(mistyped, fault) && !(bodyFault && fault.path?.[0] === "body"),
  );
  if (bodyFault) {
    found.push({ path: ["body"], severity: 0, code: "json", message: `Request body is no JSON: ${bodyFault}` });
  }
  const missing = found.find(({ code }) => code === 401);
  if (missing) missing.message = `No credentials: send the header ${credentialHeaders(operation)}.`;
  const refusal = missing || !operation.security?.length ? undefined : credentials.findFault(request);
  if (refusal) found.unshift({ severity: 0, code: 401, message: `${refusal}.` });
  found.push(...mistyped);
  return [
    ...found,
    ...findEmpty(operation, request).filter((fault) => !isIn(found, fault)),
    ...findUnknown(operation, request),
    ...findLoneMarkers(operation, request),
    ...findUnacceptable(operation, request),
    ...findUnknownPreferences(request),
  ];
}

/** Prism's view of a request. */
export function toPrism({ method, path, query, headers, bytes, body }: ReceivedRequest): IHttpRequest {
  // Prism would refuse an `Accept` that it can't meet; the service answers as it does.
  const { accept, "content-type": mediaType = "", "content-length": _, ...rest } = headers;
  const bodyHeaders = {
    // Also of a body in chunks, which would pass unseen.
    "content-length": String(bytes.length),
    // Prism fails at one that it can't read.
    "content-type": /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;|$)/.test(mediaType) ? mediaType : "application/octet-stream",
  };
  return {
    method: method.toLowerCase() as IHttpRequest["method"],
    // A copy, in which Prism turns text into numbers.
    url: { path, query: structuredClone(query) },
    headers: bytes.length > 0 ? { ...rest, ...bodyHeaders } : rest,
    body: body ?? null,
  };
}

/** An `Accept` that takes none of what the contract answers with. The service answers all the same, so this only tells. */
function findUnacceptable({ responses }: Operation, { headers: { accept } }: ReceivedRequest): Diagnostic[] {
  if (accept === undefined) return [];
  const types = new Set(responses.flatMap(({ contents = [] }) => contents.map(({ mediaType }) => mediaType)));
  const ranges = accept.split(",").map((range) => range.split(";")[0]?.trim().toLowerCase() ?? "");
  const isTaken = (type: string) => ["*/*", type.replace(/\/.*/, "/*"), type].some((each) => ranges.includes(each));
  if (types.size === 0 || [...types].some(isTaken)) return [];
  const message = `Request header accept takes ${accept}, and the contract answers with ${[...types].join(", ")}`;
  return [{ path: ["header", "accept"], severity: 1, code: "accept", message }];
}
