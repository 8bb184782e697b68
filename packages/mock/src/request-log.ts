import { styleText } from "node:util";
import { controlPath } from "./control.ts";
import { toFlag } from "./flags.ts";
import type { MockRequest } from "./mock-request.ts";

/** One line for a request, and one more for each way in which it breaks the contract. No header is shown: tokens. */
export function formatRequest({ method, path, status, milliseconds, violations, trouble }: MockRequest): string {
  const color = status >= 500 || status === 0 ? "red" : status >= 400 ? "yellow" : "green";
  const time = styleText("dim", new Date().toTimeString().slice(0, 8));
  const duration = styleText("dim", `${Math.ceil(milliseconds)} ms`);
  // What a test told is no option: it came over HTTP.
  const cause = trouble && (trouble === "answerNext" ? `${controlPath}answers` : toFlag(trouble));
  const result = cause ? `${status || "no answer"} (${cause})` : String(status);
  const line = `${time} ${method} ${path} ${styleText(color, result)} ${duration}`;
  return [line, ...violations.map(({ message }) => `         ${styleText(color, message)}`)].join("\n");
}
