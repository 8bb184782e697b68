import { createHmac, hash, timingSafeEqual } from "node:crypto";
import { canonicalRequest, likelyMistakes, toText } from "./canonical-request.ts";
import type { ReceivedRequest } from "./received-request.ts";

/** The key that requests must be signed with. */
export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
  securityToken?: string | undefined;
}

const algorithm = "SDK-HMAC-SHA256";
const form = /^SDK-HMAC-SHA256 Access=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([\da-f]{64})$/;
const timeForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const mostMinutesOff = 15;
/** Signed, but never shown. */
const secretHeaders = /^(x-security-token|x-auth-token|cookie):.*/;

/** What is wrong with the signature of a request, as the gateway checks it; undefined when nothing is. */
export function findSignatureFault(request: ReceivedRequest, key: AccessKey): string | undefined {
  const { headers } = request;
  const [, access, signedHeaders = "", signature = ""] = form.exec(headers.authorization ?? "") ?? [];
  if (!access) return `Authorization must be "${algorithm} Access=<key>, SignedHeaders=<names;…>, Signature=<hex>"`;
  if (access !== key.accessKeyId) return `The access key is ${access}, and should be ${key.accessKeyId}`;
  if (headers["x-security-token"] !== key.securityToken) {
    return key.securityToken ? "X-Security-Token is not the key's" : "X-Security-Token is sent, and the key has none";
  }
  const names = signedHeaders.split(";");
  const missing = names.find((name) => headers[name] === undefined);
  if (missing !== undefined) return `SignedHeaders has ${missing}, which the request does not send`;
  for (const name of ["host", "x-sdk-date"]) if (!names.includes(name)) return `SignedHeaders lacks ${name}`;
  return findTimeFault(headers["x-sdk-date"] ?? "") ?? findDifference(request, names, signature, key.secretAccessKey);
}

function findTimeFault(date: string): string | undefined {
  const iso = date.replace(timeForm, "$1-$2-$3T$4:$5:$6Z");
  const minutes = Math.abs(Date.parse(iso) - Date.now()) / 60_000;
  if (iso === date || Number.isNaN(minutes)) return `X-Sdk-Date must be like 20260102T030405Z, not ${date}`;
  if (minutes <= mostMinutesOff) return undefined;
  const now = new Date().toISOString();
  return `X-Sdk-Date is ${iso}, and the mock's clock ${now}: more than ${mostMinutesOff} minutes off`;
}

function findDifference(
  request: ReceivedRequest,
  names: string[],
  signature: string,
  secretAccessKey: string,
): string | undefined {
  const date = request.headers["x-sdk-date"];
  const isOf = (text: string) => {
    const digest = createHmac("sha256", secretAccessKey).update([algorithm, date, hash("sha256", text)].join("\n"));
    return timingSafeEqual(digest.digest(), Buffer.from(signature, "hex"));
  };
  const right = canonicalRequest(request, names);
  if (isOf(toText(right))) return undefined;
  const [todo] = likelyMistakes(right, request).find(([, wrong]) => isOf(toText(wrong))) ?? [];
  const headers = right.headers.map((header) => header.replace(secretHeaders, "$1:***"));
  const shown = JSON.stringify(toText({ ...right, headers }));
  return `The signature differs: ${todo ?? "compare the canonical request, and the secret access key"}. It is of ${shown}`;
}
