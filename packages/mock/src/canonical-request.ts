import { hash } from "node:crypto";
import { decodeSegment, type ReceivedRequest } from "./received-request.ts";

/** The lines that are signed. */
interface CanonicalRequest {
  method: string;
  path: string;
  query: string;
  /** `name:value` for each signed header. */
  headers: string[];
  payload: string;
}

/** The canonical request as the gateway makes it (SDK-HMAC-SHA256). */
export function canonicalRequest(
  { method, path, target, headers, bytes }: ReceivedRequest,
  names: string[],
): CanonicalRequest {
  return {
    method,
    path: withSlash(
      path
        .split("/")
        .map((part) => encode(decodeSegment(part)))
        .join("/"),
    ),
    query: canonicalQuery(searchOf(target)),
    headers: names.map((name) => `${name}:${headers[name]?.trim() ?? ""}`),
    payload: hash("sha256", bytes),
  };
}

/** As the text that is hashed. */
export function toText({ method, path, query, headers, payload }: CanonicalRequest): string {
  const names = headers.map((header) => header.slice(0, header.indexOf(":"))).join(";");
  return [method, path, query, ...headers, "", names, payload].join("\n");
}

/** The same with what clients get wrong, by what they should do instead. */
export function likelyMistakes(
  right: CanonicalRequest,
  { path, target }: ReceivedRequest,
): [string, CanonicalRequest][] {
  const withoutPort = right.headers.map((header) => header.replace(/^(host:.*):\d+$/, "$1"));
  return [
    ["end the path with a slash", { ...right, path: right.path.slice(0, -1) }],
    ["encode the path once, segment by segment", { ...right, path: withSlash(decodeURIComponent(path)) }],
    ["encode the path once, segment by segment", { ...right, path: withSlash(encodeURI(path)) }],
    ["sort the query by name", { ...right, query: searchOf(target) }],
    ["sign the query, too", { ...right, query: "" }],
    ["sign the host with its port", { ...right, headers: withoutPort }],
    ["sign the SHA-256 of the body", { ...right, payload: hash("sha256", "") }],
    ["sign the SHA-256 of the body, even of an empty one", { ...right, payload: "" }],
    ["sign the SHA-256 of the body, even of an empty one", { ...right, payload: "UNSIGNED-PAYLOAD" }],
  ];
}

function searchOf(target: string): string {
  return target.split(/\?(.*)/s)[1] ?? "";
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}

/** Sorted by name, then by value. */
function canonicalQuery(search: string): string {
  const pairs = [...new URLSearchParams(search)];
  // NUL sorts a name before the longer ones that it begins.
  const sorted = pairs.map((pair) => pair.join("\0")).sort();
  return sorted.map((pair) => pair.split("\0").map(encode).join("=")).join("&");
}

/** Percent-encodes all but the unreserved characters (RFC 3986, 2.3). */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
